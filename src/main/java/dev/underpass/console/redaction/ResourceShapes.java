package dev.underpass.console.redaction;

import dev.underpass.console.objects.Kind;
import dev.underpass.console.objects.Kinds;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/// What of each kind of object is kept, and with which names and addresses.
final class ResourceShapes {

    private final Leaves leaves;
    private final Map<Kind<?>, Shape> shapes = new HashMap<>();

    ResourceShapes(Leaves leaves) {
        this.leaves = leaves;
        var core = new CoreShapes(leaves);
        shapes.put(Kinds.NODE, core.node());
        shapes.put(Kinds.NAMESPACE, leaves.object(NameKind.NAMESPACE));
        shapes.put(Kinds.POD, core.pod());
        shapes.put(Kinds.SERVICE, core.service());
        shapes.put(Kinds.ENDPOINT_SLICE, core.endpointSlice());
        shapes.put(Kinds.CONFIG_MAP, configMap());
        shapes.put(Kinds.NETWORK_POLICY, core.networkPolicy());
        overlay();
        var spiderpool = new SpiderpoolShapes(leaves);
        shapes.put(Kinds.ATTACHMENT, spiderpool.attachment());
        shapes.put(Kinds.COORDINATOR, spiderpool.coordinator());
        shapes.put(Kinds.IP_POOL, spiderpool.pool(NameKind.POOL));
        shapes.put(Kinds.SUBNET, spiderpool.pool(NameKind.POOL));
        shapes.put(Kinds.RESERVED_IP, spiderpool.pool(NameKind.OBJECT));
        shapes.put(Kinds.ENDPOINT, spiderpool.endpoint());
        shapes.put(Kinds.MULTUS_CONFIG, spiderpool.multusConfig());
    }

    private void overlay() {
        var cidrs =
                new Shape.OfObject().with(leaves.address(), "cidrs", "podCIDRs").with(leaves.word(), "maskSize");
        shapes.put(Kinds.SERVICE_CIDR, leaves.object(NameKind.OBJECT).with("spec", cidrs));
        shapes.put(
                Kinds.CALICO_POOL,
                leaves.object(NameKind.OBJECT)
                        .with(
                                "spec",
                                new Shape.OfObject()
                                        .with("cidr", leaves.address())
                                        .with(
                                                leaves.word(),
                                                "natOutgoing",
                                                "disabled",
                                                "ipipMode",
                                                "vxlanMode",
                                                "blockSize")));
        shapes.put(
                Kinds.CILIUM_POOL,
                leaves.object(NameKind.OBJECT).with("spec", new Shape.OfObject().with(cidrs, "ipv4", "ipv6")));
        var ipam = new Shape.OfObject()
                .with("podCIDRs", leaves.address())
                .with("pools", new Shape.OfObject().with("allocated", cidrs));
        shapes.put(
                Kinds.CILIUM_NODE, leaves.object(NameKind.NODE).with("spec", new Shape.OfObject().with("ipam", ipam)));
    }

    private Shape configMap() {
        var texts = new CniText(leaves);
        var ranges = Shape.text(text -> leaves.addresses().list(text, ",").orElse(""));
        return leaves.object(NameKind.CONFIG_MAP)
                .with(
                        "data",
                        new Shape.OfObject()
                                .with(Shape.text(texts::yaml), "config.conf", "ClusterConfiguration")
                                .with(ranges, "cluster-pool-ipv4-cidr", "cluster-pool-ipv6-cidr")
                                .with(
                                        leaves.word(),
                                        "ipam",
                                        "cluster-pool-ipv4-mask-size",
                                        "cluster-pool-ipv6-mask-size",
                                        "kube-proxy-replacement",
                                        "routing-mode",
                                        "tunnel",
                                        "tunnel-protocol",
                                        "enable-ipv4",
                                        "enable-ipv6",
                                        "bpf-lb-sock"));
    }

    JsonNode of(Kind<?> kind, JsonNode object) {
        var shape = Objects.requireNonNull(shapes.get(kind), kind::toString);
        return Objects.requireNonNull(shape.of(object));
    }
}
