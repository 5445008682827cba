/// Takes reports from the nodes' agents: who may send one, how large it may be, and whether it is newer.
@NullMarked
package dev.underpass.console.reports;

import org.jspecify.annotations.NullMarked;
