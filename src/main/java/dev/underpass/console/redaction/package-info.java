/// Replaces what tells whose cluster a bundle is from, so that the analysis stays the same.
@NullMarked
package dev.underpass.console.redaction;

import org.jspecify.annotations.NullMarked;
