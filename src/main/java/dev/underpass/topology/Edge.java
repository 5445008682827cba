package dev.underpass.topology;

import dev.underpass.reachability.Disposition.Fold;
import org.jspecify.annotations.Nullable;

/// A line between two tiles of neighbouring lanes.
///
/// @param pods how many Pods it stands for
/// @param via the device that the Pods send Service traffic by, where all have the same; absent for other kinds
/// @param tally of the connections that a Service edge stands for; none for other kinds, which say how things are
///     attached and nothing on whether packets pass
public record Edge(
        String from,
        String to,
        Kind kind,
        int pods,
        @Nullable String via,
        Tally tally) {

    /// What the line means.
    public enum Kind {
        /// Attached to the network outside of the nodes.
        UNDERLAY,
        /// Attached to the cluster's own network.
        OVERLAY,
        /// Runs there; shares the node's network, or nothing tells how it is attached.
        PLACED,
        /// Every connection to the Service passes, or nobody knows of some.
        SERVICE,
        /// Some connection to the Service fails.
        BROKEN
    }

    /// The worst of a Service edge's connections.
    public Fold worst() {
        return tally.worst();
    }

    public boolean toService() {
        return kind == Kind.SERVICE || kind == Kind.BROKEN;
    }

    public boolean touches(String tile) {
        return from.equals(tile) || to.equals(tile);
    }
}
