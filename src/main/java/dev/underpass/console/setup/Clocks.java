package dev.underpass.console.setup;

import dev.underpass.cluster.NodeName;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.analysis.Freshness;
import dev.underpass.console.analysis.Freshness.State;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// How far the nodes' clocks are from the console's, by the newest report of each: when its agent read it, against when
/// it came.
///
/// A report that took long to come looks like a clock that is behind; only a clock that is ahead looks so.
///
/// @param compared of how many nodes a report tells it
/// @param nodes how many nodes are known
/// @param apart the nodes that are further off than [#TOLERANCE], the furthest first, at most [Agents#MOST]
/// @param apartAll how many these are
public record Clocks(int compared, int nodes, List<Apart> apart, int apartAll) {

    /// Times of reports are good to so much.
    public static final Duration TOLERANCE = Duration.ofSeconds(5);

    /// A node whose clock is off.
    ///
    /// @param aheadSeconds by how much it is ahead; negative where it is behind
    public record Apart(String node, long aheadSeconds) {}

    public Clocks {
        apart = List.copyOf(apart);
    }

    static Clocks of(ClusterView cluster) {
        var nodes = cluster.analysis().snapshot().nodes();
        var known = nodes.stream()
                .flatMap(node -> compared(node.name(), cluster.freshness(node.name())))
                .toList();
        var apart = known.stream()
                .filter(each -> Math.abs(each.aheadSeconds()) > TOLERANCE.toSeconds())
                .sorted(Comparator.comparingLong((Apart each) -> -Math.abs(each.aheadSeconds()))
                        .thenComparing(Apart::node))
                .toList();
        return new Clocks(
                known.size(), nodes.size(), apart.stream().limit(Agents.MOST).toList(), apart.size());
    }

    /// Of a report that expired nothing is said any more.
    private static Stream<Apart> compared(NodeName node, Freshness freshness) {
        return Stream.ofNullable(freshness.ahead())
                .filter(_ -> freshness.state() != State.EXPIRED)
                .map(ahead -> new Apart(node.value(), ahead.toSeconds()));
    }

    /// How much off is not worth a word, in seconds.
    public static long tolerance() {
        return TOLERANCE.toSeconds();
    }

    /// What the check comes to.
    public Result result() {
        return apartAll > 0 ? Result.LACKING : compared == 0 || compared < nodes ? Result.UNKNOWN : Result.GOOD;
    }
}
