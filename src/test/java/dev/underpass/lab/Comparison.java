package dev.underpass.lab;

import dev.underpass.cluster.ObjectName;
import dev.underpass.diagnosis.Analysis;
import dev.underpass.diagnosis.Verdict;
import dev.underpass.net.Protocol;
import dev.underpass.reachability.Disposition.Fold;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// What the engine said of every pair of a lab, beside what packets did.
///
/// @param analysis of the lab, as it was observed
record Comparison(Analysis analysis, List<Judged> pairs) {

    /// Less than the second after which a lost SYN is sent again, and may choose another backend.
    private static final Duration PATIENCE = Duration.ofMillis(900);

    /// @param outcome what packets did
    record Judged(Pair pair, Verdict verdict, Outcome outcome) {

        boolean undetermined() {
            return verdict.disposition().fold() == Fold.UNDETERMINED;
        }

        boolean wrong() {
            return !undetermined() && (verdict.disposition().fold() == Fold.REACHABLE) != (outcome == Outcome.OK);
        }

        @Override
        public String toString() {
            return "%s: packets %s, engine %s: %s".formatted(pair, outcome, verdict.disposition(), verdict.summary());
        }
    }

    /// Lets every cache fill, observes, and then measures, so that both are about the same state.
    static Comparison of(Lab lab, Observer observer) {
        var connections = new Connections(lab, PATIENCE);
        var pairs = Pair.all(lab.spec());
        connections.once(pairs);
        var analysis = Analysis.of(LabBundle.snapshot(lab, observer));
        return new Comparison(analysis, judged(analysis, connections.measure(pairs)));
    }

    private static List<Judged> judged(Analysis analysis, Map<Pair, Outcome> outcomes) {
        return outcomes.entrySet().stream()
                .map(each -> new Judged(each.getKey(), verdict(analysis, each.getKey()), each.getValue()))
                .sorted(java.util.Comparator.comparing(judged -> judged.pair().toString()))
                .toList();
    }

    private static Verdict verdict(Analysis analysis, Pair pair) {
        var target = analysis.target(pair.address(), pair.port(), Protocol.TCP);
        return analysis.verdict(new ObjectName("lab", pair.from().name()), target);
    }

    List<Judged> wrong() {
        return pairs.stream().filter(Judged::wrong).toList();
    }

    List<Judged> undetermined() {
        return pairs.stream().filter(Judged::undetermined).toList();
    }

    long connected() {
        return pairs.stream().filter(each -> each.outcome() == Outcome.OK).count();
    }
}
