/// The console: a Spring Boot application that shows what the core works out.
@NullMarked
package dev.underpass.console;

import org.jspecify.annotations.NullMarked;
