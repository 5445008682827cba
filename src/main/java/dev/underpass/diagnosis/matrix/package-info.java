/// Who reaches what, by classes of clients and of targets, with counts that add up to all pairs.
@NullMarked
package dev.underpass.diagnosis.matrix;

import org.jspecify.annotations.NullMarked;
