package dev.underpass.diagnosis;

import dev.underpass.cluster.ObjectName;
import dev.underpass.diagnosis.RecreatedPod.Effect;
import dev.underpass.diagnosis.Verdict.BackendVerdict;
import dev.underpass.reachability.Confidence;
import dev.underpass.reachability.Disposition;
import dev.underpass.words.Sentence;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What becomes of verdicts when some Pods cannot start and others cannot be told.
final class Afterwards {

    /// Nothing is known but what the analysis shows.
    static final Afterwards NOTHING = new Afterwards(List.of(), null);

    private final Map<ObjectName, Effect> effects = new HashMap<>();
    private final @Nullable Sentence doubt;

    /// @param doubt why no Service's rules can be told; absent when they can
    Afterwards(List<RecreatedPod> pods, @Nullable Sentence doubt) {
        pods.forEach(pod -> effects.put(pod.pod(), pod.effect()));
        this.doubt = doubt;
    }

    /// Whether every verdict stays as it is.
    boolean changesNothing() {
        return doubt == null
                && effects.values().stream()
                        .noneMatch(effect -> effect instanceof Effect.CannotStart || effect instanceof Effect.Unknown);
    }

    /// The findings then, without Pods of which nobody can tell: they are analysed as they are now.
    List<Finding> told(List<Finding> findings) {
        return effects.isEmpty()
                ? findings
                : findings.stream().flatMap(finding -> told(finding).stream()).toList();
    }

    private Optional<Finding> told(Finding finding) {
        var affected = finding.affected();
        var pods = affected.pods().stream()
                .filter(pod -> !(effects.get(pod) instanceof Effect.Unknown)
                        && !(effects.get(pod) instanceof Effect.CannotStart))
                .toList();
        if (pods.size() == affected.pods().size()) {
            return Optional.of(finding);
        }
        return pods.isEmpty()
                ? Optional.empty()
                : Optional.of(finding.of(new Finding.Affected(pods, affected.services(), affected.nodes())));
    }

    /// The verdict then; empty where the client is not there.
    Optional<Verdict> of(Verdict verdict) {
        return switch (effects.get(verdict.from())) {
            case Effect.CannotStart _ -> Optional.empty();
            case Effect.Unknown(var reason) -> Optional.of(unknown(verdict, reason));
            case null, default ->
                Optional.of(doubt != null && !verdict.backends().isEmpty() ? unknown(verdict, doubt) : served(verdict));
        };
    }

    private Verdict served(Verdict verdict) {
        var unknown = verdict.backends().stream()
                .filter(backend -> effect(backend) instanceof Effect.Unknown)
                .findFirst();
        if (unknown.isPresent()) {
            return unknown(
                    verdict,
                    Phrases.BACKEND_UNKNOWN.with(String.valueOf(unknown.get().pod())));
        }
        var left = verdict.backends().stream()
                .filter(backend -> !(effect(backend) instanceof Effect.CannotStart))
                .toList();
        return left.size() == verdict.backends().size() ? verdict : without(verdict, left);
    }

    private @Nullable Effect effect(BackendVerdict backend) {
        return backend.pod() == null ? null : effects.get(backend.pod());
    }

    /// kube-proxy leaves out the endpoints that are not there.
    private static Verdict without(Verdict verdict, List<BackendVerdict> left) {
        var worst = left.stream().max(Comparator.comparing(BackendVerdict::disposition));
        var disposition = worst.map(BackendVerdict::disposition).orElse(Disposition.NO_ENDPOINT);
        var summary = left.isEmpty() ? Phrases.NO_BACKEND_LEFT.with() : verdict.summary();
        return new Verdict(
                verdict.from(),
                verdict.to(),
                disposition,
                worst.map(BackendVerdict::code).orElse(null),
                summary,
                Confidence.ASSUMED,
                left);
    }

    private static Verdict unknown(Verdict verdict, Sentence reason) {
        return new Verdict(
                verdict.from(),
                verdict.to(),
                Disposition.UNDETERMINED,
                null,
                Phrases.CANNOT_BE_TOLD.with(reason),
                Confidence.ASSUMED,
                verdict.backends());
    }
}
