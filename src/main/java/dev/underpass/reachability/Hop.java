package dev.underpass.reachability;

import dev.underpass.net.DeviceName;
import dev.underpass.net.Packet;
import dev.underpass.words.Sentence;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One decision on a packet's way.
///
/// @param evidence the line that decided, in the notation of `ip`, `iptables-save`, `nft` or `sysctl`
/// @param detail why it matched and what it did, one sentence
/// @param observedAt when the evidence was read; absent for what is assumed
/// @param packet the packet after this decision
/// @param device the device it is on: came in by, or leaves by
/// @param passed the rules that were tried in vain before this one, in order; of what is no rule, none
/// @param facts what else is to be known of it, each a line and what it is
public record Hop(
        Place where,
        Step step,
        String evidence,
        Sentence detail,
        @Nullable Instant observedAt,
        Packet packet,
        @Nullable DeviceName device,
        List<Passed> passed,
        List<Fact> facts) {

    public Hop {
        // One that was kept before there were such things has none.
        passed = List.copyOf(Objects.requireNonNullElse(passed, List.of()));
        facts = List.copyOf(Objects.requireNonNullElse(facts, List.of()));
    }

    /// A decision that nothing more is to be said of.
    Hop(
            Place where,
            Step step,
            String evidence,
            Sentence detail,
            @Nullable Instant observedAt,
            Packet packet,
            @Nullable DeviceName device) {
        this(where, step, evidence, detail, observedAt, packet, device, List.of(), List.of());
    }

    /// The same decision, with more that is to be known of it first.
    public Hop with(List<Fact> more) {
        var all = Stream.concat(more.stream(), facts.stream()).toList();
        return more.isEmpty() ? this : new Hop(where, step, evidence, detail, observedAt, packet, device, passed, all);
    }

    /// A line that did not decide, but tells of the decision.
    ///
    /// @param line in the notation of `ip`; empty where there is none
    /// @param detail what the line is; empty where it speaks for itself
    public record Fact(Kind kind, String line, Sentence detail) {

        public enum Kind {
            /// A route that should be there, and would have decided.
            MISSING,
            /// What would decide if the route that did were not there.
            RUNNER_UP,
            /// The device that the packet leaves by.
            DEVICE,
            /// What the neighbour table has of the next hop.
            NEIGHBOUR
        }
    }

    /// A rule that did not decide, as `ip rule` prints it, and why not.
    public record Passed(String rule, Sentence reason) {}

    /// How its evidence is known.
    public enum Grade {
        /// A report has the line.
        OBSERVED,
        /// Worked out of what reports have.
        DERIVED,
        /// Nobody reports it.
        ASSUMED
    }

    /// How the evidence is known.
    public Grade grade() {
        if (observedAt == null || detail.is(Phrases.GATEWAY_ANSWERS)) {
            return Grade.ASSUMED;
        }
        boolean asked = detail.is(Phrases.ANSWERS) || detail.is(Phrases.ANSWERS_GATEWAY);
        return asked ? Grade.DERIVED : Grade.OBSERVED;
    }

    /// What decided.
    public enum Step {
        SOCKET,
        SOCKET_LB,
        RULE,
        ROUTE,
        NEIGHBOUR,
        LINK,
        CONNTRACK,
        DNAT,
        FORWARD,
        MASQUERADE,
        DELIVER
    }
}
