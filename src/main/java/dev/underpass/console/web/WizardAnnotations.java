package dev.underpass.console.web;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.ObjectName;
import dev.underpass.cluster.Pod;
import dev.underpass.cluster.SpiderpoolResources.Allocation;
import dev.underpass.net.DeviceName;
import dev.underpass.net.IpAddress.Family;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The annotations of the Pods' template, and the name of the NIC that they make.
///
/// @param device `eth0`, `net1` or a further one
/// @param values what they say; null takes away what the Pods' template has
/// @param networks what the annotation of further networks says; empty for nothing
record WizardAnnotations(DeviceName device, Map<String, @Nullable String> values, String networks) {

    static final String POOLS = "ipam.spidernet.io/ippools";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// @param only whether the NIC is to be the only one
    static WizardAnnotations of(
            ClusterSnapshot now, WizardWorkload workload, ObjectName network, boolean only, List<WizardPool> pools) {
        var pod = workload.pods().stream()
                .findFirst()
                .map(each -> each.analysis().pod())
                .orElse(null);
        var values = new LinkedHashMap<String, @Nullable String>();
        if (only) {
            values.put(Pod.DEFAULT_NETWORK, network.toString());
            values.put(POOLS, item("eth0", pools, JSON.createArrayNode()).toString());
            remove(values, pod, Pod.NETWORKS);
            return new WizardAnnotations(new DeviceName("eth0"), values, "");
        }
        var further = Further.of(pod, workload.namespace(), network);
        values.put(Pod.NETWORKS, further.annotation());
        values.put(
                POOLS,
                item(further.device(), pools, others(now, pod, further.device()))
                        .toString());
        remove(values, pod, Pod.DEFAULT_NETWORK);
        return new WizardAnnotations(new DeviceName(further.device()), values, further.annotation());
    }

    private static void remove(Map<String, @Nullable String> values, @Nullable Pod pod, String annotation) {
        if (pod != null && pod.annotations().containsKey(annotation)) {
            values.put(annotation, null);
        }
    }

    /// The NIC's pools beside those of others: Spiderpool looks for every NIC of the Pod in this annotation, once it is
    /// there.
    private static ArrayNode item(String device, List<WizardPool> pools, ArrayNode others) {
        var item = others.addObject().put("interface", device);
        for (var family : Family.values()) {
            var names = item.arrayNode();
            pools.stream().filter(pool -> pool.family() == family).forEach(pool -> names.add(pool.name()));
            if (!names.isEmpty()) {
                item.set(family == Family.IPV4 ? "ipv4" : "ipv6", names);
            }
        }
        return others;
    }

    /// The NICs on the underlay that the Pod keeps, with the pools that they have.
    private static ArrayNode others(ClusterSnapshot now, @Nullable Pod pod, String device) {
        var list = JSON.createArrayNode();
        if (pod != null) {
            now.spiderpool().endpoints().stream()
                    .filter(each -> each.pod().equals(pod.name()))
                    .flatMap(each -> each.allocations().stream())
                    .filter(each -> !each.device().value().equals(device)
                            && each.device().value().startsWith("net"))
                    .forEach(each -> other(list.addObject(), each));
        }
        return list;
    }

    private static void other(ObjectNode item, Allocation allocation) {
        item.put("interface", allocation.device().value());
        if (allocation.ipv4Pool() != null && !allocation.ipv4Pool().isEmpty()) {
            item.putArray("ipv4").add(allocation.ipv4Pool());
        }
        if (allocation.ipv6Pool() != null && !allocation.ipv6Pool().isEmpty()) {
            item.putArray("ipv6").add(allocation.ipv6Pool());
        }
    }

    /// What the annotation of further networks is to say.
    private record Further(String annotation, String device) {

        static Further of(@Nullable Pod pod, String namespace, ObjectName network) {
            var asked = pod == null
                    ? ""
                    : pod.annotations().getOrDefault(Pod.NETWORKS, "").strip();
            var listed = asked.startsWith("[") ? list(asked) : Optional.<ArrayNode>empty();
            return listed.isPresent()
                    ? listed(listed.get(), asked, namespace, network)
                    : separated(asked, namespace, network);
        }

        private static Optional<ArrayNode> list(String asked) {
            try {
                return JSON.readTree(asked) instanceof ArrayNode list ? Optional.of(list) : Optional.empty();
            } catch (JacksonException _) {
                return Optional.empty();
            }
        }

        private static Further listed(ArrayNode list, String asked, String namespace, ObjectName network) {
            int at = 1;
            for (var each : list) {
                boolean same = text(each, "name", "").equals(network.name())
                        && text(each, "namespace", namespace).equals(network.namespace());
                if (same) {
                    return new Further(asked, text(each, "interface", "net" + at));
                }
                at++;
            }
            list.addObject().put("name", network.name()).put("namespace", network.namespace());
            return new Further(list.toString(), "net" + at);
        }

        private static String text(JsonNode item, String field, String otherwise) {
            return item.path(field).asString(otherwise);
        }

        /// The short form: `namespace/name@device`, separated by commas.
        private static Further separated(String asked, String namespace, ObjectName network) {
            var parts = Stream.of(asked.split(",", -1))
                    .map(String::strip)
                    .filter(part -> !part.isEmpty())
                    .toList();
            for (int i = 0; i < parts.size(); i++) {
                var named = parts.get(i).split("@", 2);
                var full = named[0].contains("/") ? named[0] : namespace + "/" + named[0];
                if (full.equals(network.toString())) {
                    return new Further(asked, named.length == 2 ? named[1] : "net" + (i + 1));
                }
            }
            var all = new ArrayList<>(parts);
            all.add(network.toString());
            return new Further(String.join(",", all), "net" + all.size());
        }
    }

    /// The values as YAML: a part of the Pods' template.
    String yaml() {
        return lines("");
    }

    /// In single quotes, in which JSON stays as it is.
    private String lines(String indent) {
        var text = new StringBuilder();
        values.forEach((name, value) -> text.append(indent)
                .append(name)
                .append(": ")
                .append(value == null ? "null" : "'" + value.replace("'", "''") + "'")
                .append('\n'));
        return text.toString();
    }

    /// A strategic-merge patch of the workload as YAML.
    String patchYaml() {
        return "spec:\n  template:\n    metadata:\n      annotations:\n" + lines("        ");
    }

    /// A strategic-merge patch of the workload.
    ObjectNode patch() {
        var patch = JSON.createObjectNode();
        patch.putObject("spec").putObject("template").putObject("metadata").set("annotations", tree());
        return patch;
    }

    /// The command that patches the workload.
    String command(WizardWorkload workload) {
        return "kubectl -n %s patch %s %s --type=strategic -p '%s'"
                .formatted(
                        workload.namespace(),
                        workload.kind().toLowerCase(Locale.ROOT),
                        workload.name(),
                        patch().toString().replace("'", "'\\''"));
    }

    private ObjectNode tree() {
        var tree = JSON.createObjectNode();
        values.forEach((name, value) -> {
            if (value == null) {
                tree.putNull(name);
            } else {
                tree.put(name, value);
            }
        });
        return tree;
    }
}
