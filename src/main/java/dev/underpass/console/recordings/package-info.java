/// The cluster as it was: bundles that are written down again and again, and looked at later.
@NullMarked
package dev.underpass.console.recordings;

import org.jspecify.annotations.NullMarked;
