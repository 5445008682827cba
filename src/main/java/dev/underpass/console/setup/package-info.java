/// What the console can do in the cluster that it looks at, and what each answer was concluded from.
@NullMarked
package dev.underpass.console.setup;

import org.jspecify.annotations.NullMarked;
