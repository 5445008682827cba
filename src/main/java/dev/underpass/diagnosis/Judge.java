package dev.underpass.diagnosis;

import dev.underpass.diagnosis.Verdict.BackendVerdict;
import dev.underpass.reachability.Disposition;
import dev.underpass.reachability.Path;
import dev.underpass.reachability.Trace;
import java.util.Objects;
import java.util.Optional;

/// Says what a trace comes to, and why its paths do not deliver.
record Judge(Classifier classifier) {

    Verdict verdict(Trace trace) {
        var worst = trace.worst();
        var attribution = attribution(trace, worst);
        var backends = trace.paths().stream()
                .filter(path -> path.backend() != null)
                .map(path -> backendVerdict(trace, path))
                .toList();
        return new Verdict(
                trace.from(),
                trace.to(),
                trace.disposition(),
                attribution.map(each -> each.code().name()).orElse(null),
                Sentences.summary(trace, worst, attribution),
                trace.confidence(),
                backends);
    }

    private BackendVerdict backendVerdict(Trace trace, Path path) {
        var backend = Objects.requireNonNull(path.backend());
        var code = attribution(trace, path).map(each -> each.code().name()).orElse(null);
        return new BackendVerdict(backend.address(), backend.port(), backend.pod(), path.disposition(), code);
    }

    Optional<Attribution> attribution(Trace trace, Path path) {
        return path.disposition() == Disposition.DELIVERED ? Optional.empty() : classifier.classify(trace, path);
    }
}
