package dev.underpass.console.redaction;

import dev.underpass.cluster.NodeName;
import dev.underpass.cluster.ObjectName;
import dev.underpass.console.bundle.BundleContents;
import dev.underpass.console.bundle.BundleHead;
import dev.underpass.console.bundle.Trim;
import dev.underpass.console.objects.Kind;
import dev.underpass.console.objects.Kinds;
import dev.underpass.net.IpAddress;
import dev.underpass.net.IpPrefix;
import dev.underpass.report.NodeReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/// A bundle with other names and addresses, by which the analysis comes to the same verdicts.
public final class Redaction {

    private final Pseudonyms pseudonyms = new Pseudonyms();
    private final Leaves leaves = new Leaves(pseudonyms);
    private final ResourceShapes shapes = new ResourceShapes(leaves);
    private final ReportShape reports = new ReportShape(leaves);
    private final BundleContents redacted;

    private Redaction(BundleContents original, byte[] key) {
        // Which comments speak of Services is known only when all Services are.
        changed(original);
        changed(original);
        pseudonyms.assign(key);
        this.redacted = changed(original);
    }

    /// Redacts by a key, which nobody should keep.
    public static Redaction of(BundleContents original, byte[] key) {
        return new Redaction(original, key.clone());
    }

    public BundleContents contents() {
        return redacted;
    }

    /// Looks for what should not be there any more.
    ///
    /// @param files the redacted bundle's files by name
    /// @return the first file that holds such a thing, and what it holds
    public Optional<Leak> leak(Map<String, byte[]> files) {
        return new LeakCheck(pseudonyms).in(files);
    }

    /// What of the original a redacted file still holds.
    public record Leak(String file, String text) {}

    /// What the Pod is called in the redacted bundle.
    public ObjectName pod(ObjectName pod) {
        return ObjectName.parse(leaves.qualified(NameKind.POD, pod.toString()));
    }

    /// What the Service is called in the redacted bundle.
    public ObjectName service(ObjectName service) {
        return ObjectName.parse(leaves.qualified(NameKind.SERVICE, service.toString()));
    }

    /// What the address is in the redacted bundle.
    public IpAddress address(IpAddress address) {
        return pseudonyms.address(address);
    }

    private BundleContents changed(BundleContents original) {
        var resources = new HashMap<Kind<?>, List<JsonNode>>();
        for (var kind : Kinds.ALL) {
            var objects = new ArrayList<JsonNode>();
            for (var object : original.of(kind)) {
                Trim.object(kind, object)
                        .map(trimmed -> shapes.of(kind, trimmed))
                        .ifPresent(objects::add);
            }
            resources.put(kind, objects);
        }
        var nodes = new HashMap<NodeName, NodeReport>();
        for (var report : original.reports().values()) {
            var changed = reports.of(report);
            nodes.put(new NodeName(changed.node()), changed);
        }
        return new BundleContents(head(original.head()), resources, nodes, fabric(original.fabric()));
    }

    private BundleHead head(BundleHead head) {
        var ranges = new HashMap<IpPrefix, Instant>();
        head.rangesSince().forEach((range, since) -> ranges.put(changed(range), since));
        return new BundleHead("cluster", head.capturedAt(), "", head.unobserved(), head.absent(), ranges);
    }

    private IpPrefix changed(IpPrefix range) {
        var text = Objects.requireNonNull(leaves.address().of(StringNode.valueOf(range.toString())));
        return IpPrefix.parse(text.asString());
    }

    private @Nullable JsonNode fabric(@Nullable JsonNode fabric) {
        return fabric == null
                ? null
                : new Shape.OfObject()
                        .with(
                                "segments",
                                new Shape.OfObject()
                                        .with("name", leaves.name(NameKind.WORD))
                                        .with("vlan", leaves.word())
                                        .with("subnets", leaves.address()))
                        .with(
                                "gateways",
                                new Shape.OfObject()
                                        .with(leaves.address(), "address", "routes")
                                        .with("mac", leaves.mac()))
                        .of(fabric);
    }
}
