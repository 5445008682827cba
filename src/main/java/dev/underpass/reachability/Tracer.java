package dev.underpass.reachability;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.ObjectName;
import dev.underpass.cluster.Pod;
import dev.underpass.net.FibResult;
import dev.underpass.net.Flow;
import dev.underpass.net.IpAddress;
import dev.underpass.net.IpStack;
import dev.underpass.net.NotObservedException;
import dev.underpass.net.Packet;
import dev.underpass.net.RouteDecision;
import dev.underpass.netfilter.Choices.Kind;
import dev.underpass.reachability.End.Cause;
import dev.underpass.reachability.End.Phase;
import dev.underpass.words.Sentence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Follows connections through one snapshot of a cluster; it shares what it works out between traces.
public final class Tracer {

    /// Combinations of backends and of rules that cannot be evaluated; more than these are not told apart.
    private static final int RUN_LIMIT = 1024;

    private final World world;

    public Tracer(ClusterSnapshot snapshot) {
        this.world = new World(snapshot);
    }

    /// What happens to a connection from the Pod to the target.
    ///
    /// @throws IllegalArgumentException if the snapshot has no such Pod
    public Trace trace(ObjectName from, Target to) {
        return trace(from, null, to);
    }

    /// The same without the facts beside each decision, for whom only the end counts.
    ///
    /// @throws IllegalArgumentException if the snapshot has no such Pod
    public Trace decisions(ObjectName from, Target to) {
        return trace(from, null, to, false);
    }

    /// What happens to a connection of a socket that is bound to an address.
    ///
    /// @param source the address, or null to let the kernel choose
    /// @throws IllegalArgumentException if the snapshot has no such Pod
    public Trace trace(ObjectName from, @Nullable IpAddress source, Target to) {
        return trace(from, source, to, true);
    }

    private Trace trace(ObjectName from, @Nullable IpAddress source, Target to, boolean facts) {
        var client = clientOf(from);
        if (client.isEmpty()) {
            return unobserved(from, to, Phrases.NO_REPORT.with(from));
        }
        var runs = explore(client.get(), source, to, facts);
        var paths = runs.size() >= RUN_LIMIT
                ? List.of(undetermined(runs.getFirst().path(), "", Phrases.TOO_MANY.with(RUN_LIMIT)))
                : agreed(runs);
        var worst = paths.stream()
                .map(Path::disposition)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        return new Trace(
                from, to, worst, Confidences.of(world, from, to, paths), paths, alternatives(client.get(), to));
    }

    /// Which address the kernel gives to a socket of the Pod that connects to the target; empty where that is not known
    /// or none is found.
    ///
    /// @throws IllegalArgumentException if the snapshot has no such Pod
    public Optional<Source> source(ObjectName from, Target to) {
        var client = clientOf(from);
        if (client.isEmpty() || world.isTranslatedBySocket(to.address())) {
            return Optional.empty();
        }
        try {
            return switch (client.get().stack().connect(Flow.from(ConnectionRun.unbound(to)))) {
                case RouteDecision.Send(var found, var source) -> Optional.of(Source.of(found, source));
                case RouteDecision.Deliver(var found, var source) -> Optional.of(Source.of(found, source));
                case RouteDecision.Refuse _ -> Optional.empty();
            };
        } catch (NotObservedException _) {
            return Optional.empty();
        }
    }

    /// Which Pods are alike.
    public Likeness likeness() {
        return new Likeness(world);
    }

    private Optional<Host> clientOf(ObjectName name) {
        var pod = world.resource(name);
        if (pod.isEmpty() && world.pod(name).isEmpty()) {
            throw new IllegalArgumentException("no such Pod: " + name);
        }
        boolean onHost = pod.map(Pod::hostNetwork).orElse(false);
        return onHost ? pod.flatMap(each -> Optional.ofNullable(each.node())).flatMap(world::node) : world.pod(name);
    }

    /// One run, and the choices that led to it.
    private record Run(Path path, List<Branches.Pick> picks) {

        boolean takesUnknownRule() {
            return picks.stream().anyMatch(pick -> pick.kind() == Kind.UNKNOWN_RULE && pick.chosen() > 0);
        }

