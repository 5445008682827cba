package dev.underpass.console.web;

import dev.underpass.cluster.ObjectName;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.edit.Outcome;
import dev.underpass.console.journal.JournalView;
import dev.underpass.console.journal.JournalView.OlderPod;
import dev.underpass.diagnosis.PodAnalysis;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How far a change has come: a Pod has what was written when it was made, so that it takes effect Pod by Pod.
///
/// @param made how many of the Pods that it concerns were made since
/// @param older those that were made before it and are there still
/// @param parts the same by what is restarted as a whole, those with older Pods first
record Rollout(int made, List<OlderPod> older, List<Part> parts) {

    static final Rollout NONE = new Rollout(0, List.of(), List.of());

    Rollout {
        older = List.copyOf(older);
        parts = List.copyOf(parts);
    }

    /// A workload's part of it.
    ///
    /// @param made how many of its Pods were made since
    /// @param older what is to be restarted; absent where nothing is
    /// @param differ how many of those have other lines than they would get today
    record Part(String workload, int made, StalePods.@Nullable Workload older, int differ) {}

    static Rollout of(ClusterView cluster, ChangeRow row) {
        if (row.outcome() == Outcome.REFUSED || row.outcome() == Outcome.NOT_APPLIED) {
            return NONE;
        }
        var concerned = ConcernedPods.of(cluster, row)
                .filter(pod -> pod.pod().createdAt() != null)
                .collect(Collectors.partitioningBy(
                        pod -> Objects.requireNonNull(pod.pod().createdAt()).isBefore(row.at())));
        var older = concerned.getOrDefault(true, List.of());
        var made = concerned.getOrDefault(false, List.of());
        return new Rollout(made.size(), older.stream().map(JournalView::older).toList(), parts(cluster, made, older));
    }

    /// How many Pods it concerns, as far as it is known when they were made.
    public int all() {
        return made + older.size();
    }

    private static List<Part> parts(ClusterView cluster, List<PodAnalysis> made, List<PodAnalysis> older) {
        var old = older.stream().collect(Collectors.toMap(pod -> pod.pod().name(), JournalView::older));
        var all = Stream.concat(made.stream(), older.stream())
                .map(pod -> pod.pod().name())
                .toList();
        return StalePods.workloads(cluster, all).stream()
                .map(each -> part(cluster, each, old))
                .sorted(Comparator.comparing((Part part) -> part.older() == null))
                .toList();
    }

    private static Part part(ClusterView cluster, StalePods.Workload whole, Map<ObjectName, OlderPod> old) {
        var theirs = whole.pods().stream().filter(old::containsKey).toList();
        long differ = theirs.stream()
                .flatMap(pod -> Stream.ofNullable(old.get(pod)))
                .filter(pod -> !pod.lines().isEmpty())
                .count();
        return new Part(
                (whole.kind().isEmpty() ? "Pod" : whole.kind()) + " " + whole.namespace() + "/" + whole.name(),
                whole.pods().size() - theirs.size(),
                theirs.isEmpty() ? null : StalePods.workloads(cluster, theirs).getFirst(),
                (int) differ);
    }
}
