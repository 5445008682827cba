package dev.underpass.diagnosis;

import dev.underpass.cluster.ObjectName;
import dev.underpass.net.IpAddress;
import dev.underpass.reachability.Disposition.Fold;
import dev.underpass.reachability.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What is different between two analyses: of one cluster at two times, or before and after an edit.
///
/// @param gained pairs that are reachable only afterwards
/// @param lost pairs that were reachable and are not any more
/// @param changed pairs that are not reachable either way, but for another reason, or no longer known
/// @param appeared findings that are there only afterwards, each with what it hits only then
/// @param resolved findings that are gone, each with what it does not hit any more
public record Comparison(
        List<Change> gained, List<Change> lost, List<Change> changed, List<Finding> appeared, List<Finding> resolved) {

    /// One pair whose verdict is another.
    ///
    /// @param before null where there was no such Pod or Service
    /// @param after null where there is none any more
    public record Change(
            ObjectName from,
            Target to,
            @Nullable Verdict before,
            @Nullable Verdict after) {}

    /// The same Service port counts as the same target although its address may be another.
    private record Key(ObjectName from, String target) {

        static Key of(ObjectName from, Target to) {
            return new Key(from, to.service() == null ? to.toString() : service(to, to.service()));
        }

        private static String service(Target to, ObjectName service) {
            IpAddress.Family family = to.address().family();
            return "%s %s %d %s".formatted(service, family, to.port(), to.protocol());
        }
    }

    public Comparison {
        gained = List.copyOf(gained);
        lost = List.copyOf(lost);
        changed = List.copyOf(changed);
        appeared = List.copyOf(appeared);
        resolved = List.copyOf(resolved);
    }

    /// Compares every Pod's reachability of every Service, and the findings.
    public static Comparison of(Analysis before, Analysis after) {
        return of(before, after, Afterwards.NOTHING);
    }

    /// The same where something is known of the pairs afterwards that the analysis does not show.
    static Comparison of(Analysis before, Analysis after, Afterwards afterwards) {
        return of(before, after, afterwards, null);
    }

    /// The same for connections of some clients only.
    ///
    /// @param only those that both analyses have; absent for all
    static Comparison of(Analysis before, Analysis after, Afterwards afterwards, @Nullable List<ObjectName> only) {
        var old = pairs(before, only == null ? before.clients() : only);
        var now = pairs(after, only == null ? after.clients() : only);
        var keys = new LinkedHashSet<>(old.keySet());
        keys.addAll(now.keySet());
        var gained = new ArrayList<Change>();
        var lost = new ArrayList<Change>();
        var changed = new ArrayList<Change>();
        for (var key : keys) {
            var was = old.get(key);
            var is = now.get(key);
            boolean same = was != null && is != null && was.outcome().equals(is.outcome());
            if (!same || !afterwards.changesNothing()) {
                var change = change(
                        Objects.requireNonNull(was == null ? is : was),
                        verdict(before, was),
                        Optional.ofNullable(verdict(after, is))
                                .flatMap(afterwards::of)
                                .orElse(null));
                sort(change, gained, lost, changed);
            }
        }
        return new Comparison(
                gained,
                lost,
                changed,
                without(afterwards.told(after.findings()), before.findings()),
                without(before.findings(), after.findings()));
    }

    private static Change change(Pair pair, @Nullable Verdict before, @Nullable Verdict after) {
        return new Change(pair.from(), pair.to(), before, after);
    }

    private static void sort(Change change, List<Change> gained, List<Change> lost, List<Change> changed) {
        boolean was = reachable(change.before());
        boolean is = reachable(change.after());
        if (was != is) {
            (is ? gained : lost).add(change);
        } else if (!is && !sameReason(change)) {
            changed.add(change);
        }
    }

    private static Map<Key, Pair> pairs(Analysis analysis, List<ObjectName> clients) {
        var pairs = new LinkedHashMap<Key, Pair>();
        clients.forEach(client -> analysis.pairs(client).forEach(pair -> pairs.put(Key.of(client, pair.to()), pair)));
        return pairs;
    }

    private static @Nullable Verdict verdict(Analysis analysis, @Nullable Pair pair) {
        return pair == null ? null : analysis.verdict(pair.from(), pair.to());
    }

    private static boolean reachable(@Nullable Verdict verdict) {
        return verdict != null && verdict.disposition().fold() == Fold.REACHABLE;
    }

    private static boolean sameReason(Change change) {
        var before = change.before();
        var after = change.after();
        return before != null
                && after != null
                && before.disposition() == after.disposition()
                && Objects.equals(before.code(), after.code());
    }

    private static List<Finding> without(List<Finding> findings, List<Finding> others) {
        return findings.stream()
                .flatMap(finding -> {
                    var same = others.stream()
                            .filter(other -> other.code().equals(finding.code()))
                            .map(Finding::affected)
                            .toList();
                    return same.isEmpty()
                            ? Stream.of(finding)
                            : Optional.of(finding.affected().without(same))
                                    .filter(affected -> !affected.isEmpty())
                                    .map(finding::of)
                                    .stream();
                })
                .toList();
    }

    /// How many pairs both have gained.
    int gainedWith(Comparison other) {
        var theirs = other.gained.stream()
                .map(change -> Key.of(change.from(), change.to()))
                .collect(Collectors.toSet());
        return (int) gained.stream()
                .filter(change -> theirs.contains(Key.of(change.from(), change.to())))
                .count();
    }

    /// Whether nothing is different.
    public boolean isEmpty() {
        return gained.isEmpty() && lost.isEmpty() && changed.isEmpty() && appeared.isEmpty() && resolved.isEmpty();
    }
}
