package dev.underpass.netfilter;

import java.util.List;

/// What the kernel calls at a hook, in the order of priorities.
sealed interface Stage {

    int priority();

    /// Connection tracking looks the packet up.
    record Track() implements Stage {
        @Override
        public int priority() {
            return Priority.CONNTRACK;
        }
    }

    /// The NAT engine, which consults its chains for the first packet of a connection.
    record Nat(int priority, List<BaseChain> chains) implements Stage {
        public Nat {
            chains = List.copyOf(chains);
        }
    }

    record Filter(BaseChain chain) implements Stage {
        @Override
        public int priority() {
            return chain.priority();
        }
    }

    /// Connection tracking keeps the entry of a packet that got this far.
    record Confirm() implements Stage {
        @Override
        public int priority() {
            return Integer.MAX_VALUE;
        }
    }
}
