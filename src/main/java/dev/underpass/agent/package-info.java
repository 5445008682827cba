/// The node agent: reads every network namespace of its node, probes from inside of Pods, and sends NodeReports.
@NullMarked
package dev.underpass.agent;

import org.jspecify.annotations.NullMarked;
