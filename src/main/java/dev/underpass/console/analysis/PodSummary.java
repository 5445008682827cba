package dev.underpass.console.analysis;

import dev.underpass.cluster.ObjectName;
import dev.underpass.diagnosis.PodAnalysis;
import dev.underpass.reachability.Disposition;
import dev.underpass.reachability.Disposition.Fold;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// A Pod with the counts of its verdicts on Services, and the codes of the findings that it is part of.
///
/// @param dispositions how many of its connections to Services end in each way; none is zero
/// @param worst of its verdicts; `UNDETERMINED` where nothing is known
public record PodSummary(PodAnalysis analysis, Map<Disposition, Long> dispositions, List<String> codes, Fold worst) {

    public PodSummary {
        dispositions = Map.copyOf(dispositions);
        codes = List.copyOf(codes);
    }

    public PodSummary(PodAnalysis analysis, Map<Disposition, Long> dispositions, List<String> codes) {
        this(analysis, dispositions, codes, worst(dispositions));
    }

    private static Fold worst(Map<Disposition, Long> dispositions) {
        return dispositions.keySet().stream()
                .map(Disposition::fold)
                .max(Comparator.naturalOrder())
                .orElse(Fold.UNDETERMINED);
    }

    public ObjectName name() {
        return analysis.pod().name();
    }

    public long count(Fold fold) {
        long count = 0;
        for (var entry : dispositions.entrySet()) {
            count += entry.getKey().fold() == fold ? entry.getValue() : 0;
        }
        return count;
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
}
