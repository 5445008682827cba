/// Reads a bundle, a whole cluster in files, into a snapshot.
@NullMarked
package dev.underpass.console.bundle;

import org.jspecify.annotations.NullMarked;
