package dev.underpass.diagnosis;

import dev.underpass.reachability.Disposition;
import dev.underpass.reachability.Trace;
import org.jspecify.annotations.Nullable;

/// What becomes of a connection, and the catalogue's code for it.
public record Outcome(Disposition disposition, @Nullable String code) {

    static Outcome of(Analysis analysis, Trace trace) {
        var code = analysis.attribution(trace, trace.worst())
                .map(each -> each.code().name());
        return new Outcome(trace.disposition(), code.orElse(null));
    }
}
