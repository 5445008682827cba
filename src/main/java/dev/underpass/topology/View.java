package dev.underpass.topology;

import dev.underpass.cluster.ObjectName;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What somebody wants to see.
///
/// @param id of the network, node or Pod that the level is about; empty for the estate
/// @param groupBy how Pods are rolled up, absent where the drawing chooses; it may have to choose a coarser one
/// @param kept the Pods that a query lets through, absent where there is none
/// @param selected the id of a tile whose edges are all drawn; empty for none
/// @param label the key of the nodes' labels that [Grain#LABEL] goes by; absent with every other grain
public record View(
        Level level,
        String id,
        @Nullable Grain groupBy,
        @Nullable Set<ObjectName> kept,
        String selected,
        @Nullable String label) {

    /// The whole cluster, as it fits.
    public static final View ESTATE = new View(Level.ESTATE, "", null, null, "");

    /// How much of the cluster is drawn, from the coarsest on.
    public enum Level {
        ESTATE,
        NETWORK,
        NODE,
        POD
    }

    /// By what Pods are rolled up, from the finest on.
    public enum Grain {
        /// Each Pod by itself.
        POD,
        /// Pods of one node, in the same networks, attached in the same way.
        NODE,
        /// Pods of one namespace, in the same networks, attached in the same way.
        NAMESPACE,
        /// Pods of nodes with the same value of a label, in the same networks, attached in the same way; these nodes.
        LABEL,
        /// Pods in the same networks, attached in the same way; nodes with the same networks.
        NETWORK,
        /// Pods of one mode; all nodes, all Services.
        ALL
    }

    /// What goes by no label.
    public View(Level level, String id, @Nullable Grain groupBy, @Nullable Set<ObjectName> kept, String selected) {
        this(level, id, groupBy, kept, selected, null);
    }

    public View {
        if ((groupBy == Grain.LABEL) != (label != null)) {
            throw new IllegalArgumentException("grain %s with the label '%s'".formatted(groupBy, label));
        }
        kept = kept == null ? null : Set.copyOf(kept);
        if (id.isEmpty() != (level == Level.ESTATE)) {
            throw new IllegalArgumentException("level %s with the id '%s'".formatted(level, id));
        }
    }

    /// Whether the Pod is part of what the level is about.
    boolean covers(Placement placement) {
        return switch (level) {
            case ESTATE -> true;
            case NETWORK ->
                placement.ports().stream().anyMatch(port -> port.network().id().equals(id));
            case NODE -> placement.node() != null && placement.node().value().equals(id);
            case POD -> placement.pod().toString().equals(id);
        };
    }

    boolean keeps(Placement placement) {
        return kept == null || kept.contains(placement.pod());
    }
}
