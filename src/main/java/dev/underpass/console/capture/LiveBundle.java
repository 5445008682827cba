package dev.underpass.console.capture;

import dev.underpass.cluster.Fabric;
import dev.underpass.cluster.NodeName;
import dev.underpass.cluster.Reported;
import dev.underpass.console.bundle.BundleContents;
import dev.underpass.console.bundle.BundleHead;
import dev.underpass.console.objects.ClusterObjects;
import dev.underpass.console.objects.Kind;
import dev.underpass.console.watch.ClusterRead;
import dev.underpass.net.IpPrefix;
import dev.underpass.report.Fields;
import dev.underpass.report.NodeReport;
import dev.underpass.report.ReportFormatException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// A bundle of the objects that were read of a live cluster, and of its nodes' reports.
public final class LiveBundle {

    private LiveBundle() {}

    /// What the bundle holds.
    ///
    /// @param rangesSince when ranges came that somebody saw come
    /// @throws ReportFormatException if an object is none, naming the place
    public static BundleContents of(
            String cluster,
            ClusterRead read,
            Map<NodeName, NodeReport> reports,
            Map<IpPrefix, Instant> rangesSince,
            Instant now)
            throws ReportFormatException {
        var head = new BundleHead(
                cluster, now, "", new TreeSet<>(read.forbidden().keySet()), new TreeSet<>(read.absent()), rangesSince);
        return new BundleContents(head, read.resources(), placed(read.resources(), reports), null);
    }

    /// While a Pod moves, two nodes may report it; a bundle tells of it once.
    static Map<NodeName, NodeReport> placed(Map<Kind<?>, List<JsonNode>> resources, Map<NodeName, NodeReport> reports)
            throws ReportFormatException {
        var objects = new ClusterObjects();
        for (var list : resources.values()) {
            for (var object : list) {
                objects.read(Fields.of(object, ""));
            }
        }
        var snapshot = objects.snapshot("cluster", Instant.EPOCH, "", Fabric.ASSUMED);
        return Reported.in(snapshot, reports).snapshot().reports();
    }
}
