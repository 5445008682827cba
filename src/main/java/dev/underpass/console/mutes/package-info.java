/// Findings that somebody wants to hear less of for a while, and why; nothing is hidden by it.
@NullMarked
package dev.underpass.console.mutes;

import org.jspecify.annotations.NullMarked;
