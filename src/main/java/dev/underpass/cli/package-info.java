/// The main class and its commands: `serve`, `demo`, `check`, `trace`, `capture`, `agent`.
@NullMarked
package dev.underpass.cli;

import org.jspecify.annotations.NullMarked;
