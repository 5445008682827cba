/// What Prometheus scrapes of the analysis.
@NullMarked
package dev.underpass.console.metrics;

import org.jspecify.annotations.NullMarked;
