package dev.underpass.reachability;

import dev.underpass.net.FibResult;
import dev.underpass.net.IpAddress;
import dev.underpass.net.IpStack;
import dev.underpass.net.Link;
import dev.underpass.net.Neighbour;
import dev.underpass.net.NotObservedException;
import dev.underpass.net.Route;
import dev.underpass.net.RouteDecision;
import dev.underpass.reachability.Hop.Fact;
import dev.underpass.reachability.Hop.Fact.Kind;
import dev.underpass.words.Sentence;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// What is to be known beside a decision: the route that came second, the device, the neighbour table's entry.
final class HopFacts {

    private HopFacts() {}

    /// What the namespace would do if the route were deleted; it is asked the same as before. A `local` route goes only
    /// with its address, so nothing comes second to it.
    static List<Fact> ofRoute(IpStack stack, FibResult.Found lookup, Function<IpStack, RouteDecision> question) {
        if (lookup.route().type() != Route.Type.UNICAST) {
            return List.of();
        }
        try {
            return List.of(runnerUp(lookup, question.apply(stack.without(lookup.route()))));
        } catch (NotObservedException e) {
            return List.of(new Fact(Kind.RUNNER_UP, "", Phrases.RUNNER_UP_UNKNOWN.with(e.sentence())));
        }
    }

    private static Fact runnerUp(FibResult.Found lookup, RouteDecision other) {
        return switch (other) {
            case RouteDecision.Send(var found, var _) -> runnerUp(lookup, found);
            case RouteDecision.Deliver(var found, var _) -> runnerUp(lookup, found);
            case RouteDecision.Refuse(var _, var line, var detail) ->
                new Fact(
                        Kind.RUNNER_UP,
                        line,
                        (line.isEmpty() ? Phrases.NO_RUNNER_UP : Phrases.RUNNER_UP_ENDS).with(detail));
        };
    }

    private static Fact runnerUp(FibResult.Found lookup, FibResult.Found second) {
        var detail = second.rule().equals(lookup.rule())
                ? Phrases.RUNNER_UP.with()
                : Phrases.RUNNER_UP_BY.with(second.rule());
        return new Fact(Kind.RUNNER_UP, second.route().toString(), detail);
    }

    /// The device that a frame leaves by, and what the report's neighbour table has of the next hop, if the decision
    /// does not rest on that anyway.
    static List<Fact> ofNeighbour(Port from, IpAddress nextHop, String evidence) {
        return Stream.concat(Stream.of(device(from.link())), neighbour(from, nextHop, evidence).stream())
                .toList();
    }

    private static Fact device(Link link) {
        boolean told = link.mtuBytes() > 0;
        var mtu = told ? " mtu " + link.mtuBytes() : "";
        var line = "%s%s state %s".formatted(link.name(), mtu, link.operState());
        return new Fact(Kind.DEVICE, line, told ? Sentence.NONE : Phrases.MTU_UNKNOWN.with());
    }

    private static Optional<Fact> neighbour(Port from, IpAddress nextHop, String evidence) {
        var device = from.link().name();
        try {
            var entry = from.host().stack().neighbour(nextHop, device).map(Neighbour::toString);
            if (entry.isEmpty()) {
                boolean asks = !from.link().noArp();
                return asks ? Optional.of(entry("", Phrases.NO_ENTRY.with(nextHop, device))) : Optional.empty();
            }
            return entry.filter(line -> !line.equals(evidence)).map(line -> entry(line, Phrases.ENTRY.with()));
        } catch (NotObservedException e) {
            return Optional.of(entry("", Phrases.ENTRY_UNKNOWN.with(nextHop, e.sentence())));
        }
    }

    private static Fact entry(String line, Sentence detail) {
        return new Fact(Kind.NEIGHBOUR, line, detail);
    }
}
