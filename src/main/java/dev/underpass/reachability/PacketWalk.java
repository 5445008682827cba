package dev.underpass.reachability;

import dev.underpass.net.DeviceName;
import dev.underpass.net.FibResult;
import dev.underpass.net.Flow;
import dev.underpass.net.IpStack;
import dev.underpass.net.NextHop;
import dev.underpass.net.NotObservedException;
import dev.underpass.net.Packet;
import dev.underpass.net.RouteDecision;
import dev.underpass.netfilter.Choices;
import dev.underpass.netfilter.Hook;
import dev.underpass.netfilter.PacketFilter;
import dev.underpass.netfilter.Tracked;
import dev.underpass.reachability.End.Cause;
import dev.underpass.words.Sentence;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The way of one packet from a socket to a socket, in the kernel's order of decisions.
///
/// On the way out: route, OUTPUT, route again if that changed mark or destination, POSTROUTING, neighbour. On the way
/// in: PREROUTING, route, then INPUT, or FORWARD and POSTROUTING.
final class PacketWalk {

    /// More namespaces than any sane path crosses.
    private static final int HOP_LIMIT = 32;

    private final World world;
    private final Outside outside;
    private final Resolver resolver;
    private final FilterHooks hooks;
    private final Choices choices;
    private final Trail trail;
    private int crossed;

    PacketWalk(World world, Resolver resolver, Function<Host, PacketFilter> filters, Choices choices, Trail trail) {
        this.world = world;
        this.outside = new Outside(world);
        this.resolver = resolver;
        this.choices = choices;
        this.trail = trail;
        this.hooks = new FilterHooks(filters, choices, trail);
    }

    /// Sends a packet from a socket of the namespace.
    ///
    /// @param keepsRoute whether the socket goes on with the route that it found before it had a source address, as
    ///   an IPv6 client does
    /// @param bound the device that the socket is bound to
    Arrival send(Host host, Packet packet, boolean keepsRoute, @Nullable DeviceName bound) throws Ended {
        var flow = Flow.from(packet).withOutgoing(bound);
        var decision = decided(host, packet, null, stack -> keepsRoute ? stack.connect(flow) : stack.output(flow));
        var outgoing = WayOut.device(decision);
        var sent = hooks.pass(host, Hook.OUTPUT, Tracked.of(packet), null, decision);
        if (sent.reroute()) {
            var changed = Flow.from(sent.packet()).withOutgoing(bound);
            decision = decided(host, sent.packet(), null, stack -> stack.output(changed));
            outgoing = WayOut.device(decision);
        }
        return leave(host, sent, null, decision, outgoing);
    }

    private static NextHop hop(FibResult.Found lookup) {
        return lookup.nextHops().getFirst();
    }

    /// Takes a packet that arrived on a device.
    private Arrival receive(Port at, Tracked arriving) throws Ended {
        if (++crossed > HOP_LIMIT) {
            throw trail.ended(Cause.LOOP, at.host(), "", Phrases.GOES_ROUND.with(), arriving.packet());
        }
        var host = at.host();
        var device = at.link().name();
        var packet = hooks.pass(host, Hook.PREROUTING, arriving, device, null);
        if (at.link().loopback()) {
            return deliver(host, packet, device);
        }
        var decision = decided(host, packet.packet(), device, stack -> stack.input(packet.packet(), device));
        if (decision instanceof RouteDecision.Deliver) {
            return deliver(host, packet, device);
        }
        var forwarded = hooks.pass(host, Hook.FORWARD, packet, device, decision);
        return leave(host, forwarded, device, decision, WayOut.device(decision));
    }

    private Arrival deliver(Host host, Tracked packet, DeviceName device) throws Ended {
        var delivered = hooks.pass(host, Hook.INPUT, packet, device, null);
        return new Arrival(host, delivered.packet(), device);
    }

