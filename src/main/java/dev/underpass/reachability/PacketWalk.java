package dev.underpass.reachability;

import dev.underpass.net.DeviceName;
import dev.underpass.net.FibResult;
import dev.underpass.net.Flow;
import dev.underpass.net.IpAddress;
import dev.underpass.net.Link;
import dev.underpass.net.NextHop;
import dev.underpass.net.NotObservedException;
import dev.underpass.net.Packet;
import dev.underpass.net.RouteDecision;
import dev.underpass.netfilter.Choices;
import dev.underpass.netfilter.Evidence;
import dev.underpass.netfilter.Hook;
import dev.underpass.netfilter.HookOutcome;
import dev.underpass.netfilter.PacketFilter;
import dev.underpass.netfilter.Tracked;
import dev.underpass.reachability.End.Cause;
import dev.underpass.reachability.End.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The way of one packet from a socket to a socket, in the kernel's order of decisions.
///
/// On the way out: route, OUTPUT, route again if that changed mark or destination, POSTROUTING, neighbour. On the way
/// in: PREROUTING, route, then INPUT, or FORWARD and POSTROUTING.
final class PacketWalk {

    /// More namespaces than any sane path crosses.
    private static final int HOP_LIMIT = 32;

    private static final DeviceName LOOPBACK = new DeviceName("lo");

    private final World world;
    private final Outside outside;
    private final Resolver resolver;
    private final Function<Host, PacketFilter> filters;
    private final Choices choices;
    private final Phase phase;
    private final List<Hop> hops = new ArrayList<>();
    private int crossed;

    PacketWalk(World world, Resolver resolver, Function<Host, PacketFilter> filters, Choices choices, Phase phase) {
        this.world = world;
        this.outside = new Outside(world);
        this.resolver = resolver;
        this.filters = filters;
        this.choices = choices;
        this.phase = phase;
    }

    List<Hop> hops() {
        return List.copyOf(hops);
    }

    /// Sends a packet from a socket of the namespace.
    ///
    /// @param keepsRoute whether the socket goes on with the route that it found before it had a source address, as
    ///   an IPv6 client does
    /// @param bound the device that the socket is bound to
    Arrival send(Host host, Packet packet, boolean keepsRoute, @Nullable DeviceName bound) throws Ended {
        var flow = Flow.from(packet).withOutgoing(bound);
        var way = keepsRoute ? host.stack().connect(flow) : host.stack().output(flow);
        var decision = decided(host, packet, null, way);
        var outgoing = outgoing(decision);
        var sent = filter(host, Hook.OUTPUT, Tracked.of(packet), null, decision);
        if (sent.reroute()) {
            decision = decided(
                    host,
                    sent.packet(),
                    null,
                    host.stack().output(Flow.from(sent.packet()).withOutgoing(bound)));
            outgoing = outgoing(decision);
        }
        return leave(host, sent, null, decision, outgoing);
    }

    private static DeviceName outgoing(RouteDecision decision) {
        return decision instanceof RouteDecision.Send(var lookup, var _) ? device(hop(lookup)) : LOOPBACK;
    }

    private static NextHop hop(FibResult.Found lookup) {
        return lookup.nextHops().getFirst();
    }

    private static DeviceName device(NextHop hop) {
        var device = hop.device();
        if (device == null) {
            throw new NotObservedException("the device of next hop " + hop);
        }
        return device;
    }

    /// Takes a packet that arrived on a device.
    private Arrival receive(Port at, Tracked arriving) throws Ended {
        if (++crossed > HOP_LIMIT) {
            throw ended(Cause.LOOP, at.host(), "", "the packet goes round", arriving.packet());
        }
        var host = at.host();
        var device = at.link().name();
        var packet = filter(host, Hook.PREROUTING, arriving, device, null);
        if (at.link().loopback()) {
            return deliver(host, packet, device);
        }
        var decision = decided(host, packet.packet(), device, host.stack().input(packet.packet(), device));
        if (decision instanceof RouteDecision.Deliver) {
            return deliver(host, packet, device);
        }
        var forwarded = filter(host, Hook.FORWARD, packet, device, decision);
        return leave(host, forwarded, device, decision, outgoing(decision));
    }

    private Arrival deliver(Host host, Tracked packet, DeviceName device) throws Ended {
        var delivered = filter(host, Hook.INPUT, packet, device, null);
        return new Arrival(host, delivered.packet(), device);
    }

