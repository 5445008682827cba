package dev.underpass.console.setup;

import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.analysis.Freshness;
import dev.underpass.console.analysis.Freshness.State;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// From how many nodes there is a report that counts.
///
/// @param nodes how many nodes there are; absent where they cannot be listed
/// @param reporting how many of those that are known have a report that counts, recorded ones included
/// @param recorded how many of these have none but a bundle's
/// @param oldestSeconds the age of the oldest report that counts; absent without one
/// @param silent the nodes without a report that counts, at most [#MOST]
/// @param silentAll how many these are
public record Agents(
        @Nullable Integer nodes,
        int reporting,
        int recorded,
        @Nullable Long oldestSeconds,
        List<Silent> silent,
        int silentAll) {

    /// So many nodes are named at most.
    public static final int MOST = 100;

    /// A node without a report that counts.
    ///
    /// @param state `missing` or `expired`
    public record Silent(String node, String state, long ageSeconds) {}

    public Agents {
        silent = List.copyOf(silent);
    }

    static Agents of(ClusterView cluster) {
        var snapshot = cluster.analysis().snapshot();
        var all = snapshot.nodes().stream()
                .map(node -> new Node(node.name().value(), cluster.freshness(node.name())))
                .toList();
        var silent = all.stream().filter(node -> !node.counts()).toList();
        var counting = all.stream().filter(Node::counts).map(Node::freshness).toList();
        Optional<Long> oldest = counting.stream()
                .filter(freshness -> freshness.state() != State.RECORDED)
                .map(Freshness::ageSeconds)
                .max(Long::compare);
        return new Agents(
                snapshot.observes("nodes") ? all.size() : null,
                counting.size(),
                (int) counting.stream()
                        .filter(freshness -> freshness.state() == State.RECORDED)
                        .count(),
                oldest.orElse(null),
                silent.stream().limit(MOST).map(Node::silent).toList(),
                silent.size());
    }

    private record Node(String name, Freshness freshness) {

        private boolean counts() {
            return switch (freshness.state()) {
                case FRESH, STALE, RECORDED -> true;
                case EXPIRED, MISSING -> false;
            };
        }

        private Silent silent() {
            return new Silent(name, freshness.state().toString(), freshness.ageSeconds());
        }
    }

    /// What the check comes to.
    public Result result() {
        return nodes == null || nodes == 0 ? Result.UNKNOWN : silentAll == 0 ? Result.GOOD : Result.LACKING;
    }
}
