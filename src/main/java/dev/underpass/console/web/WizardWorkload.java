package dev.underpass.console.web;

import dev.underpass.cluster.ObjectName;
import dev.underpass.cluster.Pod;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.analysis.PodSummary;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The workload that is to reach Services by the underlay.
///
/// @param kind such as `Deployment`; `Pod` for one that nothing makes anew; empty for one that is yet to be made
/// @param pods those that it has
/// @param wanted how many addresses its Pods need
record WizardWorkload(String namespace, String kind, String name, List<PodSummary> pods, int wanted) {

    private static final Set<String> FINISHED = Set.of("Succeeded", "Failed");
    private static final Set<String> TEMPLATED = Set.of("Deployment", "StatefulSet", "DaemonSet");
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final int LONGEST_NAME = 253;
    private static final int MOST_REPLICAS = 100_000;
    private static final int MOST_OFFERED = 200;

    /// Whether its template can be patched, and its Pods follow.
    public boolean templated() {
        return TEMPLATED.contains(kind);
    }

    public boolean known() {
        return !kind.isEmpty();
    }

    @Override
    public String toString() {
        return (kind.isEmpty() ? "" : kind + " ") + namespace + "/" + name;
    }

    static WizardWorkload of(ClusterView cluster, WizardQuestion question, WizardProblems problems) {
        var namespace = question.text("ns");
        var name = question.text("workload");
        checkNamespace(namespace, problems);
        var pods = cluster.pods().stream()
                .filter(pod -> pod.name().namespace().equals(namespace)
                        && matches(pod.analysis().pod(), name))
                .filter(pod -> !FINISHED.contains(pod.analysis().pod().phase()))
                .toList();
        var kinds =
                pods.stream().map(pod -> kind(pod.analysis().pod())).distinct().toList();
        if (pods.isEmpty()) {
            return unknown(namespace, name, question, problems);
        }
        if (kinds.size() > 1) {
            problems.refuse("workload", "ambiguous", name, String.join(", ", kinds));
        }
        if (pods.stream().anyMatch(pod -> pod.analysis().pod().hostNetwork())) {
            problems.refuse("workload", "hostNetwork", name);
        }
        var first = pods.getFirst().analysis().pod();
        return new WizardWorkload(namespace, kind(first), plainName(first), pods, pods.size());
    }

    private static void checkNamespace(String namespace, WizardProblems problems) {
        if (namespace.isEmpty()) {
            problems.refuse("ns", "missing", "");
        } else if (!NAME.matcher(namespace).matches()) {
            problems.refuse("ns", "noName", namespace);
        }
    }

    private static WizardWorkload unknown(
            String namespace, String name, WizardQuestion question, WizardProblems problems) {
        boolean named = name.length() <= LONGEST_NAME
                && Stream.of(name.split("\\.", -1))
                        .allMatch(part -> NAME.matcher(part).matches());
        if (name.isEmpty()) {
            problems.refuse("workload", "missing", "");
        } else if (!named) {
            problems.refuse("workload", "noName", name);
        } else if (!problems.refused("ns")) {
            problems.warn("workload", "unknown", namespace + "/" + name);
        }
        return new WizardWorkload(namespace, "", name, List.of(), replicas(question.text("replicas"), problems));
    }

    private static int replicas(String text, WizardProblems problems) {
        if (text.isEmpty()) {
            return 1;
        }
        if (text.matches("\\d{1,6}")) {
            int replicas = Integer.parseInt(text);
            if (replicas >= 1 && replicas <= MOST_REPLICAS) {
                return replicas;
            }
        }
        problems.refuse("replicas", "replicas", text, String.valueOf(MOST_REPLICAS));
        return 1;
    }

    /// By the workload's name, with or without its kind, or by the Pod's.
    private static boolean matches(Pod pod, String text) {
        return Stream.of(plainName(pod), kind(pod) + "/" + plainName(pod), kind(pod) + " " + plainName(pod))
                        .anyMatch(text::equals)
                || pod.name().name().equals(text);
    }

    private static String kind(Pod pod) {
        return pod.workload() == null ? "Pod" : pod.workload().split(" ", 2)[0];
    }

    private static String plainName(Pod pod) {
        var parts = pod.workload() == null ? new String[0] : pod.workload().split(" ", 2);
        return parts.length == 2 ? parts[1] : pod.name().name();
    }

    /// The workloads that can be named, as `Deployment/web`.
    static List<String> offered(ClusterView cluster, String namespace) {
        return cluster.pods().stream()
                .map(pod -> pod.analysis().pod())
                .filter(pod -> !pod.hostNetwork())
                .filter(pod -> namespace.isEmpty() || pod.name().namespace().equals(namespace))
                .map(pod -> kind(pod) + "/" + plainName(pod))
                .distinct()
                .sorted()
                .limit(MOST_OFFERED)
                .toList();
    }

    List<ObjectName> names() {
        return pods.stream().map(PodSummary::name).toList();
    }
}
