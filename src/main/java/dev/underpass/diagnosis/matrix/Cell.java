package dev.underpass.diagnosis.matrix;

import dev.underpass.diagnosis.Analysis;
import dev.underpass.diagnosis.Pair;
import dev.underpass.diagnosis.Verdict;
import dev.underpass.reachability.Disposition;
import dev.underpass.reachability.Disposition.Fold;
import java.util.EnumMap;
import java.util.Map;

/// The pairs of a class of clients and a class of targets.
///
/// @param counts how many pairs end in each way; none is zero
/// @param example a pair that ends in the worst way
public record Cell(Map<Disposition, Long> counts, Verdict example) {

    public Cell {
        counts = Map.copyOf(counts);
    }

    public long pairs() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    public long count(Fold fold) {
        return counts.entrySet().stream()
                .filter(entry -> entry.getKey().fold() == fold)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /// The worst of the three answers that some pair has.
    public Fold worst() {
        return example.disposition().fold();
    }

    /// How many pairs share the worst answer, of a hundred; 1 at least, and 100 only when all do.
    public int share() {
        long worst = count(worst());
        return worst == pairs() ? 100 : Math.clamp(worst * 100 / pairs(), 1, 99);
    }

    /// Collects a cell's pairs.
    static final class Tally {

        private final Map<Disposition, Long> counts = new EnumMap<>(Disposition.class);
        private Pair worst;

        Tally(Pair first) {
            this.worst = first;
        }

        /// @param times how many pairs end like this one
        void add(Pair pair, long times) {
            counts.merge(pair.outcome().disposition(), times, Long::sum);
            if (Pair.BY_SEVERITY.compare(pair, worst) > 0) {
                worst = pair;
            }
        }

        Cell cell(Analysis analysis) {
            return new Cell(counts, analysis.verdict(worst.from(), worst.to()));
        }
    }
}
