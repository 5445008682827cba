package dev.underpass.console.probes;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.NodeName;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.store.Follower;
import dev.underpass.console.store.Store;
import dev.underpass.console.store.Told;
import dev.underpass.console.store.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The streams by which agents take commands; of several of one node, the newest counts.
@Component
class Commands implements Follower {

    /// Agents give a stream up that is silent for 10 s.
    static final Duration HEARTBEAT = Duration.ofSeconds(3);
    private static final int MAX_WAITING = 64;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final CurrentAnalysis analysis;
    private final Map<NodeName, Sinks.Many<ServerSentEvent<Object>>> streams = new ConcurrentHashMap<>();

    /// How long another replica may take to say that the agent is with it.
    private static final Duration PATIENCE = Duration.ofMillis(1_500);

    private final Map<String, Sinks.One<Boolean>> asked = new ConcurrentHashMap<>();
    private final String replica = UUID.randomUUID().toString();
    private final Store store;

    Commands(CurrentAnalysis analysis, Store store) {
        this.analysis = analysis;
        this.store = store;
        store.follow(Topic.COMMANDS, this);
    }

    /// What replicas tell each other.
    ///
    /// @param replica who tells it
    /// @param id of the command, or of the stream
    /// @param name of the command
    /// @param data of the command
    private record Message(
            Type type,
            String replica,
            String id,
            String node,
            @Nullable String name,
            @Nullable JsonNode data) {

        enum Type {
            /// Whoever has the agent's stream is to send it.
            COMMAND,
            /// It is sent.
            TAKEN,
            /// The agent's newest stream is here.
            OPENED
        }
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
                end(earlier);
            }
            tell(Message.Type.OPENED, UUID.randomUUID().toString(), node.value());
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

    /// Whether somebody takes the node's commands now. Whether another replica has the agent's stream is known when it
    /// is
    /// asked.
    boolean taken(NodeName node) {
        return streams.containsKey(node) || othersAnswer();
    }

    private boolean othersAnswer() {
        var status = store.status();
        return status.shared() && status.awaySince() == null;
    }

    private void tell(Message.Type type, String id, String node) {
        store.tell(Topic.COMMANDS, Told.of(type + " " + id, new Message(type, replica, id, node, null, null)));
    }

    /// Whether there is somebody to take the command, here or with another replica.
    Mono<Boolean> sent(NodeName node, String name, Object data) {
        return Mono.defer(
                () -> sentHere(node, name, data) ? Mono.just(true) : sentElsewhere(node, name, JSON.valueToTree(data)));
    }

    private Mono<Boolean> sentElsewhere(NodeName node, String name, JsonNode data) {
        if (!othersAnswer()) {
            return Mono.just(false);
        }
        var id = UUID.randomUUID().toString();
        Sinks.One<Boolean> answer = Sinks.one();
        asked.put(id, answer);
        store.tell(
                Topic.COMMANDS, Told.of(id, new Message(Message.Type.COMMAND, replica, id, node.value(), name, data)));
        return answer.asMono().timeout(PATIENCE, Mono.just(false)).doFinally(_ -> asked.remove(id));
    }

    @Override
    public void hear(Told told) {
        var message = told.as(Message.class);
        if (message.replica().equals(replica)) {
            return;
        }
        var node = new NodeName(message.node());
        switch (message.type()) {
            case COMMAND -> {
                var data = message.data() == null ? JSON.createObjectNode() : message.data();
                if (sentHere(node, String.valueOf(message.name()), data)) {
                    tell(Message.Type.TAKEN, message.id(), message.node());
                }
            }
            case TAKEN -> {
                var answer = asked.get(message.id());
                if (answer != null) {
                    answer.tryEmitValue(true);
                }
            }
            case OPENED -> {
                var stale = streams.remove(node);
                if (stale != null) {
                    end(stale);
                }
            }
        }
    }

    @Override
    public List<Told> held() {
        return List.of();
    }

    private boolean sentHere(NodeName node, String name, Object data) {
        var sink = streams.get(node);
        return sink != null && emitted(sink, event(name, data));
    }

    /// Two at the same time would disturb each other, and one of them be refused.
    private static boolean emitted(Sinks.Many<ServerSentEvent<Object>> sink, ServerSentEvent<Object> event) {
        synchronized (sink) {
            return sink.tryEmitNext(event).isSuccess();
        }
    }

    private static void end(Sinks.Many<ServerSentEvent<Object>> sink) {
        synchronized (sink) {
            sink.tryEmitComplete();
        }
    }
}
