package dev.underpass.netfilter;

import java.util.List;

/// What became of a packet at one hook.
public sealed interface HookOutcome {

    /// The rules that changed or decided something, in their order.
    List<Evidence> evidence();

    /// It goes on, perhaps changed.
    record Accepted(Tracked packet, List<Evidence> evidence) implements HookOutcome {
        public Accepted {
            evidence = List.copyOf(evidence);
        }
    }

    /// A rule, a policy or the NAT engine discarded it without an answer.
    record Dropped(Tracked packet, Evidence by, List<Evidence> evidence) implements HookOutcome {
        public Dropped {
            evidence = List.copyOf(evidence);
        }
    }

    /// A rule discarded it with an answer.
    ///
    /// @param with as `--reject-with` names it: `icmp-port-unreachable`, `tcp-reset`
    record Rejected(Tracked packet, Evidence by, String with, List<Evidence> evidence) implements HookOutcome {
        public Rejected {
            evidence = List.copyOf(evidence);
        }
    }
}
