/// The shapes in which the REST API and the command line show what the core works out.
@NullMarked
package dev.underpass.console.view;

import org.jspecify.annotations.NullMarked;
