package dev.underpass;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.underpass.cluster.ObjectName;
import dev.underpass.diagnosis.Analysis;
import dev.underpass.diagnosis.Finding;
import dev.underpass.reachability.Target;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What an analysis says, in a form that two analyses can be compared by.
///
/// @param verdicts of all pairs
/// @param findings how many there are of each code
public record Judgement(Map<Pair, Said> verdicts, Map<String, Long> findings) {

    public record Pair(ObjectName from, Target to) {}

    public record Said(String disposition, @Nullable String code, String confidence) {}

    public static Judgement of(Analysis analysis) {
        var verdicts = new HashMap<Pair, Said>();
        for (var client : analysis.clients()) {
            var targets = new LinkedHashSet<>(analysis.serviceTargets(client));
            targets.addAll(analysis.podTargets(client));
            for (var target : targets) {
                var verdict = analysis.verdict(client, target);
                verdicts.put(
                        new Pair(client, target),
                        new Said(
                                verdict.disposition().name(),
                                String.valueOf(verdict.code()),
                                verdict.confidence().name()));
            }
        }
        return new Judgement(
                verdicts,
                analysis.findings().stream()
                        .map(Finding::code)
                        .collect(groupingBy(String::valueOf, TreeMap::new, counting())));
    }
}
