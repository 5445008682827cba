package dev.underpass.net;

import dev.underpass.words.Sentence;
import java.util.List;

/// What the routing policy database answers for a packet.
public sealed interface FibResult {

    /// The rules that were tried in vain before, in order, each with the reason.
    List<Passed> passed();

    /// A rule led to a route with at least one usable next hop, or to one of type `local` or `broadcast`.
    ///
    /// @param nextHops the usable next hops; the kernel takes one of them by the packet's hash
    record Found(PolicyRule rule, Route route, List<NextHop> nextHops, List<Passed> passed) implements FibResult {
        public Found {
            nextHops = List.copyOf(nextHops);
            passed = List.copyOf(passed);
        }
    }

    /// A route, or a rule itself, of type `blackhole`, `unreachable` or `prohibit` took the packet.
    ///
    /// @param line the route or rule in the notation of iproute2
    record Refused(PolicyRule rule, Route.Type type, String line, List<Passed> passed) implements FibResult {
        public Refused {
            passed = List.copyOf(passed);
        }
    }

    /// No rule led to a route (`ENETUNREACH`).
    record NoRoute(List<Passed> passed) implements FibResult {
        public NoRoute {
            passed = List.copyOf(passed);
        }
    }

    /// A rule that did not decide, and why not.
    record Passed(PolicyRule rule, Sentence reason) {}
}
