package dev.underpass.console.bundle;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.NodeName;
import dev.underpass.console.objects.Kind;
import dev.underpass.report.NodeReport;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// A bundle as it was read.
///
/// @param resources the cluster without what only reports know of it
/// @param edited the objects of the kinds that people edit, as they were written
public record Bundle(
        ClusterSnapshot resources, Map<NodeName, NodeReport> reports, Map<Kind<?>, List<JsonNode>> edited) {

    public Bundle {
        reports = Map.copyOf(reports);
        edited = Map.copyOf(edited);
    }
}
