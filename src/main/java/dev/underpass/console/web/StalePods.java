package dev.underpass.console.web;

import dev.underpass.cluster.ObjectName;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.coordinator.DriftItem;
import dev.underpass.diagnosis.Code;
import dev.underpass.diagnosis.PodAnalysis;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The Pods that have routes or rules of other settings than today's, and what is to be restarted to mend them.
final class StalePods {

    /// What is found where a range or a setting changed after a Pod was made.
    static final Set<String> CHANGED = Set.of("U05", "U10");

    private static final Set<String> ROLLED = Set.of("Deployment", "DaemonSet", "StatefulSet");
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]*[a-z0-9])?");

    private StalePods() {}

    /// A Pod and its lines that differ from what would be written today.
    record Stale(ObjectName name, @Nullable Instant createdAt, List<DriftItem> lines) {}

    /// The Pods whose own lines differ, by name.
    static List<Stale> of(ClusterView cluster) {
        return cluster.analysis().pods().stream()
                .filter(pod -> !pod.drift().isEmpty())
                .map(StalePods::stale)
                .toList();
    }

    private static Stale stale(PodAnalysis pod) {
        return new Stale(pod.pod().name(), pod.pod().createdAt(), pod.drift());
    }

    /// What is restarted as a whole.
    ///
    /// @param kind such as `Deployment`; empty for a Pod that nothing makes anew
    /// @param name the workload's, or the Pod's
    /// @param command the line that restarts it; empty where there is none
    record Workload(String namespace, String kind, String name, List<ObjectName> pods, String command) {

        static Workload of(String namespace, String workload, List<ObjectName> pods) {
            var parts = workload.split(" ", 2);
            var kind = parts.length == 2 ? parts[0] : "";
            return new Workload(
                    namespace,
                    kind,
                    parts[parts.length - 1],
                    pods,
                    command(namespace, kind, parts[parts.length - 1], pods));
        }

        private static String command(String namespace, String kind, String name, List<ObjectName> pods) {
            boolean plain = NAME.matcher(namespace).matches()
                    && NAME.matcher(name).matches()
                    && pods.stream().allMatch(pod -> NAME.matcher(pod.name()).matches());
            if (kind.isEmpty() || !plain) {
                return "";
            }
            return ROLLED.contains(kind)
                    ? "kubectl -n %s rollout restart %s/%s".formatted(namespace, kind.toLowerCase(Locale.ROOT), name)
                    : "kubectl -n %s delete pod %s"
                            .formatted(
                                    namespace,
                                    pods.stream().map(ObjectName::name).collect(Collectors.joining(" ")));
        }
    }

    /// The Pods that findings of the code hit.
    static Set<ObjectName> affected(ClusterView cluster, Code code) {
        return cluster.findings().stream()
                .filter(finding -> finding.code().equals(code.name()))
                .flatMap(finding -> finding.affected().pods().stream())
                .collect(Collectors.toSet());
    }

    /// What to restart for these Pods, by namespace and name.
    static List<Workload> workloads(ClusterView cluster, Collection<ObjectName> pods) {
        Map<String, Map<String, List<ObjectName>>> found = new TreeMap<>();
        pods.stream().distinct().sorted().forEach(name -> {
            var workload = cluster.pod(name)
                    .map(pod -> pod.analysis().pod().workload())
                    .orElse(name.name());
            found.computeIfAbsent(name.namespace(), _ -> new TreeMap<>())
                    .computeIfAbsent(workload, _ -> new ArrayList<>())
                    .add(name);
        });
        var workloads = new ArrayList<Workload>();
        found.forEach((namespace, of) ->
                of.forEach((workload, theirs) -> workloads.add(Workload.of(namespace, workload, theirs))));
        return workloads;
    }
}
