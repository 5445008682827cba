package dev.underpass.console.analysis;

import dev.underpass.cluster.ObjectName;
import dev.underpass.diagnosis.PodAnalysis;
import dev.underpass.reachability.Disposition;
import dev.underpass.reachability.Disposition.Fold;
import java.util.List;
import java.util.Map;

/// A Pod with the counts of its verdicts on Services, and the codes of the findings that it is part of.
///
/// @param dispositions how many of its connections to Services end in each way; none is zero
public record PodSummary(PodAnalysis analysis, Map<Disposition, Long> dispositions, List<String> codes) {

    public PodSummary {
        dispositions = Map.copyOf(dispositions);
        codes = List.copyOf(codes);
    }

    public ObjectName name() {
        return analysis.pod().name();
    }

    public long count(Fold fold) {
        return dispositions.entrySet().stream()
                .filter(entry -> entry.getKey().fold() == fold)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    public long reachable() {
        return count(Fold.REACHABLE);
    }

    public long unreachable() {
        return count(Fold.UNREACHABLE);
    }

    public long undetermined() {
        return count(Fold.UNDETERMINED);
    }

    /// The worst of its verdicts; `UNDETERMINED` where nothing is known.
    public Fold worst() {
        if (unreachable() > 0) {
            return Fold.UNREACHABLE;
        }
        return undetermined() > 0 || dispositions.isEmpty() ? Fold.UNDETERMINED : Fold.REACHABLE;
    }
}
