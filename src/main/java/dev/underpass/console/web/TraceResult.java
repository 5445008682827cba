package dev.underpass.console.web;

import dev.underpass.cluster.NodeName;
import dev.underpass.cluster.ObjectName;
import dev.underpass.console.Phrases;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.analysis.Freshness;
import dev.underpass.console.view.CheckCommands;
import dev.underpass.console.view.SectionAge;
import dev.underpass.console.view.TraceComparison;
import dev.underpass.console.view.TraceText;
import dev.underpass.diagnosis.Code;
import dev.underpass.diagnosis.Verdict;
import dev.underpass.reachability.End;
import dev.underpass.reachability.Source;
import dev.underpass.reachability.Target;
import dev.underpass.reachability.Trace;
import dev.underpass.words.Sentence;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The answer of a trace, with all that can be shown of it; it refers to nothing that changes.
///
/// @param source the address that the client's socket gets; absent where that is not known
/// @param evidence the reports which the answer rests on
/// @param others the Service's other addresses and ports
/// @param comparison with another trace; absent when none was asked for
record TraceResult(
        Verdict verdict,
        String remedy,
        @Nullable Source source,
        List<TraceWay> ways,
        List<Sentence> alternatives,
        String text,
        String markdown,
        List<CheckCommands.AtPlace> commands,
        List<Evidence> evidence,
        List<Target> others,
        @Nullable Swap swap,
        @Nullable TraceComparison comparison) {

    /// The other way round: the backend's Pod as the client of something that the client's Pod offers.
    record Swap(ObjectName from, String to) {}

    /// How fresh a node's report was when the question was answered.
    record Evidence(NodeName node, Freshness freshness) {}

    static TraceResult of(ClusterView cluster, Trace trace, String backend, @Nullable TraceComparison comparison) {
        var analysis = cluster.analysis();
        return new TraceResult(
                analysis.verdict(trace),
                analysis.attribution(trace, trace.worst())
                        .map(each -> each.code().remedy())
                        .orElse(""),
                analysis.source(trace.from(), trace.to()).orElse(null),
                TraceWay.of(analysis, trace, backend),
                trace.alternatives(),
                TraceText.of(analysis, trace),
                TraceText.markdown(analysis, trace),
                CheckCommands.of(analysis, trace),
                evidence(cluster, trace),
                others(cluster, trace.to()),
                swap(cluster, trace),
                comparison);
    }

    /// By how much what the answer rests on can be older than the report it is in; absent where the kernel tells of it.
    public @Nullable SectionAge older() {
        return SectionAge.of(end()).orElse(null);
    }

    /// Whether restarting Pods is part of the remedy.
    public boolean restarts() {
        return verdict.code() != null && Code.valueOf(verdict.code()).mendedByRestart();
    }

    /// Where the way ends that decided.
    public End end() {
        return ways.getFirst().path().end();
    }

    /// The client's node and the backends'.
    private static List<Evidence> evidence(ClusterView cluster, Trace trace) {
        var nodes = new LinkedHashSet<NodeName>();
        var client = cluster.analysis().pod(trace.from()).orElseThrow().pod().node();
        if (client != null) {
            nodes.add(client);
        }
        for (var path : trace.paths()) {
            var backend = path.backend();
            if (backend != null && backend.node() != null) {
                nodes.add(backend.node());
            }
        }
        return nodes.stream()
                .map(node -> new Evidence(node, cluster.freshness(node)))
                .toList();
    }

    /// Absent where the backend is no Pod, or the client's Pod is no Service's backend.
    private static @Nullable Swap swap(ClusterView cluster, Trace trace) {
        var backend = trace.worst().backend();
        var pod = backend == null ? null : backend.pod();
        if (pod == null || cluster.pod(pod).isEmpty()) {
            return null;
        }
        return cluster.analysis().snapshot().endpointSlices().stream()
                .filter(slice -> slice.endpoints().stream()
                        .anyMatch(endpoint -> trace.from().equals(endpoint.pod())))
                .filter(slice -> !cluster.analysis().targets(slice.service()).isEmpty())
                .findFirst()
                .map(slice -> new Swap(pod, slice.service().toString()))
                .orElse(null);
    }

    /// The decision of the first way that a URL asks for; 0 where it asks for none that there is.
    int hop(String number, String direction) {
        var path = ways.getFirst().path();
        int forward = path.forward().size();
        if (number.isEmpty() && direction.equals("reply") && !path.reply().isEmpty()) {
            return forward + 1;
        }
        boolean plain =
                !number.isEmpty() && number.length() < 6 && number.chars().allMatch(Character::isDigit);
        int wanted = plain ? Integer.parseInt(number) : 0;
        return wanted <= forward + path.reply().size() ? wanted : 0;
    }

    /// What to say to a URL that asks for a decision that there is not; nothing to others.
    Sentence missing(String number, String direction) {
        if (hop(number, direction) > 0) {
            return Sentence.NONE;
        }
        var path = ways.getFirst().path();
        return number.isEmpty()
                ? direction.equals("reply") ? Phrases.NO_REPLY.with() : Sentence.NONE
                : Phrases.NO_HOP.with(
                        number, path.forward().size() + path.reply().size());
    }

    /// The report that something was read for; absent for what nobody reports.
    public @Nullable Evidence evidence(@Nullable Instant observedAt) {
        return evidence.stream()
                .filter(each ->
                        observedAt != null && observedAt.equals(each.freshness().collectedAt()))
                .findFirst()
                .orElse(null);
    }

    private static List<Target> others(ClusterView cluster, Target asked) {
        return cluster.analysis().snapshot().services().stream()
                .filter(service -> service.name().equals(asked.service()))
                .flatMap(service -> service.clusterIps().stream()
                        .flatMap(address -> service.ports().stream()
                                .map(port -> new Target(address, port.port(), port.protocol(), service.name()))))
                .filter(target -> !target.equals(asked))
                .toList();
    }
}
