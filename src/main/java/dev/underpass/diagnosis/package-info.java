/// Says what is wrong in a cluster, why, and what to do about it.
@NullMarked
package dev.underpass.diagnosis;

import org.jspecify.annotations.NullMarked;
