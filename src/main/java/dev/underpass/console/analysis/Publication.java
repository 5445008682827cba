package dev.underpass.console.analysis;

import dev.underpass.console.analysis.LiveCluster.Published;
import java.time.Instant;

/// A snapshot as one of many.
///
/// @param number grows by one with each
/// @param at by the console's clock
record Publication(Published known, long number, Instant at, long nanoTime) {}
