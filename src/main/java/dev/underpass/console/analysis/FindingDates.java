package dev.underpass.console.analysis;

import static java.util.stream.Collectors.toSet;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.NodeName;
import dev.underpass.diagnosis.Finding;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Since when findings are there, as far as this console saw them begin.
///
/// What was there when the console began to look, or when it began to see what proves it, has no date: nobody knows.
final class FindingDates {

    private final Map<String, Seen> known = new HashMap<>();
    private @Nullable Sight last;
    private long newest = -1;

    /// What an analysis could see.
    private record Sight(Set<String> unobserved, Set<NodeName> reporting) {

        static Sight of(ClusterSnapshot snapshot) {
            return new Sight(snapshot.unobserved(), snapshot.reports().keySet());
        }

        /// Whether all that the other saw is seen here as well.
        boolean covers(Sight other) {
            return other.unobserved.containsAll(unobserved) && reporting.containsAll(other.reporting);
        }
    }

    /// @param since absent where it was there before
    /// @param sight of the newest analysis that found it
    private record Seen(@Nullable Instant since, Sight sight) {}

    /// The findings with their dates.
    ///
    /// @param number grows with each snapshot; the analysis of an earlier one than the newest changes nothing
    /// @param at when the snapshot was made
    synchronized List<Finding> dated(long number, ClusterSnapshot snapshot, List<Finding> findings, Instant at) {
        if (number > newest) {
            newest = number;
            learn(Sight.of(snapshot), findings, at.truncatedTo(ChronoUnit.SECONDS));
        }
        return findings.stream().map(finding -> finding.began(date(finding))).toList();
    }

    private void learn(Sight now, List<Finding> findings, Instant at) {
        var there = findings.stream().map(FindingDates::identity).collect(toSet());
        // What is not found any more because less is seen may still be there.
        known.entrySet()
                .removeIf(each -> !there.contains(each.getKey())
                        && now.covers(each.getValue().sight()));
        boolean looked = last != null && last.covers(now);
        for (var identity : there) {
            var before = known.get(identity);
            known.put(identity, new Seen(before == null ? (looked ? at : null) : before.since(), now));
        }
        last = now;
    }

    private @Nullable Instant date(Finding finding) {
        var seen = known.get(identity(finding));
        return seen == null ? null : seen.since();
    }

    /// There is one finding of each code; one that was a limitation, and is a fault now, is another.
    private static String identity(Finding finding) {
        return finding.code() + " " + finding.kind();
    }
}
