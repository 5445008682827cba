package dev.underpass.console.redaction;

import dev.underpass.cluster.Pod;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The core objects of Kubernetes with other names and addresses.
final class CoreShapes {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Leaves leaves;
    private final Pseudonyms pseudonyms;

    CoreShapes(Leaves leaves) {
        this.leaves = leaves;
        this.pseudonyms = leaves.pseudonyms();
    }

    Shape node() {
        return leaves.object(NameKind.NODE)
                .with("spec", new Shape.OfObject().with(leaves.address(), "podCIDR", "podCIDRs"))
                .with(
                        "status",
                        new Shape.OfObject()
                                .with("addresses", Shape.each(this::nodeAddress))
                                .with("nodeInfo", new Shape.OfObject().with(leaves.word(), "kernelVersion")));
    }

    private @Nullable JsonNode nodeAddress(JsonNode address) {
        boolean isIp = address.path("type").asString("").endsWith("IP");
        return new Shape.OfObject()
                .with("type", leaves.word())
                .with("address", isIp ? leaves.address() : leaves.name(NameKind.NODE))
                .of(address);
    }

    Shape pod() {
        var annotations = new Shape.OfObject()
                .with(Shape.text(leaves::network), Pod.DEFAULT_NETWORK)
                .with(Shape.text(this::networks), Pod.NETWORKS)
                .with(Shape.text(this::networkStatus), "k8s.v1.cni.cncf.io/network-status");
        return leaves.object(NameKind.POD)
                .with("metadata", leaves.metadata(NameKind.POD).with("annotations", annotations))
                .with("spec", podSpec())
                .with(
                        "status",
                        new Shape.OfObject()
                                .with(leaves.word(), "phase", "startTime")
                                .with("conditions", new Shape.OfObject().with(leaves.word(), "type", "status"))
                                .with(leaves.address(), "hostIP", "podIP")
                                .with("podIPs", new Shape.OfObject().with("ip", leaves.address())));
    }

    private Shape podSpec() {
        var ports = new Shape.OfObject()
                .with("name", leaves.name(NameKind.PORT))
                .with(leaves.word(), "containerPort", "protocol");
        return new Shape.OfObject()
                .with("nodeName", leaves.name(NameKind.NODE))
                .with("hostNetwork", leaves.word())
                .with("runtimeClassName", leaves.name(NameKind.OBJECT))
                .with(
                        "containers",
                        new Shape.OfObject()
                                .with("ports", ports)
                                .with(Shape.each(Shape.text(this::flag)), "command", "args"));
    }

    /// A flag is kept where its value is a range.
    private @Nullable String flag(String flag) {
        int equals = flag.indexOf('=');
        return equals < 0
                ? null
                : leaves.addresses()
                        .list(flag.substring(equals + 1), ",")
                        .map(value -> flag.substring(0, equals + 1) + value)
                        .orElse(null);
    }

    /// A list by commas, or JSON, of which the names are kept.
    private String networks(String text) {
        if (!text.strip().startsWith("[")) {
            return String.join(
                    ",",
                    Arrays.stream(text.split(",", -1))
                            .map(each -> String.valueOf(leaves.network(each.strip())))
                            .toList());
        }
        return json(
                text,
                new Shape.OfObject()
                        .with("name", leaves.name(NameKind.NETWORK))
                        .with("namespace", leaves.name(NameKind.NAMESPACE))
                        .with("interface", leaves.word())
                        .with("ips", leaves.addressWithLength())
                        .with("mac", leaves.mac()));
    }

    private String networkStatus(String text) {
        return json(
                text,
                new Shape.OfObject()
                        .with("name", Shape.text(leaves::network))
                        .with(leaves.word(), "interface", "default")
                        .with("ips", leaves.address())
                        .with("mac", leaves.mac()));
    }

    private static String json(String text, Shape shape) {
        try {
            var changed = shape.of(JSON.readTree(text));
            return changed == null ? "[]" : JSON.writeValueAsString(changed);
        } catch (JacksonException _) {
            return "[]";
        }
    }

    Shape service() {
        var port = new Shape.OfObject()
                .with("name", leaves.name(NameKind.PORT))
                .with(leaves.word(), "protocol", "port", "nodePort")
                .with("targetPort", Shape.text(this::targetPort));
        var spec = new Shape.OfObject()
                .with(leaves.address(), "clusterIP", "clusterIPs", "externalIPs")
                .with("ports", port)
                .with("selector", leaves::labels)
                .with("ipFamilies", Shape.each(leaves.word()))
                .with(
                        leaves.word(),
                        "type",
                        "internalTrafficPolicy",
                        "externalTrafficPolicy",
                        "sessionAffinity",
                        "ipFamilyPolicy",
                        "publishNotReadyAddresses",
                        "healthCheckNodePort");
        var ingress = new Shape.OfObject().with("ip", leaves.address());
        var balancer = new Shape.OfObject().with("ingress", ingress);
        return leaves.object(NameKind.SERVICE)
                .with("spec", spec)
                .with("status", new Shape.OfObject().with("loadBalancer", balancer));
    }

    private String targetPort(String port) {
        return port.chars().allMatch(Character::isDigit) ? port : pseudonyms.name(NameKind.PORT, port);
    }

    /// A slice without the label is named as its Service.
    Shape endpointSlice() {
        return slice -> {
            boolean named = slice.path("metadata").path("labels").has("kubernetes.io/service-name");
            return endpointSlice(named ? NameKind.OBJECT : NameKind.SERVICE).of(slice);
        };
    }

    private Shape endpointSlice(NameKind name) {
        var endpoint = new Shape.OfObject()
                .with("addresses", leaves.address())
                .with("conditions", new Shape.OfObject().with(leaves.word(), "ready", "serving", "terminating"))
                .with("nodeName", leaves.name(NameKind.NODE))
                .with(
                        "targetRef",
                        new Shape.OfObject()
                                .with("kind", leaves.word())
                                .with("namespace", leaves.name(NameKind.NAMESPACE))
                                .with("name", leaves.name(NameKind.POD)));
        var port =
                new Shape.OfObject().with("name", leaves.name(NameKind.PORT)).with(leaves.word(), "protocol", "port");
        return leaves.object(name)
                .with("addressType", leaves.word())
                .with("endpoints", endpoint)
                .with("ports", port);
    }

    Shape networkPolicy() {
        var expression =
                new Shape.OfObject().with("key", Shape.text(leaves::labelKey)).with("operator", leaves.word());
        var selector = new Shape.OfObject().with("matchLabels", leaves::labels).with("matchExpressions", expression);
        return leaves.object(NameKind.OBJECT)
                .with(
                        "spec",
                        new Shape.OfObject()
                                .with("podSelector", selector)
                                .with("policyTypes", Shape.each(leaves.word())));
    }
}
