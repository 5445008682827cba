package dev.underpass.console.api;

import static java.util.stream.Collectors.toSet;

import dev.underpass.cluster.NodeName;
import dev.underpass.cluster.ObjectName;
import dev.underpass.console.InvalidInputException;
import dev.underpass.console.NotFoundException;
import dev.underpass.console.Parameters;
import dev.underpass.console.Phrases;
import dev.underpass.console.PodQuery;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.analysis.PodSummary;
import dev.underpass.topology.Scene;
import dev.underpass.topology.View;
import dev.underpass.topology.View.Grain;
import dev.underpass.topology.View.Level;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which part of the cluster somebody wants to have drawn, and how.
///
/// @param id what the level is about, empty for the estate
/// @param groupBy absent where the drawing chooses
/// @param label the key of a node's label, where that is what to group by
/// @param selected the id of a tile, empty for none
public record TopologyQuestion(
        Level level,
        String id,
        @Nullable Grain groupBy,
        @Nullable String label,
        PodQuery query,
        String selected) {

    /// What grouping by a node's label begins with.
    public static final String LABEL = "label:";

    /// The words for grouping without one.
    private static final List<Grain> GRAINS =
            Stream.of(Grain.values()).filter(grain -> grain != Grain.LABEL).toList();

    /// Reads it from a URL.
    ///
    /// @throws InvalidInputException naming the parameter that cannot be understood
    public static TopologyQuestion of(String level, String id, String groupBy, PodQuery query, String selected) {
        var chosen = level.isEmpty() ? Level.ESTATE : word("level", level, Level.values());
        if (chosen == Level.ESTATE && !id.isEmpty()) {
            throw new InvalidInputException("id", Phrases.WHOLE_ESTATE.with(id));
        }
        if (chosen != Level.ESTATE && id.isEmpty()) {
            throw new InvalidInputException("id", Phrases.WHICH.with(level));
        }
        if (groupBy.startsWith(LABEL) && groupBy.length() > LABEL.length()) {
            return new TopologyQuestion(chosen, id, Grain.LABEL, groupBy.substring(LABEL.length()), query, selected);
        }
        var grain = groupBy.isEmpty() ? null : word("groupBy", groupBy, GRAINS.toArray(Grain[]::new));
        return new TopologyQuestion(chosen, id, grain, null, query, selected);
    }

    /// Reads it from a URL of the API.
    ///
    /// @param focus `network:ID`, `node:NAME` or `pod:NAMESPACE/NAME`; empty for the whole cluster
    static TopologyQuestion focused(String focus, String groupBy, String q) {
        int colon = focus.indexOf(':');
        if (!focus.isEmpty() && (colon <= 0 || colon == focus.length() - 1 || focus.startsWith("estate"))) {
            throw new InvalidInputException(
                    "focus", "'%s' is not network:ID, node:NAME or pod:NAMESPACE/NAME".formatted(focus));
        }
        if (focus.isEmpty()) {
            return of("", "", groupBy, PodQuery.parse(q), "");
        }
        var level = word("focus", focus.substring(0, colon), Level.values());
        return of(level.name(), focus.substring(colon + 1), groupBy, PodQuery.parse(q), "");
    }

    private static <T extends Enum<T>> T word(String field, String text, T[] known) {
        for (var each : known) {
            if (each.name().equalsIgnoreCase(text)) {
                return each;
            }
        }
        throw new InvalidInputException(
                field,
                Phrases.NOT_ONE_OF.with(
                        text,
                        String.join(
                                ", ",
                                List.of(known).stream()
                                        .map(each -> each.name().toLowerCase(Locale.ROOT))
                                        .toList())));
    }

    /// The drawing of this cluster.
    ///
    /// @throws NotFoundException where the cluster does not have what the level is about
    public Scene ask(ClusterView cluster) {
        switch (level) {
            case ESTATE -> {}
            case NETWORK -> network(cluster);
            case NODE -> node(cluster);
            case POD -> Parameters.pod(cluster, "id", id);
        }
        return Scene.of(cluster.inventory(), new View(level, id, groupBy, kept(cluster), selected, label));
    }

    private void network(ClusterView cluster) {
        if (!cluster.inventory().hasNetwork(id)) {
            throw new NotFoundException(Phrases.NO_NETWORK.with(id));
        }
    }

    private void node(ClusterView cluster) {
        if (id.isBlank() || !cluster.inventory().nodes().contains(new NodeName(id))) {
            throw new NotFoundException(Phrases.NO_NODE.with(id));
        }
    }

    private @Nullable Set<ObjectName> kept(ClusterView cluster) {
        return query.tokens().isEmpty()
                ? null
                : query.among(cluster).stream().map(PodSummary::name).collect(toSet());
    }
}
