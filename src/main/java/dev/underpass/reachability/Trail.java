package dev.underpass.reachability;

import dev.underpass.net.DeviceName;
import dev.underpass.net.FibResult;
import dev.underpass.net.IpAddress;
import dev.underpass.net.IpStack;
import dev.underpass.net.Packet;
import dev.underpass.net.RouteDecision;
import dev.underpass.reachability.End.Cause;
import dev.underpass.reachability.End.Phase;
import dev.underpass.words.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What one packet met on its way, in order, and where it ended.
final class Trail {

    private final Phase phase;
    private final boolean facts;
    private final List<Hop> hops = new ArrayList<>();

    /// @param facts whether those beside each decision are wanted
    Trail(Phase phase, boolean facts) {
        this.phase = phase;
        this.facts = facts;
    }

    List<Hop> hops() {
        return List.copyOf(hops);
    }

    /// Notes a decision of a namespace.
    ///
    /// @param packet as it is afterwards
    /// @param device that it came in by, or leaves by
    void note(Host host, Hop.Step step, String evidence, Sentence detail, Packet packet, @Nullable DeviceName device) {
        hops.add(new Hop(host.place(), step, evidence, detail, host.observedAt(), packet, device));
    }

    /// Notes the rule that led to a route, and the route.
    ///
    /// @param question what was asked of the namespace's routing
    void noteLookup(
            Host host,
            FibResult.Found lookup,
            Sentence why,
            Packet packet,
            DeviceName device,
            Function<IpStack, RouteDecision> question) {
        var place = host.place();
        var at = host.observedAt();
        var passed = lookup.passed().stream()
                .map(each -> new Hop.Passed(each.rule().toString(), each.reason()))
                .toList();
        var rule = lookup.rule().toString();
        hops.add(new Hop(place, Hop.Step.RULE, rule, why, at, packet, device, passed, List.of()));
        var route = lookup.route().toString();
        var longest = Phrases.LONGEST_PREFIX.with(packet.destination());
        var beside = facts ? HopFacts.ofRoute(host.stack(), lookup, question) : List.<Hop.Fact>of();
        hops.add(new Hop(place, Hop.Step.ROUTE, route, longest, at, packet, device, List.of(), beside));
    }

    /// Notes who gets the frame that a device sends to a next hop.
    void noteNeighbour(Port from, IpAddress nextHop, String evidence, Sentence detail, Packet packet) {
        var host = from.host();
        var device = from.link().name();
        var at = host.observedAt();
        var beside = facts ? HopFacts.ofNeighbour(from, nextHop, evidence) : List.<Hop.Fact>of();
        hops.add(new Hop(host.place(), Hop.Step.NEIGHBOUR, evidence, detail, at, packet, device, List.of(), beside));
    }

    void crossFabric(Packet packet, Sentence detail) {
        hops.add(new Hop(Place.UNDERLAY_NETWORK, Hop.Step.LINK, "", detail, null, packet, null));
    }

    Ended ended(Cause cause, Host host, String evidence, Sentence detail, Packet packet) {
        return new Ended(new End(cause, phase, host.place(), evidence, detail, packet));
    }

    Ended endedAtRouter(Cause cause, String evidence, Sentence detail, Packet packet) {
        return new Ended(new End(cause, phase, Place.GATEWAY, evidence, detail, packet));
    }
}
