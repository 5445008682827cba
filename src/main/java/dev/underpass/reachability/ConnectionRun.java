package dev.underpass.reachability;

import dev.underpass.net.DeviceName;
import dev.underpass.net.Flow;
import dev.underpass.net.IpAddress;
import dev.underpass.net.IpPrefix;
import dev.underpass.net.NotObservedException;
import dev.underpass.net.Packet;
import dev.underpass.net.Packet.Segment;
import dev.underpass.net.Protocol;
import dev.underpass.net.RouteDecision;
import dev.underpass.netfilter.Choices;
import dev.underpass.netfilter.PacketFilter;
import dev.underpass.reachability.End.Cause;
import dev.underpass.reachability.End.Phase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One connection from a Pod to a target, with one set of choices: SYN, SYN-ACK, ACK, request and answer, each through
/// the connection tracking that the ones before have left in every namespace.
final class ConnectionRun {

    /// Any port of the ephemeral range; no rule that matters tells them apart.
    static final int CLIENT_PORT = 40000;

    private final World world;
    private final Host client;
    private final @Nullable IpAddress bound;
    private final Target target;
    private final Choices choices;
    private final boolean facts;
    private final Map<Host, PacketFilter> made = new HashMap<>();
    private final Function<Host, PacketFilter> filters;
    private final Resolver resolver;

    private List<Hop> forward = List.of();
    private List<Hop> reply = List.of();
    private @Nullable Arrival first;
    private Packet current;

    /// @param facts whether the facts beside each decision are wanted
    ConnectionRun(World world, Host client, @Nullable IpAddress bound, Target target, Choices choices, boolean facts) {
        this.bound = bound;
        this.world = world;
        this.client = client;
        this.target = target;
        this.choices = choices;
        this.facts = facts;
        this.resolver = new Resolver(world, choices, new HashMap<>());
        this.filters = FilterHooks.of(made, target.address().family());
        this.current = unbound(target);
    }

    /// The first packet of a socket that has no address yet.
    static Packet unbound(Target target) {
        var any = IpAddress.parse(target.address().family() == IpAddress.Family.IPV4 ? "0.0.0.0" : "::");
        return packet(target, any, Segment.SYN);
    }

    private Packet packet(IpAddress source, Segment segment) {
        return packet(target, source, segment);
    }

    private static Packet packet(Target target, IpAddress source, Segment segment) {
        return new Packet(source, target.address(), target.protocol(), CLIENT_PORT, target.port(), segment, 0);
    }

    /// Follows the connection to its end.
    Path run() {
        End end;
        try {
            end = connect();
        } catch (Ended ended) {
            end = ended.end();
        }
        var sharper = sharpened(end);
        return new Path(Backends.of(world, target, first, sharper), disposition(sharper), sharper, forward, reply);
    }

    private End connect() throws Ended {
        if (world.isTranslatedBySocket(target.address())) {
            throw new Ended(new End(
                    Cause.NOT_OBSERVED,
                    Phase.SYN,
                    client.place(),
                    "cilium-config kube-proxy-replacement",
                    Phrases.EBPF.with(),
                    current));
        }
        var source = sourceAddress();
        if (target.protocol() == Protocol.TCP) {
            exchange(source, Phase.SYN, Segment.SYN, Phase.SYN_ACK, Segment.SYN_ACK);
            request(source, Phase.ACK, Segment.ACK);
            exchange(source, Phase.REQUEST, Segment.ACK, Phase.ANSWER, Segment.ACK);
        } else {
            exchange(source, Phase.REQUEST, Segment.DATAGRAM, Phase.ANSWER, Segment.DATAGRAM);
        }
        var server = first == null ? client : first.host();
        return new End(Cause.DELIVERED, Phase.ANSWER, server.place(), "", Phrases.ANSWER_ARRIVED.with(), current);
    }

    private void exchange(IpAddress source, Phase there, Segment question, Phase back, Segment answer) throws Ended {
        var arrival = request(source, there, question);
        answer(source, arrival, back, answer);
    }

    /// The address that the kernel gives to the client's socket: IPv4 looks the route up once more with it.
    private IpAddress sourceAddress() throws Ended {
        if (bound != null) {
            return bound;
        }
        var probe = unbound(target);
        return observed(Phase.SYN, () -> switch (client.stack().connect(Flow.from(probe))) {
            case RouteDecision.Send(var _, var source) -> source;
            case RouteDecision.Deliver(var _, var source) -> source;
            case RouteDecision.Refuse(var reason, var line, var detail) ->
                throw new Ended(new End(PacketWalk.cause(reason), Phase.SYN, client.place(), line, detail, probe));
        });
    }

