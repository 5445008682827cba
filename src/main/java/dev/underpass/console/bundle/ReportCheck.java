package dev.underpass.console.bundle;

import dev.underpass.cluster.NodeName;
import dev.underpass.cluster.ObjectName;
import dev.underpass.netfilter.Ruleset;
import dev.underpass.report.NamespaceReport;
import dev.underpass.report.NodeReport;
import dev.underpass.report.PodReport;
import dev.underpass.report.ReportFormatException;
import java.util.HashSet;

/// Checks what the report's codec leaves to others: names, and packet filter dumps, which are texts of their own.
public final class ReportCheck {

    private ReportCheck() {}

    /// Refuses a report that the analysis could not work with.
    ///
    /// @throws ReportFormatException naming the place and the reason
    public static void check(NodeReport report) throws ReportFormatException {
        check("node", () -> new NodeName(report.node()));
        rules("host", report.host().namespace());
        var names = new HashSet<String>();
        for (var pod : report.pods()) {
            var place = "pod %s/%s".formatted(pod.namespace(), pod.name());
            named(pod, place);
            if (!pod.name().isEmpty() && !names.add(pod.namespace() + "/" + pod.name())) {
                throw new ReportFormatException(place, "reported twice");
            }
            rules(place, pod.network());
        }
        probes(report);
    }

    /// Probes name their Pod in full.
    private static void probes(NodeReport report) throws ReportFormatException {
        for (var probe : report.probes()) {
            check("probes", () -> new ObjectName(probe.podNamespace(), probe.podName()));
        }
    }

    /// A Pod has either both names or just a uid.
    private static void named(PodReport pod, String place) throws ReportFormatException {
        if (!pod.namespace().isEmpty() || !pod.name().isEmpty()) {
            check(place, () -> new ObjectName(pod.namespace(), pod.name()));
        } else if (pod.uid().isEmpty()) {
            throw new ReportFormatException(place, "neither a name nor a uid");
        }
    }

    private static void rules(String place, NamespaceReport report) throws ReportFormatException {
        var filters = report.filters();
        check(
                place,
                () -> Ruleset.parse(
                        filters.iptables(),
                        filters.ip6tables(),
                        filters.iptablesLegacy(),
                        filters.ip6tablesLegacy(),
                        filters.nftTree()));
    }

    private static void check(String place, java.util.function.Supplier<?> value) throws ReportFormatException {
        try {
            var _ = value.get();
        } catch (IllegalArgumentException e) {
            throw new ReportFormatException(place, String.valueOf(e.getMessage()));
        }
    }
}
