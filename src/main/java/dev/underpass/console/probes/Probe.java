package dev.underpass.console.probes;

import dev.underpass.cluster.NodeName;
import dev.underpass.cluster.ObjectName;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.reachability.Target;
import dev.underpass.report.ProbeResult;
import dev.underpass.words.Sentence;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A probe that somebody asked for.
///
/// @param node where the client Pod runs; absent while it is pending
/// @param failure why nobody was asked; absent where somebody was
record Probe(
        String id,
        ObjectName from,
        @Nullable NodeName node,
        List<Target> targets,
        Instant askedAt,
        @Nullable Sentence failure,
        List<ProbeResult> results) {

    /// How long an answer may take.
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final int MAX_TARGETS = 64;

    Probe {
        targets = List.copyOf(targets);
        results = List.copyOf(results);
    }

    /// A probe of the target and of every backend that it may choose, not yet sent.
    static Probe of(ClusterView cluster, ObjectName from, Target target, String id, Instant now) {
        var targets = new LinkedHashSet<Target>();
        targets.add(target);
        for (var path : cluster.analysis().trace(from, target).paths()) {
            var backend = path.backend();
            if (backend != null && !backend.address().equals(target.address())) {
                targets.add(new Target(backend.address(), backend.port(), target.protocol(), null));
            }
        }
        var node = cluster.pod(from).orElseThrow().analysis().pod().node();
        return new Probe(id, from, node, targets.stream().limit(MAX_TARGETS).toList(), now, null, List.of());
    }

    Probe failed(Sentence reason) {
        return new Probe(id, from, node, targets, askedAt, reason, results);
    }

    /// The same with the newest results on its targets; what it did not ask for is left out.
    Probe with(List<ProbeResult> more) {
        var all = Stream.concat(results.stream(), more.stream()).toList();
        var newest = targets.stream()
                .flatMap(target ->
                        all.stream().filter(result -> isOn(target, result)).reduce((_, later) -> later).stream())
                .toList();
        return new Probe(id, from, node, targets, askedAt, failure, newest);
    }

    Optional<ProbeResult> result(Target target) {
        return results.stream().filter(result -> isOn(target, result)).findFirst();
    }

    private static boolean isOn(Target target, ProbeResult result) {
        return result.address().equals(target.address())
                && result.port() == target.port()
                && result.protocol() == target.protocol();
    }

    /// Whether all results are there.
    boolean complete() {
        return results.size() == targets.size();
    }

    /// `done`, `failed` or `pending`.
    State state(Instant now) {
        if (failure != null) {
            return State.FAILED;
        }
        if (complete()) {
            return State.DONE;
        }
        return now.isAfter(askedAt.plus(PATIENCE)) ? State.FAILED : State.PENDING;
    }

    /// Why it failed; absent where it did not.
    @Nullable
    Sentence reason(Instant now) {
        boolean late = failure == null && state(now) == State.FAILED;
        return late ? Phrases.LATE.with(PATIENCE.toSeconds()) : failure;
    }

    /// How far it is.
    enum State {
        PENDING,
        DONE,
        FAILED;

        /// The word in the API.
        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
