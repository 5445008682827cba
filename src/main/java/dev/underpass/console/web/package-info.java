/// The pages of the console: controllers and view models for the Thymeleaf templates.
@NullMarked
package dev.underpass.console.web;

import org.jspecify.annotations.NullMarked;
