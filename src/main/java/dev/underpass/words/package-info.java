/// What the core says to people: sentences by key and arguments, so that each language can say them.
@NullMarked
package dev.underpass.words;

import org.jspecify.annotations.NullMarked;
