package dev.underpass.console.probes;

import dev.underpass.cluster.NodeName;
import dev.underpass.cluster.ObjectName;
import dev.underpass.console.NotFoundException;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.audit.AuditNote;
import dev.underpass.console.probes.ProbeViews.CommandTarget;
import dev.underpass.console.probes.ProbeViews.ProbeCommand;
import dev.underpass.console.probes.ProbeViews.ProbeView;
import dev.underpass.reachability.Target;
import java.time.Clock;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// Has agents probe, for those who ask by a page and for those who ask by the API.
@Component
public class Probing {

    private static final int TIMEOUT_MILLIS = 2_000;

    private final Commands commands;
    private final Probes probes;
    private final Clock clock;

    Probing(Commands commands, Probes probes, Clock clock) {
        this.commands = commands;
        this.probes = probes;
        this.clock = clock;
    }

    /// Asks the agent of the Pod's node to connect to the target and to all of its backends, now.
    public Mono<ProbeView> ask(ClusterView cluster, ObjectName from, Target to, ServerWebExchange exchange) {
        var probe = Probe.of(cluster, from, to, UUID.randomUUID().toString(), clock.instant());
        probes.keep(probe);
        return asked(cluster, probe).then(Mono.fromCallable(() -> {
            AuditNote.of(exchange).ifPresent(note -> note(probe, note));
            return probe(probe.id());
        }));
    }

    private Mono<Void> asked(ClusterView cluster, Probe probe) {
        var node = probe.node();
        if (node == null) {
            return Mono.fromRunnable(() -> probes.keep(probe.failed(Phrases.NO_NODE.with())));
        }
        return commands.sent(node, "probe", command(cluster, probe))
                .filter(sent -> !sent)
                .doOnNext(_ -> probes.keep(probe.failed(Phrases.NO_COMMANDS.with(node))))
                .then();
    }

    private static void note(Probe probe, AuditNote note) {
        note.tell("probe", probe.id());
        note.tell("pod", probe.from().toString());
        note.tell("targets", probe.targets().stream().map(Target::socket).collect(Collectors.joining(" ")));
    }

    private static ProbeCommand command(ClusterView cluster, Probe probe) {
        var pod = cluster.pod(probe.from()).orElseThrow().analysis().pod();
        return new ProbeCommand(
                probe.id(),
                new Commands.PodName(
                        pod.uid(), pod.name().namespace(), pod.name().name()),
                probe.targets().stream().map(CommandTarget::of).toList(),
                TIMEOUT_MILLIS,
                0);
    }

    /// How far a probe is.
    ///
    /// @throws NotFoundException if it was never asked for, or is forgotten
    public ProbeView probe(String id) {
        return ProbeViews.view(probes.probe(id), clock.instant());
    }

    /// Whether an agent of the node would take a command now.
    public boolean takes(@Nullable NodeName node) {
        return node != null && commands.taken(node);
    }
}
