package dev.underpass.console.web;

import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.analysis.PodSummary;
import dev.underpass.console.journal.PodHistory;
import dev.underpass.console.journal.PodHistory.Configured;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The dates of a Pod whose routes are of other settings than today's, as far as they were observed.
///
/// @param made when the Pod was made, and its routes were written; absent where its object does not say
/// @param changes what was seen to change since, the newest first, at most [#MOST]
/// @param watched since when this console looks
record Drifted(@Nullable Instant made, List<Configured> changes, Instant watched, Instant now) {

    private static final int MOST = 3;

    Drifted {
        changes = List.copyOf(changes);
    }

    static Drifted of(ClusterView cluster, PodSummary pod, PodHistory history, Instant now) {
        return new Drifted(
                pod.analysis().pod().createdAt(),
                history.changes(cluster, pod)
                        .filter(Configured::later)
                        .limit(MOST)
                        .toList(),
                history.since(),
                now);
    }

    /// How long ago that was, in its greatest unit: `12 d`, `3 h`, `5 min`, `40 s`.
    public String ago(Instant at) {
        var age = Duration.between(at, now);
        return age.toDays() > 0
                ? age.toDays() + " d"
                : age.toHours() > 0
                        ? age.toHours() + " h"
                        : age.toMinutes() > 0 ? age.toMinutes() + " min" : Math.max(0, age.toSeconds()) + " s";
    }
}