        String unknownRule() {
            return picks.stream()
                    .filter(pick -> pick.kind() == Kind.UNKNOWN_RULE)
                    .map(Branches.Pick::rule)
                    .findFirst()
                    .orElse("");
        }

        /// Whether the two could be one connection, but for rules that cannot be evaluated.
        boolean sameBackendChoices(Run other) {
            var mine = backendChoices();
            var theirs = other.backendChoices();
            int common = Math.min(mine.size(), theirs.size());
            return mine.subList(0, common).equals(theirs.subList(0, common));
        }

        private List<Branches.Pick> backendChoices() {
            return picks.stream().filter(pick -> pick.kind() == Kind.BACKEND).toList();
        }
    }

    private List<Run> explore(Host client, @Nullable IpAddress source, Target to, boolean facts) {
        var branches = new Branches();
        var runs = new ArrayList<Run>();
        do {
            var path = new ConnectionRun(world, client, source, to, branches, facts).run();
            runs.add(new Run(path, branches.picks()));
        } while (runs.size() < RUN_LIMIT && branches.next());
        return runs;
    }

    /// The paths that do not depend on rules that cannot be evaluated, and `undetermined` for those that do.
    private static List<Path> agreed(List<Run> runs) {
        var paths = new LinkedHashSet<Path>();
        for (var run : runs) {
            if (run.takesUnknownRule()) {
                continue;
            }
            var contrary = runs.stream()
                    .filter(other -> other.takesUnknownRule() && other.sameBackendChoices(run))
                    .filter(other -> other.path().disposition().fold()
                            != run.path().disposition().fold())
                    .findFirst();
            paths.add(contrary.map(other -> undetermined(run.path(), other.unknownRule(), Phrases.RULE_UNTOLD.with()))
                    .orElse(run.path()));
        }
        return distinct(paths);
    }

    /// One path for each backend and end: branches that came to the same are one.
    private static List<Path> distinct(Set<Path> paths) {
        var result = new ArrayList<Path>();
        for (var path : paths) {
            boolean known = path.backend() != null
                    && result.stream()
                            .anyMatch(other -> path.backend().equals(other.backend())
                                    && path.disposition() == other.disposition()
                                    && path.end().cause() == other.end().cause());
            if (!known) {
                result.add(path);
            }
        }
        return result;
    }

    private static Path undetermined(Path path, String rule, Sentence why) {
        var was = path.end();
        var end = new End(Cause.UNKNOWN_RULE, was.phase(), was.where(), rule, why, was.packet());
        return new Path(path.backend(), Disposition.UNDETERMINED, end, path.forward(), path.reply());
    }

    private Trace unobserved(ObjectName from, Target to, Sentence reason) {
        var nowhere = new Packet(to.address(), to.address(), to.protocol(), 0, to.port(), Packet.Segment.SYN, 0);
        var end =
                new End(Cause.NOT_OBSERVED, Phase.SYN, new Place(Place.Kind.POD, from.toString()), "", reason, nowhere);
        var path = new Path(null, Disposition.UNDETERMINED, end, List.of(), List.of());
        return new Trace(from, to, Disposition.UNDETERMINED, Confidence.ASSUMED, List.of(path), List.of());
    }

    private static List<Sentence> alternatives(Host client, Target to) {
        try {
            return without(client.stack(), Flow.to(to.address()))
                    .map(line -> List.of(Phrases.OTHERWISE.with(line)))
                    .orElse(List.of());
        } catch (NotObservedException _) {
            return List.of();
        }
    }

    /// The line that would decide if the route that does were deleted.
    private static Optional<String> without(IpStack stack, Flow flow) {
        var family = flow.destination().family();
        if (!(stack.fib(family).lookup(flow) instanceof FibResult.Found found)) {
            return Optional.empty();
        }
        return switch (stack.without(found.route()).fib(family).lookup(flow)) {
            case FibResult.Found second -> Optional.of(second.route().toString());
            case FibResult.Refused refused -> Optional.of(refused.line());
            case FibResult.NoRoute _ -> Optional.empty();
        };
    }
}
