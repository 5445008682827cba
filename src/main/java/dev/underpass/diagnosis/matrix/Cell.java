package dev.underpass.diagnosis.matrix;

import dev.underpass.diagnosis.Verdict;
import dev.underpass.reachability.Disposition;
import dev.underpass.reachability.Disposition.Fold;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;

/// The pairs of a class of clients and a class of targets.
///
/// @param counts how many pairs end in each way; none is zero
/// @param example a pair that ends in the worst way
public record Cell(Map<Disposition, Long> counts, Verdict example) {

    /// By the answer first, the worst last: no refusal hides behind a doubt.
    public static final Comparator<Verdict> BY_SEVERITY = Comparator.<Verdict, Fold>comparing(
                    verdict -> verdict.disposition().fold())
            .thenComparing(Verdict::disposition);

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
        private Verdict worst;

        Tally(Verdict first) {
            this.worst = first;
        }

        void add(Verdict verdict) {
            counts.merge(verdict.disposition(), 1L, Long::sum);
            if (BY_SEVERITY.compare(verdict, worst) > 0) {
                worst = verdict;
            }
        }

        Cell cell() {
            return new Cell(counts, worst);
        }
    }
}
