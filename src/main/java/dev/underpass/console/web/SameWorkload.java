package dev.underpass.console.web;

import dev.underpass.cluster.ObjectName;
import dev.underpass.cluster.Pod;
import dev.underpass.console.analysis.ClusterView;
import java.util.Comparator;
import java.util.List;

/// Pods of a recording that may be meant where it has none of a name: of the same workload, whose restart gives its
/// Pods
/// other names.
///
/// @param workload such as `Deployment web`; empty where there is no choice
/// @param choices those of the Pod's node first
record SameWorkload(String workload, List<Choice> choices) {

    static final SameWorkload NONE = new SameWorkload("", List.of());

    private static final int MOST = 5;

    /// Whose Pods are static ones, which have nothing else in common and keep their names.
    private static final String NODE = "Node ";

    SameWorkload {
        choices = List.copyOf(choices);
    }

    /// One of them.
    ///
    /// @param written as it is typed
    /// @param near whether it was on the Pod's node
    record Choice(ObjectName pod, String written, boolean near) {}

    /// @param pod the one that the recording does not have
    /// @param at what leads to the recording, as it is typed
    static SameWorkload of(Pod pod, ClusterView then, String at) {
        var workload = pod.workload();
        if (workload == null || workload.startsWith(NODE)) {
            return NONE;
        }
        return new SameWorkload(
                workload,
                then.pods().stream()
                        .map(each -> each.analysis().pod())
                        .filter(each -> workload.equals(each.workload())
                                && each.name().namespace().equals(pod.name().namespace()))
                        .map(each -> new Choice(each.name(), each.name() + at, isNear(each, pod)))
                        .sorted(Comparator.comparing(Choice::near)
                                .reversed()
                                .thenComparing(each -> each.pod().name()))
                        .limit(MOST)
                        .toList());
    }

    private static boolean isNear(Pod one, Pod other) {
        return one.node() != null && one.node().equals(other.node());
    }
}
