package dev.underpass.console.bundle;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.NodeName;
import dev.underpass.report.NodeReport;
import java.util.Map;

/// A bundle as it was read.
///
/// @param resources the cluster without what only reports know of it
public record Bundle(ClusterSnapshot resources, Map<NodeName, NodeReport> reports) {

    public Bundle {
        reports = Map.copyOf(reports);
    }
}
