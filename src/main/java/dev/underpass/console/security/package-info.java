/// Who gets in, and what they may do.
@NullMarked
package dev.underpass.console.security;

import org.jspecify.annotations.NullMarked;
