package dev.underpass.topology;

import dev.underpass.reachability.Disposition.Fold;
import java.util.List;

/// How many of some things there are of each verdict.
public record Tally(long reachable, long undetermined, long unreachable) {

    public static final Tally NONE = new Tally(0, 0, 0);

    public Tally {
        if (reachable < 0 || undetermined < 0 || unreachable < 0) {
            throw new IllegalArgumentException(
                    "negative count: %d, %d, %d".formatted(reachable, undetermined, unreachable));
        }
    }

    /// One thing of that verdict.
    public static Tally of(Fold verdict) {
        return switch (verdict) {
            case REACHABLE -> new Tally(1, 0, 0);
            case UNDETERMINED -> new Tally(0, 1, 0);
            case UNREACHABLE -> new Tally(0, 0, 1);
        };
    }

    /// Pods by their worst verdicts.
    static Tally worst(List<Cohort> cohorts) {
        return cohorts.stream()
                .map(each -> of(each.first().worst()).times(each.size()))
                .reduce(NONE, Tally::plus);
    }

    public Tally plus(Tally other) {
        return new Tally(
                reachable + other.reachable, undetermined + other.undetermined, unreachable + other.unreachable);
    }

    /// That many things instead of each.
    Tally times(long count) {
        return new Tally(reachable * count, undetermined * count, unreachable * count);
    }

    public long total() {
        return reachable + undetermined + unreachable;
    }

    /// Whether some are of another verdict than others.
    public boolean mixed() {
        return Math.max(reachable, Math.max(undetermined, unreachable)) < total();
    }

    /// The worst verdict among them; of nothing, nothing is known.
    public Fold worst() {
        if (unreachable > 0) {
            return Fold.UNREACHABLE;
        }
        return undetermined > 0 || reachable == 0 ? Fold.UNDETERMINED : Fold.REACHABLE;
    }
}
