/// The kernel's own interfaces: netlink, namespaces, sockets; the only code that calls the C library.
@NullMarked
package dev.underpass.agent.netlink;

import org.jspecify.annotations.NullMarked;
