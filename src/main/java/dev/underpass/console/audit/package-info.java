/// Who did what, from where, and what came of it.
@NullMarked
package dev.underpass.console.audit;

import org.jspecify.annotations.NullMarked;
