package dev.underpass.console.bundle;

import dev.underpass.cluster.CniResources.ConfigMap;
import dev.underpass.cluster.ObjectName;
import dev.underpass.console.objects.Kind;
import dev.underpass.console.objects.Kinds;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What of the API's objects goes into a bundle: what tells of the network. Of Pods neither environment nor volumes nor
/// arguments, of ConfigMaps only the cluster network's settings.
public final class Trim {

    private static final KeptFields METADATA = KeptFields.of(
            "name",
            "namespace",
            "uid",
            "resourceVersion",
            "generation",
            "creationTimestamp",
            "deletionTimestamp",
            "labels",
            "ownerReferences",
            "annotations");

    private static final KeptFields REST = KeptFields.of("spec", "status");

    private static final Map<Kind<?>, KeptFields> FIELDS = Map.of(
            Kinds.NODE,
            KeptFields.of(
                    "spec.podCIDR",
                    "spec.podCIDRs",
                    "status.addresses",
                    "status.nodeInfo.kernelVersion",
                    "status.nodeInfo.kubeletVersion",
                    "status.nodeInfo.osImage"),
            Kinds.NAMESPACE,
            KeptFields.of("status.phase"),
            Kinds.POD,
            KeptFields.of(
                    "spec.nodeName",
                    "spec.hostNetwork",
                    "spec.runtimeClassName",
                    "spec.containers.name",
                    "spec.containers.ports",
                    "spec.containers.command",
                    "spec.containers.args",
                    "status.phase",
                    "status.startTime",
                    "status.conditions.type",
                    "status.conditions.status",
                    "status.hostIP",
                    "status.podIP",
                    "status.podIPs"),
            Kinds.ENDPOINT_SLICE,
            KeptFields.of("addressType", "endpoints", "ports"),
            Kinds.CONFIG_MAP,
            KeptFields.of("data"),
            Kinds.CILIUM_NODE,
            KeptFields.of("spec.ipam", "spec.addresses"));

    /// The flags of the control plane's components that say which ranges the cluster has.
    private static final Set<String> FLAGS = Set.of(
            "--cluster-cidr",
            "--service-cluster-ip-range",
            "--allocate-node-cidrs",
            "--node-cidr-mask-size",
            "--node-cidr-mask-size-ipv4",
            "--node-cidr-mask-size-ipv6",
            "--proxy-mode");

    private static final Set<String> ANNOTATION_DOMAINS =
            Set.of("k8s.v1.cni.cncf.io", "v1.multus-cni.io", "cni.projectcalico.org", "projectcalico.org");

    private Trim() {}

    /// The object without what is of no use to the analysis; empty when all of it is not.
    public static Optional<ObjectNode> object(Kind<?> kind, JsonNode object) {
        if (kind.equals(Kinds.CONFIG_MAP) && !matters(object)) {
            return Optional.empty();
        }
        var result = JsonNodeFactory.instance.objectNode();
        result.put("apiVersion", object.path("apiVersion").asString(kind.apiVersion()));
        result.put("kind", kind.kind());
        var metadata = METADATA.in(object.path("metadata"));
        if (metadata.get("annotations") instanceof ObjectNode annotations) {
            annotations.retain(annotations.propertyNames().stream()
                    .filter(Trim::isOfNetworks)
                    .toList());
        }
        result.set("metadata", metadata);
        FIELDS.getOrDefault(kind, REST)
                .in(object)
                .properties()
                .forEach(each -> result.set(each.getKey(), each.getValue()));
        if (kind.equals(Kinds.POD)) {
            flags(object, result);
        }
        if (kind.equals(Kinds.CONFIG_MAP) && result.get("data") instanceof ObjectNode data) {
            ConfigMapData.trim(data);
        }
        return Optional.of(result);
    }

    private static boolean matters(JsonNode configMap) {
        var metadata = configMap.path("metadata");
        var name = metadata.path("name").asString("");
        return !name.isEmpty()
                && ConfigMap.matters(new ObjectName(metadata.path("namespace").asString("default"), name));
    }

    private static boolean isOfNetworks(String annotation) {
        var domain = annotation.split("/", 2)[0];
        return ANNOTATION_DOMAINS.contains(domain) || domain.endsWith(".spidernet.io");
    }

    /// Only components of the control plane keep any.
    private static void flags(JsonNode pod, ObjectNode trimmed) {
        boolean component = pod.path("metadata")
                .path("labels")
                .path("component")
                .asString("")
                .startsWith("kube-");
        for (var container : trimmed.path("spec").path("containers")) {
            if (container instanceof ObjectNode fields) {
                if (component) {
                    keepFlags(fields.path("command"));
                    keepFlags(fields.path("args"));
                } else {
                    fields.remove("command");
                    fields.remove("args");
                }
            }
        }
    }

    private static void keepFlags(JsonNode list) {
        if (list instanceof ArrayNode flags) {
            for (int i = flags.size() - 1; i >= 0; i--) {
                if (!FLAGS.contains(flags.get(i).asString("").split("=", 2)[0])) {
                    flags.remove(i);
                }
            }
        }
    }
}
