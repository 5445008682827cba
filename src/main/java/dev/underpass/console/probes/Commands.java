package dev.underpass.console.probes;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.NodeName;
import dev.underpass.console.analysis.CurrentAnalysis;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/// The streams by which agents take commands; of several of one node, the newest counts.
@Component
class Commands {

    static final Duration HEARTBEAT = Duration.ofSeconds(8);
    private static final int MAX_WAITING = 64;

    private final CurrentAnalysis analysis;
    private final Map<NodeName, Sinks.Many<ServerSentEvent<Object>>> streams = new ConcurrentHashMap<>();

    Commands(CurrentAnalysis analysis) {
        this.analysis = analysis;
    }

    /// The `pods` command.
    record PodsCommand(List<PodName> pods) {}

    /// A Pod's uid and name.
    record PodName(String uid, String namespace, String name) {}

    /// What the node's agent is to know and do, from now on.
    Flux<ServerSentEvent<Object>> stream(NodeName node) {
        return Flux.defer(() -> {
            Sinks.Many<ServerSentEvent<Object>> sink =
                    Sinks.many().unicast().onBackpressureBuffer(new ArrayBlockingQueue<>(MAX_WAITING));
            var earlier = streams.put(node, sink);
            if (earlier != null) {
                earlier.tryEmitComplete();
            }
            var superseded = Sinks.<Void>empty();
            var commands = sink.asFlux().doOnComplete(superseded::tryEmitEmpty);
            return Flux.merge(pods(node), heartbeats(), commands)
                    .takeUntilOther(superseded.asMono())
                    .doFinally(_ -> streams.remove(node, sink));
        });
    }

    private Flux<ServerSentEvent<Object>> pods(NodeName node) {
        return analysis.snapshots()
                .map(snapshot -> podsOn(snapshot, node))
                .distinctUntilChanged()
                .map(pods -> event("pods", pods));
    }

    private static PodsCommand podsOn(ClusterSnapshot snapshot, NodeName node) {
        return new PodsCommand(snapshot.pods().stream()
                .filter(pod -> node.equals(pod.node()) && !pod.uid().isEmpty())
                .map(pod -> new PodName(
                        pod.uid(), pod.name().namespace(), pod.name().name()))
                .toList());
    }

    private static Flux<ServerSentEvent<Object>> heartbeats() {
        return Flux.interval(HEARTBEAT)
                .onBackpressureDrop()
                .map(_ -> ServerSentEvent.builder().comment("alive").build());
    }

    private static ServerSentEvent<Object> event(String name, Object data) {
        return ServerSentEvent.builder(data).event(name).build();
    }

    /// Whether somebody takes the node's commands now.
    boolean taken(NodeName node) {
        return streams.containsKey(node);
    }

    /// Whether there was somebody to take the command.
    boolean sent(NodeName node, String name, Object data) {
        var sink = streams.get(node);
        return sink != null && sink.tryEmitNext(event(name, data)).isSuccess();
    }
}
