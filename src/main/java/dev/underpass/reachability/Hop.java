package dev.underpass.reachability;

import dev.underpass.net.DeviceName;
import dev.underpass.net.Packet;
import dev.underpass.words.Sentence;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One decision on a packet's way.
///
/// @param evidence the line that decided, in the notation of `ip`, `iptables-save`, `nft` or `sysctl`
/// @param detail why it matched and what it did, one sentence
/// @param observedAt when the evidence was read; absent for what is assumed
/// @param packet the packet after this decision
/// @param device the device it is on: came in by, or leaves by
/// @param passed the rules that were tried in vain before this one, in order; of what is no rule, none
public record Hop(
        Place where,
        Step step,
        String evidence,
        Sentence detail,
        @Nullable Instant observedAt,
        Packet packet,
        @Nullable DeviceName device,
        List<Passed> passed) {

    public Hop {
        // One that was kept before there was such a thing has none.
        passed = List.copyOf(Objects.requireNonNullElse(passed, List.of()));
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