    private Arrival leave(Host host, Tracked packet, @Nullable DeviceName in, RouteDecision decision, DeviceName device)
            throws Ended {
        var leaving = filter(host, Hook.POSTROUTING, packet, in, decision);
        var link = host.stack()
                .link(device)
                .orElseThrow(() -> new NotObservedException("link %s of %s".formatted(device, host)));
        if (decision instanceof RouteDecision.Send(var lookup, var _)) {
            return transmit(new Port(host, link), leaving.packet(), hop(lookup));
        }
        return receive(new Port(host, link), leaving);
    }

    private Arrival transmit(Port from, Packet packet, NextHop hop) throws Ended {
        var nextHop = hop.gateway() == null ? packet.destination() : hop.gateway();
        return follow(from.host(), from.link(), packet, resolver.resolve(from, nextHop, packet));
    }

    private Arrival follow(Host host, @Nullable Link link, Packet packet, Resolution resolution) throws Ended {
        var device = link == null ? null : link.name();
        return switch (resolution) {
            case Resolution.To(var port, var evidence, var detail, var overFabric) -> {
                note(host.place(), Hop.Step.NEIGHBOUR, evidence, detail, host, packet, device);
                if (overFabric) {
                    crossFabric(packet, "carries the frame to " + port.host());
                }
                yield receive(port, Tracked.of(packet.withMark(0)));
            }
            case Resolution.ToRouter(var evidence, var detail) -> {
                note(host.place(), Hop.Step.NEIGHBOUR, evidence, detail, host, packet, device);
                yield route(host, packet);
            }
            case Resolution.Lost(var cause, var _, var evidence, var detail) -> {
                throw ended(outside.sharper(cause, packet), host, evidence, detail, packet);
            }
        };
    }

    private void crossFabric(Packet packet, String detail) {
        hops.add(new Hop(FABRIC, Hop.Step.LINK, "", detail, null, packet, null));
    }

    private static final Place FABRIC = new Place(Place.Kind.FABRIC, "underlay network");
    private static final Place ROUTER = new Place(Place.Kind.FABRIC, "gateway");

    /// The router outside forwards between the subnets that it knows, and nothing else.
    private Arrival route(Host from, Packet packet) throws Ended {
        var destination = packet.destination();
        var subnet = world.router().subnetOf(destination);
        if (world.isServiceAddress(destination) || world.isOverlayAddress(destination) || subnet.isEmpty()) {
            throw new Ended(new End(outside.cause(packet), phase, ROUTER, "", outside.detail(packet), packet));
        }
        if (world.router().has(destination)) {
            throw new Ended(new End(Cause.UNKNOWN_FABRIC, phase, ROUTER, "", "it is the gateway itself", packet));
        }
        crossFabric(packet, "the gateway routes it to " + subnet.get());
        if (++crossed > HOP_LIMIT) {
            throw ended(Cause.LOOP, from, "", "the packet goes round", packet);
        }
        return switch (resolver.fromRouter(destination, packet)) {
            case Resolution.To to -> receive(to.port(), Tracked.of(packet.withMark(0)));
            case Resolution.ToRouter _ ->
                throw new Ended(new End(Cause.LOOP, phase, ROUTER, "", "the gateway sends it to itself", packet));
            case Resolution.Lost(var cause, var _, var evidence, var detail) ->
                throw new Ended(new End(cause, phase, ROUTER, evidence, detail, packet));
        };
    }

    /// Turns a refusal into the packet's end, and notes the rule and route otherwise.
    private RouteDecision decided(Host host, Packet packet, @Nullable DeviceName incoming, RouteDecision decision)
            throws Ended {
        return switch (decision) {
            case RouteDecision.Refuse(var reason, var line, var detail) ->
                throw ended(cause(reason), host, line, detail, packet);
            case RouteDecision.Deliver(var lookup, var _) -> {
                noteLookup(host, packet, lookup, LOOPBACK, incoming);
                yield decision;
            }
            case RouteDecision.Send(var lookup, var source) -> {
                var chosen = chooseHop(lookup);
                noteLookup(host, packet, chosen, device(hop(chosen)), incoming);
                yield new RouteDecision.Send(chosen, source);
            }
        };
    }

    /// The kernel picks a next hop of a multipath route by a hash that cannot be told from outside: all are tried.
    private FibResult.Found chooseHop(FibResult.Found lookup) {
        var nextHops = lookup.nextHops();
        if (nextHops.size() == 1) {
            return lookup;
        }
        int chosen = choices.choose(Choices.Kind.UNKNOWN_RULE, lookup.route().toString(), nextHops.size());
        return new FibResult.Found(lookup.rule(), lookup.route(), List.of(nextHops.get(chosen)), lookup.passed());
    }

