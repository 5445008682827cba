package dev.underpass.topology;

import dev.underpass.cluster.ObjectName;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
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

    /// The Pods that are part of what the level is about.
    List<Cohort> covered(List<Cohort> cohorts) {
        return switch (level) {
            case ESTATE -> cohorts;
            case NETWORK ->
                cohorts.stream()
                        .filter(each -> each.first().ports().stream()
                                .anyMatch(port -> port.network().id().equals(id)))
                        .toList();
            case NODE -> cohorts.stream().filter(each -> each.node().equals(id)).toList();
            case POD -> only(cohorts, pod -> pod.toString().equals(id));
        };
    }

    /// Those of some Pods that the query lets through.
    List<Cohort> shown(List<Cohort> cohorts) {
        return kept == null ? cohorts : only(cohorts, kept::contains);
    }

    private static List<Cohort> only(List<Cohort> cohorts, Predicate<ObjectName> asked) {
        return cohorts.stream()
                .map(each -> each.only(asked))
                .filter(each -> each.size() > 0)
                .toList();
    }
}
