package dev.underpass.console.bundle;

import dev.underpass.cluster.NodeName;
import dev.underpass.console.objects.Kind;
import dev.underpass.report.NodeReport;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A bundle as the documents that it is made of.
///
/// @param resources the objects by kind, each with its `apiVersion` and `kind`
/// @param fabric what `fabric.json` holds; absent without one
public record BundleContents(
        BundleHead head,
        Map<Kind<?>, List<JsonNode>> resources,
        Map<NodeName, NodeReport> reports,
        @Nullable JsonNode fabric) {

    public BundleContents {
        resources = resources.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> List.copyOf(entry.getValue())));
        reports = Map.copyOf(reports);
    }

    /// The objects of a kind; none of one that the bundle does not have.
    public List<JsonNode> of(Kind<?> kind) {
        return resources.getOrDefault(kind, List.of());
    }

    /// The reports by the nodes' names.
    Map<String, NodeReport> byNode() {
        var byNode = new TreeMap<String, NodeReport>();
        reports.forEach((node, report) -> byNode.put(node.value(), report));
        return byNode;
    }
}