    static Cause cause(RouteDecision.Reason reason) {
        return switch (reason) {
            case NO_ROUTE -> Cause.NO_ROUTE;
            case BLACKHOLE, UNREACHABLE, PROHIBIT -> Cause.ROUTE_REFUSES;
            case MARTIAN_SOURCE -> Cause.MARTIAN_SOURCE;
            case MARTIAN_DESTINATION -> Cause.MARTIAN_DESTINATION;
            case RP_FILTER -> Cause.RP_FILTER;
            case NOT_FORWARDING -> Cause.NOT_FORWARDING;
            case NO_SOURCE -> Cause.NO_SOURCE;
        };
    }

    private void noteLookup(
            Host host, Packet packet, FibResult.Found lookup, DeviceName device, @Nullable DeviceName incoming) {
        var why = incoming == null ? "for %s".formatted(packet.destination()) : "came in by " + incoming;
        var mark = packet.mark() == 0 ? "" : ", mark 0x" + Integer.toHexString(packet.mark());
        note(host.place(), Hop.Step.RULE, lookup.rule().toString(), why + mark, host, packet, device);
        note(
                host.place(),
                Hop.Step.ROUTE,
                lookup.route().toString(),
                "the longest prefix that holds " + packet.destination(),
                host,
                packet,
                device);
    }

    private Tracked filter(
            Host host, Hook hook, Tracked packet, @Nullable DeviceName in, @Nullable RouteDecision decision)
            throws Ended {
        var out = decision == null ? null : outgoing(decision);
        host.ruleset(packet.packet().family());
        if (host.isVirtualServer(packet.packet().destination(), packet.packet().destinationPort())) {
            throw new NotObservedException("what IPVS of %s does with %s".formatted(host, packet.packet()));
        }
        var outcome = filters.apply(host).traverse(hook, packet, in, out, new WayOut(host, decision), choices);
        outcome.evidence().forEach(evidence -> noteFilter(host, hook, evidence, outcome, in, out));
        return switch (outcome) {
            case HookOutcome.Accepted(var accepted, var _) -> accepted;
            case HookOutcome.Dropped(var dropped, var by, var _) ->
                throw ended(FilterCause.ofDrop(dropped, by), host, by.line(), hookDetail(hook, by), dropped.packet());
            case HookOutcome.Rejected(var rejected, var by, var with, var _) ->
                throw ended(
                        FilterCause.ofReject(by),
                        host,
                        by.line(),
                        "%s; answers %s".formatted(hookDetail(hook, by), with),
                        rejected.packet());
        };
    }

    private static String hookDetail(Hook hook, Evidence by) {
        return "%s %s in %s: %s".formatted(by.table(), by.chain(), hook, by.detail());
    }

    private void noteFilter(
            Host host,
            Hook hook,
            Evidence evidence,
            HookOutcome outcome,
            @Nullable DeviceName in,
            @Nullable DeviceName out) {
        var step = switch (evidence.step()) {
            case DNAT -> Hop.Step.DNAT;
            case MASQUERADE -> Hop.Step.MASQUERADE;
            case MARK, CONNTRACK -> Hop.Step.CONNTRACK;
            case FILTER -> Hop.Step.FORWARD;
        };
        var packet = switch (outcome) {
            case HookOutcome.Accepted(var tracked, var _) -> tracked.packet();
            case HookOutcome.Dropped(var tracked, var _, var _) -> tracked.packet();
            case HookOutcome.Rejected(var tracked, var _, var _, var _) -> tracked.packet();
        };
        note(host.place(), step, evidence.line(), hookDetail(hook, evidence), host, packet, in == null ? out : in);
    }

    private void note(
            Place where,
            Hop.Step step,
            String evidence,
            String detail,
            Host host,
            Packet packet,
            @Nullable DeviceName device) {
        hops.add(new Hop(where, step, evidence, detail, host.observedAt(), packet, device));
    }

    private Ended ended(Cause cause, Host host, String evidence, String detail, Packet packet) {
        return new Ended(new End(cause, phase, host.place(), evidence, detail, packet));
    }

    /// The filters of all namespaces for one simulated connection.
    static Function<Host, PacketFilter> filters(Map<Host, PacketFilter> made, IpAddress.Family family) {
        return host -> made.computeIfAbsent(host, each -> new PacketFilter(each.ruleset(family), each.conntrack()));
    }
}
