package dev.underpass.diagnosis;

import dev.underpass.cluster.ObjectName;
import dev.underpass.reachability.Disposition.Fold;
import dev.underpass.reachability.Target;
import java.util.Comparator;

/// A client and a target, and what becomes of its connections.
public record Pair(ObjectName from, Target to, Outcome outcome) {

    /// By the answer first, the worst last: no refusal hides behind a doubt.
    public static final Comparator<Pair> BY_SEVERITY = Comparator.comparing(Pair::fold)
            .thenComparing(pair -> pair.outcome().disposition());

    public static final Comparator<Pair> WORST_FIRST = BY_SEVERITY.reversed();

    /// The one of the three answers that it has.
    public Fold fold() {
        return outcome.disposition().fold();
    }
}
