package dev.underpass.diagnosis;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.ObjectName;
import dev.underpass.coordinator.ExpectedPlan;
import dev.underpass.net.FibResult;
import dev.underpass.net.Flow;
import dev.underpass.net.IpAddress;
import dev.underpass.net.IpStack;
import dev.underpass.net.NetworkState;
import dev.underpass.net.NotObservedException;
import dev.underpass.net.Packet;
import dev.underpass.net.Route;
import dev.underpass.net.RouteDecision;
import dev.underpass.reachability.End;
import dev.underpass.reachability.Hop;
import dev.underpass.reachability.Hop.Fact;
import dev.underpass.reachability.Path;
import dev.underpass.reachability.Place;
import dev.underpass.reachability.Trace;
import dev.underpass.report.PodReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The routes that a Pod lacks by the coordinator's plan, shown in a trace where they would decide.
public final class MissingRoutes {

    private final ClusterSnapshot snapshot;
    private final Pods pods;

    MissingRoutes(ClusterSnapshot snapshot, Pods pods) {
        this.snapshot = snapshot;
        this.pods = pods;
    }

    /// The trace with the lines that would have decided, beside those that did.
    ///
    /// @param bound whether the client's socket has an address of its own, which no route chooses
    Trace shownIn(Trace trace, boolean bound) {
        var paths = trace.paths().stream().map(path -> shownIn(path, bound)).toList();
        return new Trace(
                trace.from(), trace.to(), trace.disposition(), trace.confidence(), paths, trace.alternatives());
    }

    private Path shownIn(Path path, boolean bound) {
        return new Path(
                path.backend(),
                path.disposition(),
                shownIn(path.end(), !bound),
                shownIn(path.forward(), !bound),
                shownIn(path.reply(), false));
    }

    /// The first route of a client's packet is looked up while the socket is without an address, too.
    private List<Hop> shownIn(List<Hop> hops, boolean unbound) {
        var shown = new ArrayList<Hop>();
        boolean first = unbound;
        for (var hop : hops) {
            boolean route = hop.step() == Hop.Step.ROUTE;
            shown.add(route ? hop.with(missing(hop.where(), hop.packet(), first)) : hop);
            first = first && !route;
        }
        return shown;
    }

    private End shownIn(End end, boolean unbound) {
        return switch (end.cause()) {
            case NO_ROUTE, ROUTE_REFUSES, NO_SOURCE ->
                end.with(missing(
                        end.where(), end.packet(), unbound && end.phase().forward()));
            default -> end;
        };
    }

    private List<Fact> missing(Place where, Packet packet, boolean unbound) {
        var pod = where.kind() == Place.Kind.POD
                ? pods.pod(ObjectName.parse(where.name()))
                : Optional.<PodAnalysis>empty();
        var state = pod.flatMap(this::state).orElse(null);
        if (pod.isEmpty() || state == null) {
            return List.of();
        }
        return pod.get().plan().lines().stream()
                .filter(line -> isAbsent(line.route(), state))
                .filter(line -> decides(line.route(), state, packet, unbound))
                .map(MissingRoutes::fact)
                .toList();
    }

    /// The routes of a plan that are not there, and that packets to an address would take if they were.
    public static List<Route> deciding(ExpectedPlan plan, NetworkState state, IpAddress to) {
        return plan.lines().stream()
                .map(ExpectedPlan.Line::route)
                .filter(route -> isAbsent(route, state))
                .filter(route -> route.destination().contains(to))
                .filter(route -> new IpStack(state.with(route)).fib(to.family()).lookup(Flow.to(to))
                                instanceof FibResult.Found found
                        && found.route().equals(route))
                .toList();
    }

    private static Fact fact(ExpectedPlan.Line line) {
        return new Fact(Fact.Kind.MISSING, line.route().toString(), Phrases.WOULD_DECIDE.with(line.because()));
    }

    private Optional<NetworkState> state(PodAnalysis pod) {
        return NodeReportOf.pod(snapshot, pod.network().node(), pod.pod().name())
                .map(PodReport::network)
                .map(namespace -> namespace.network());
    }

    private static boolean isAbsent(Route expected, NetworkState state) {
        var routes = switch (expected.family()) {
            case IPV4 -> state.routes();
            case IPV6 -> state.routes6();
        };
        return routes != null && routes.stream().noneMatch(route -> ExpectedPlan.same(expected, route));
    }

    /// Whether the kernel would take the route for the packet, or for the socket that sends it, if it had it.
    private static boolean decides(Route expected, NetworkState state, Packet packet, boolean unbound) {
        if (expected.family() != packet.family() || !expected.destination().contains(packet.destination())) {
            return false;
        }
        var stack = new IpStack(state.with(expected));
        var flow = Flow.from(packet);
        try {
            return expected.equals(route(stack.output(flow)))
                    || (unbound
                            && stack.connect(flow) instanceof RouteDecision.Send(var _, var source)
                            && expected.equals(route(stack.output(flow.withSource(source)))));
        } catch (NotObservedException _) {
            return false;
        }
    }

    private static @Nullable Route route(RouteDecision decision) {
        return decision instanceof RouteDecision.Send(var lookup, var _) ? lookup.route() : null;
    }
}
