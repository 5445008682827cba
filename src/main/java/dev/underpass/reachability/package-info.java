/// Follows a connection through the cluster and says where, how and why it ends.
@NullMarked
package dev.underpass.reachability;

import org.jspecify.annotations.NullMarked;