    private Arrival leave(Host host, Tracked packet, @Nullable DeviceName in, RouteDecision decision, DeviceName device)
            throws Ended {
        var leaving = hooks.pass(host, Hook.POSTROUTING, packet, in, decision);
        var link = host.stack()
                .link(device)
                .orElseThrow(() -> new NotObservedException(Phrases.LINK.with(device, host.place())));
        if (decision instanceof RouteDecision.Send(var lookup, var _)) {
            return transmit(new Port(host, link), leaving.packet(), hop(lookup));
        }
        return receive(new Port(host, link), leaving);
    }

    private Arrival transmit(Port from, Packet packet, NextHop hop) throws Ended {
        var nextHop = hop.gateway() == null ? packet.destination() : hop.gateway();
        var host = from.host();
        return switch (resolver.resolve(from, nextHop, packet)) {
            case Resolution.To(var port, var evidence, var detail, var overFabric) -> {
                trail.noteNeighbour(from, nextHop, evidence, detail, packet);
                if (overFabric) {
                    trail.crossFabric(
                            packet, Phrases.CARRIES_FRAME.with(port.host().place()));
                }
                yield receive(port, Tracked.of(packet.withMark(0)));
            }
            case Resolution.ToRouter(var evidence, var detail) -> {
                trail.noteNeighbour(from, nextHop, evidence, detail, packet);
                yield route(host, packet);
            }
            case Resolution.Lost(var cause, var _, var evidence, var detail) ->
                throw trail.ended(outside.sharper(cause, packet), host, evidence, detail, packet);
        };
    }

    /// The router outside forwards between the subnets that it knows, and nothing else.
    private Arrival route(Host from, Packet packet) throws Ended {
        var destination = packet.destination();
        var subnet = world.router().subnetOf(destination);
        if (world.isServiceAddress(destination) || world.isOverlayAddress(destination) || subnet.isEmpty()) {
            throw trail.endedAtRouter(outside.cause(packet), "", outside.detail(packet), packet);
        }
        if (world.router().has(destination)) {
            throw trail.endedAtRouter(Cause.UNKNOWN_FABRIC, "", Phrases.GATEWAY_ITSELF.with(), packet);
        }
        trail.crossFabric(packet, Phrases.GATEWAY_ROUTES.with(subnet.get()));
        if (++crossed > HOP_LIMIT) {
            throw trail.ended(Cause.LOOP, from, "", Phrases.GOES_ROUND.with(), packet);
        }
        return switch (resolver.fromRouter(destination, packet)) {
            case Resolution.To to -> receive(to.port(), Tracked.of(packet.withMark(0)));
            case Resolution.ToRouter _ ->
                throw trail.endedAtRouter(Cause.LOOP, "", Phrases.GATEWAY_LOOPS.with(), packet);
            case Resolution.Lost(var cause, var _, var evidence, var detail) ->
                throw trail.endedAtRouter(cause, evidence, detail, packet);
        };
    }

    /// Turns a refusal into the packet's end, and notes the rule and route otherwise.
    ///
    /// @param question what is asked of the namespace's routing
    private RouteDecision decided(
            Host host, Packet packet, @Nullable DeviceName incoming, Function<IpStack, RouteDecision> question)
            throws Ended {
        var decision = question.apply(host.stack());
        return switch (decision) {
            case RouteDecision.Refuse(var reason, var line, var detail) ->
                throw trail.ended(cause(reason), host, line, detail, packet);
            case RouteDecision.Deliver(var lookup, var _) -> {
                trail.noteLookup(host, lookup, why(packet, incoming), packet, WayOut.LOOPBACK, question);
                yield decision;
            }
            case RouteDecision.Send(var lookup, var source) -> {
                var chosen = chooseHop(lookup);
                var device = WayOut.device(hop(chosen));
                trail.noteLookup(host, chosen, why(packet, incoming), packet, device, question);
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

    private static Sentence why(Packet packet, @Nullable DeviceName incoming) {
        var why = incoming == null ? Phrases.LOOKUP_FOR.with(packet.destination()) : Phrases.LOOKUP_FROM.with(incoming);
        return packet.mark() == 0 ? why : Phrases.LOOKUP_MARKED.with(why, "0x" + Integer.toHexString(packet.mark()));
    }
}
