/// What Spiderpool's coordinator did to a Pod, what it would do today, and the difference.
@NullMarked
package dev.underpass.coordinator;

import org.jspecify.annotations.NullMarked;
