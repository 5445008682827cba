/// Holds the current analysis for the pages and the REST API: the bridge between the pure core and the reactive shell.
@NullMarked
package dev.underpass.console.analysis;

import org.jspecify.annotations.NullMarked;
