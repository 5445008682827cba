package dev.underpass.console.view;

import dev.underpass.reachability.End;
import java.time.Duration;
import java.util.Optional;

/// How much older than its report a section can be. A report does not say when each of its sections was read: what the
/// kernel tells of is as old as the report, and for all else these are the intervals that an agent has by default.
public enum SectionAge {
    /// Listening sockets of a Pod in which nothing changes, and its `resolv.conf`.
    POD_LISTENERS(2),
    /// A Pod's sysctls of devices and of `conf/all`, which say what it forwards and whom it answers.
    POD_SYSCTLS(2),
    /// A Pod's other sysctls, and the ages of its neighbours.
    POD_REST(6),
    /// All of a node's that the kernel does not tell of.
    NODE_REST(1);

    /// How often an agent reads what no event tells of, unless it is started with another interval.
    public static final Duration SLOW_READ = Duration.ofSeconds(60);

    private final int reads;

    /// @param reads how many slow reads can pass until the section is read again
    SectionAge(int reads) {
        this.reads = reads;
    }

    public long seconds() {
        return SLOW_READ.multipliedBy(reads).toSeconds();
    }

    /// What the end of a connection rests on that its kernel does not tell of; empty where that is nothing.
    public static Optional<SectionAge> of(End end) {
        return switch (end.cause()) {
            case DELIVERED, NO_LISTENER -> Optional.of(end.inPod() ? POD_LISTENERS : NODE_REST);
            case RP_FILTER, NOT_FORWARDING -> Optional.of(end.inPod() ? POD_SYSCTLS : NODE_REST);
            default -> Optional.empty();
        };
    }
}
