/// Probes that people ask for: sent to the client Pod's agent, answered by its reports, compared with the prediction.
@NullMarked
package dev.underpass.console.probes;

import org.jspecify.annotations.NullMarked;
