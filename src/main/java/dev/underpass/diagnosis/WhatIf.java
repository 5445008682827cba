package dev.underpass.diagnosis;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.diagnosis.Comparison.Change;
import dev.underpass.diagnosis.RecreatedPod.Effect;
import dev.underpass.reachability.Disposition.Fold;
import dev.underpass.words.Sentence;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What an edit of the cluster's network resources would do: at once, and when Pods are made anew.
///
/// @param running what changes for running Pods, although nothing is restarted
/// @param recreated what is different from today after everything that the edit concerns was restarted
/// @param pods the Pods that get something else, or nothing, when they are made anew
/// @param hidden the networks whose own settings hide the edit
/// @param restarts what must be restarted for the edit to take effect
/// @param notes what else is to be known, and what cannot be told
/// @param after the cluster after everything that the edit concerns was restarted
public record WhatIf(
        Comparison running,
        Comparison recreated,
        List<RecreatedPod> pods,
        List<Sentence> hidden,
        List<String> restarts,
        List<Sentence> notes,
        Analysis after) {

    private static final int NAMED = 12;

    public WhatIf {
        pods = List.copyOf(pods);
        hidden = List.copyOf(hidden);
        restarts = List.copyOf(restarts);
        notes = List.copyOf(notes);
    }

    /// Works it out.
    public static WhatIf of(Analysis before, ClusterSnapshot edited) {
        var rebuilt = Rebuilt.of(before, edited);
        var after = Analysis.of(rebuilt.snapshot());
        var recreated = Comparison.of(before, after, new Afterwards(rebuilt.pods(), rebuilt.doubt()));
        return new WhatIf(
                Comparison.of(before, Analysis.of(rebuilt.running())),
                recreated,
                rebuilt.pods(),
                HiddenEdits.of(before.snapshot(), edited),
                restarts(rebuilt),
                notes(before, edited, rebuilt, recreated),
                after);
    }

    /// Pairs of running Pods that fare differently at once.
    public List<Change> atOnce() {
        return Stream.concat(running.gained().stream(), running.lost().stream()).toList();
    }

    /// Pairs that connect today and do not then.
    public List<Change> lost() {
        return recreated.lost().stream().filter(change -> !unknown(change)).toList();
    }

    /// Pairs that connect today, and nobody can say whether they do then.
    public List<Change> undetermined() {
        return recreated.lost().stream().filter(WhatIf::unknown).toList();
    }

    private static boolean unknown(Change change) {
        return change.after() != null && change.after().disposition().fold() == Fold.UNDETERMINED;
    }

    private static List<String> restarts(Rebuilt rebuilt) {
        var workloads = new TreeSet<String>();
        rebuilt.pods().stream()
                .filter(pod -> !(pod.effect() instanceof Effect.CannotStart))
                .forEach(pod -> workloads.add(pod.workload()));
        return Stream.concat(
                        rebuilt.kubeProxy() ? Stream.of("DaemonSet kube-system/kube-proxy") : Stream.empty(),
                        workloads.stream())
                .toList();
    }

    private static List<Sentence> notes(
            Analysis before, ClusterSnapshot edited, Rebuilt rebuilt, Comparison recreated) {
        return Stream.of(
                        otherCoordinators(before.snapshot(), edited),
                        rebuilt.doubt(),
                        repaired(before, rebuilt, recreated),
                        addressesOnly(rebuilt))
                .flatMap(Stream::ofNullable)
                .toList();
    }

    private static @Nullable Sentence otherCoordinators(ClusterSnapshot now, ClusterSnapshot edited) {
        var old = now.spiderpool().coordinators();
        var all = edited.spiderpool().coordinators();
        boolean first = all.isEmpty() || old.isEmpty() || !all.getFirst().equals(old.getFirst());
        return all.equals(old) || first
                ? null
                : Phrases.FIRST_COORDINATOR.with(all.getFirst().name());
    }

    /// What a restart mends is in the comparison, too, and is not the edit's doing.
    private static @Nullable Sentence repaired(Analysis before, Rebuilt rebuilt, Comparison recreated) {
        if (rebuilt.stale().isEmpty() || recreated.gained().isEmpty()) {
            return null;
        }
        int mended = recreated.gainedWith(Comparison.of(before, Analysis.of(rebuilt.restarted())));
        var all = rebuilt.stale();
        var named = all.stream().limit(NAMED).map(Object::toString).collect(Collectors.joining(", "));
        return Phrases.REPAIRED.with(
                mended, recreated.gained().size(), all.size() > NAMED ? named + ", … (" + all.size() + ")" : named);
    }

    private static @Nullable Sentence addressesOnly(Rebuilt rebuilt) {
        return rebuilt.pods().isEmpty() ? null : Phrases.ANY_ADDRESS.with();
    }
}