    private Arrival request(IpAddress source, Phase phase, Segment segment) throws Ended {
        var packet = packet(source, segment);
        var arrival = walk(client, packet, phase, null);
        if (first == null) {
            checkListener(arrival, phase);
            first = arrival;
        }
        if (arrival.host() != first.host() || !sameEnds(arrival.packet(), first.packet())) {
            throw misdelivered(arrival, phase, first.packet());
        }
        return arrival;
    }

    private static boolean sameEnds(Packet a, Packet b) {
        return a.source().equals(b.source())
                && a.destination().equals(b.destination())
                && a.sourcePort() == b.sourcePort()
                && a.destinationPort() == b.destinationPort();
    }

    private void checkListener(Arrival arrival, Phase phase) throws Ended {
        var packet = arrival.packet();
        var listening = observed(
                phase,
                () -> arrival.host().listeners().stream()
                        .anyMatch(listener ->
                                listener.accepts(packet.protocol(), packet.destination(), packet.destinationPort())));
        if (!listening) {
            first = arrival;
            throw new Ended(new End(
                    Cause.NO_LISTENER,
                    phase,
                    arrival.host().place(),
                    "listeners: " + arrival.host().listeners(),
                    Phrases.NOTHING_LISTENS.with(packet.destination(), packet.destinationPort(), packet.protocol()),
                    packet));
        }
    }

    private void answer(IpAddress source, Arrival arrival, Phase phase, Segment segment) throws Ended {
        var seen = arrival.packet();
        int mark = arrival.host().stack().sysctls().value("net.ipv4.tcp_fwmark_accept", 0) != 0 ? seen.mark() : 0;
        var answer = seen.answer(segment, mark);
        var back = walk(arrival.host(), answer, phase, bound(arrival));
        var expected = new Packet(target.address(), source, target.protocol(), target.port(), CLIENT_PORT, segment, 0);
        if (back.host() != client || !sameEnds(back.packet(), expected)) {
            throw misdelivered(back, phase, expected);
        }
    }

    /// The answering socket of a link-local client is bound to the device that the client is on
    /// (`inet_request_bound_dev_if`).
    private static @Nullable DeviceName bound(Arrival arrival) {
        return LINK_LOCAL.contains(arrival.packet().source()) ? arrival.device() : null;
    }

    private static final IpPrefix LINK_LOCAL = IpPrefix.parse("fe80::/10");

    private Ended misdelivered(Arrival arrival, Phase phase, Packet expected) {
        return new Ended(new End(
                Cause.REPLY_UNTRANSLATED,
                phase,
                arrival.host().place(),
                arrival.packet().toString(),
                Phrases.NO_SOCKET_WAITS.with(arrival.host().place(), expected),
                arrival.packet()));
    }

    private Arrival walk(Host from, Packet packet, Phase phase, @Nullable DeviceName device) throws Ended {
        current = packet;
        var trail = new Trail(phase, facts);
        var walk = new PacketWalk(world, resolver, filters, choices, trail);
        boolean keepsRoute = from == client && phase.forward() && packet.family() == IpAddress.Family.IPV6;
        try {
            var arrival = observed(phase, () -> walk.send(from, packet, keepsRoute, device));
            keepFirst(trail.hops(), phase);
            return arrival;
        } catch (Ended ended) {
            keep(trail.hops(), phase);
            throw ended;
        }
    }

    /// The first packet of each direction shows the most: later ones only repeat its translations.
    private void keepFirst(List<Hop> hops, Phase phase) {
        if (phase.forward() ? forward.isEmpty() : reply.isEmpty()) {
            keep(hops, phase);
        }
    }

    private void keep(List<Hop> hops, Phase phase) {
        if (phase.forward()) {
            forward = hops;
        } else {
            reply = hops;
        }
    }

    @FunctionalInterface
    private interface Step<T> {
        T take() throws Ended;
    }

    private <T> T observed(Phase phase, Step<T> step) throws Ended {
        try {
            return step.take();
        } catch (NotObservedException e) {
            throw new Ended(new End(Cause.NOT_OBSERVED, phase, client.place(), "", e.sentence(), current));
        }
    }

    /// A Service address that crossed a node and came out as it was is a missing translation, not a wrong NIC.
    private End sharpened(End end) {
        boolean crossedNode = forward.stream().anyMatch(hop -> hop.where().kind() == Place.Kind.NODE);
        if (end.cause() == Cause.SERVICE_TO_FABRIC && end.phase().forward() && crossedNode) {
            return new End(
                    Cause.UNTRANSLATED_TO_FABRIC, end.phase(), end.where(), end.evidence(), end.detail(), end.packet());
        }
        return end;
    }

    private static Disposition disposition(End end) {
        boolean lostOutside = end.cause() == Cause.OVERLAY_TO_FABRIC || end.cause() == Cause.SERVICE_TO_FABRIC;
        return !end.phase().forward() && lostOutside
                ? Disposition.REPLY_ASYMMETRIC
                : end.cause().disposition();
    }
}
