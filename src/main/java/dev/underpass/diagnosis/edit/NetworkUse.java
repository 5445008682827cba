package dev.underpass.diagnosis.edit;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.ObjectName;
import dev.underpass.cluster.Pod;
import dev.underpass.report.Fields;
import dev.underpass.report.ReportFormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The Pods that have a NIC of one NetworkAttachmentDefinition, or are to get one.
///
/// @param first those whose first NIC it makes
/// @param further those for which it makes another NIC
public record NetworkUse(List<ObjectName> first, List<ObjectName> further) {

    private static final Set<String> FINISHED = Set.of("Succeeded", "Failed");

    public static NetworkUse of(ClusterSnapshot now, ObjectName network) {
        var first = new ArrayList<ObjectName>();
        var further = new ArrayList<ObjectName>();
        for (var pod : now.pods()) {
            if (FINISHED.contains(pod.phase()) || pod.hostNetwork()) {
                continue;
            }
            if (isFirst(pod, network)) {
                first.add(pod.name());
            } else if (isFurther(pod, network)) {
                further.add(pod.name());
            }
        }
        return new NetworkUse(first, further);
    }

    /// The Pods of both kinds.
    public List<ObjectName> all() {
        var all = new ArrayList<>(first);
        all.addAll(further);
        return all;
    }

    private static boolean isFirst(Pod pod, ObjectName network) {
        var asked = pod.annotations().getOrDefault(Pod.DEFAULT_NETWORK, "").strip();
        return names(asked, "kube-system", network)
                || pod.networks().stream()
                        .anyMatch(nic -> nic.isDefault() && nic.name().equals(network.toString()));
    }

    private static boolean isFurther(Pod pod, ObjectName network) {
        var asked = pod.annotations().getOrDefault(Pod.NETWORKS, "").strip();
        return (asked.startsWith("[") ? listed(asked, pod, network) : separated(asked, pod, network))
                || pod.networks().stream().anyMatch(nic -> nic.name().equals(network.toString()));
    }

    /// The short form: `namespace/name@device`, separated by commas.
    private static boolean separated(String asked, Pod pod, ObjectName network) {
        for (var part : asked.split(",", -1)) {
            if (names(part.strip().split("@", 2)[0], pod.name().namespace(), network)) {
                return true;
            }
        }
        return false;
    }

    private static boolean names(String text, String namespace, ObjectName network) {
        return text.equals(network.toString())
                || (text.equals(network.name()) && namespace.equals(network.namespace()));
    }

    /// The long form: a JSON list.
    private static boolean listed(String asked, Pod pod, ObjectName network) {
        try {
            var list = new Part("", Fields.parse("{\"networks\":" + asked + "}").values());
            return list.parts("networks").stream()
                    .anyMatch(each ->
                            each.text("name").filter(network.name()::equals).isPresent()
                                    && each.text("namespace")
                                            .orElse(pod.name().namespace())
                                            .equals(network.namespace()));
        } catch (ReportFormatException _) {
            return false;
        }
    }
}
