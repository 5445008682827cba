package dev.underpass.console.bundle;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.Fabric;
import dev.underpass.cluster.NodeName;
import dev.underpass.cluster.Reported;
import dev.underpass.net.IpAddress;
import dev.underpass.net.IpPrefix;
import dev.underpass.net.MacAddress;
import dev.underpass.report.Fields;
import dev.underpass.report.NodeReport;
import dev.underpass.report.ReportFormatException;
import dev.underpass.report.ReportReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/// Reads a bundle as docs/contracts describe it: `bundle.yaml`, `resources/`, `reports/` and `fabric.json`.
public final class BundleReader {

    private final String source;
    private final Map<String, byte[]> files;

    private BundleReader(String source, Map<String, byte[]> files) {
        this.source = source;
        this.files = files;
    }

    /// Reads the bundle in a directory, `.tar.gz` or `.zip`.
    ///
    /// @throws BundleException naming file, place and reason
    public static ClusterSnapshot read(Path path) throws BundleException {
        var bundle = bundle(path);
        return Reported.in(bundle.resources(), bundle.reports()).snapshot();
    }

    /// Reads the bundle, with its reports apart from the rest.
    ///
    /// @throws BundleException naming file, place and reason
    public static Bundle bundle(Path path) throws BundleException {
        return new BundleReader(path.toString(), BundleFiles.read(path)).bundle();
    }

    private Bundle bundle() throws BundleException {
        var head = head();
        var reports = reports();
        checkPods(reports);
        var resources = resources();
        var cluster = resources
                .objects()
                .snapshot(head.cluster(), head.capturedAt(), head.comment(), fabric())
                .withUnobserved(head.unobserved())
                .withRangesSince(head.rangesSince());
        return new Bundle(cluster, reports, resources.edited());
    }

    private Resources resources() throws BundleException {
        var resources = new Resources();
        for (var entry : files.entrySet()) {
            if (entry.getKey().startsWith("resources/")) {
                readResources(entry.getKey(), entry.getValue(), resources);
            }
        }
        return resources;
    }

    /// Reads the bundle as the documents that it is made of, of the kinds that matter.
    ///
    /// @throws BundleException naming file, place and reason
    public static BundleContents contents(Path path) throws BundleException {
        var reader = new BundleReader(path.toString(), BundleFiles.read(path));
        var bundle = reader.bundle();
        var fabric = reader.files.get("fabric.json");
        return new BundleContents(
                reader.head(),
                reader.resources().documents(),
                bundle.reports(),
                fabric == null
                        ? null
                        : Documents.read(reader.named("fabric.json"), fabric)
                                .getFirst()
                                .node());
    }

    private BundleHead head() throws BundleException {
        var file = "bundle.yaml";
        var documents = Documents.read(named(file), Objects.requireNonNull(files.get(file)));
        if (documents.size() != 1) {
            throw new BundleException(named(file), "not one document but " + documents.size());
        }
        try {
            var fields = Fields.of(documents.getFirst().node(), "");
            if (!fields.text("apiVersion", "").equals("underpass.dev/v1")) {
                throw fields.error("apiVersion", "not underpass.dev/v1: '" + fields.text("apiVersion", "") + "'");
            }
            if (!fields.text("kind", "").equals("Bundle")) {
                throw fields.error("kind", "not Bundle: '" + fields.text("kind", "") + "'");
            }
            return new BundleHead(
                    fields.text("cluster", "cluster"),
                    fields.value("capturedAt", Instant.EPOCH, Instant::parse),
                    fields.text("comment", ""),
                    new TreeSet<>(fields.texts("unobserved")),
                    new TreeSet<>(fields.texts("absent")),
                    rangesSince(fields));
        } catch (ReportFormatException e) {
            throw new BundleException(named(file), String.valueOf(e.getMessage()));
        }
    }

    private static Map<IpPrefix, Instant> rangesSince(Fields head) throws ReportFormatException {
        var result = new HashMap<IpPrefix, Instant>();
        for (var each : head.list("rangesSince", fields -> fields)) {
            var range = each.value("range", IpPrefix::parse);
            if (result.put(range, each.value("since", Instant::parse)) != null) {
                throw each.error("range", "told twice: " + range);
            }
        }
        return result;
    }

    private String named(String file) {
        return source + "/" + file;
    }

    private void readResources(String file, byte[] content, Resources resources) throws BundleException {
        for (var document : Documents.read(named(file), content)) {
            try {
                resources.add(document.node(), document.place(), named(file));
            } catch (ReportFormatException e) {
                throw new BundleException(named(file), String.valueOf(e.getMessage()));
            }
        }
    }

    private Map<NodeName, NodeReport> reports() throws BundleException {
        var reports = new TreeMap<String, NodeReport>();
        var origin = new HashMap<String, String>();
        for (var entry : files.entrySet()) {
            var file = entry.getKey();
            if (!file.startsWith("reports/") || !file.endsWith(".json")) {
                continue;
            }
            var report = report(file, entry.getValue());
            var earlier = origin.put(report.node(), file);
            if (earlier != null) {
                throw new BundleException(
                        named(file), "node %s already has a report in %s".formatted(report.node(), earlier));
            }
            reports.put(report.node(), report);
        }
        var result = new HashMap<NodeName, NodeReport>();
        reports.forEach((node, report) -> result.put(new NodeName(node), report));
        return result;
    }

    private NodeReport report(String file, byte[] content) throws BundleException {
        NodeReport report;
        try {
            report = ReportReader.read(content);
            ReportCheck.check(report);
        } catch (ReportFormatException e) {
            throw new BundleException(named(file), String.valueOf(e.getMessage()));
        }
        var expected = file.substring("reports/".length(), file.length() - ".json".length());
        if (!report.node().equals(expected)) {
            throw new BundleException(
                    named(file), "node: the file is named for another node than '" + report.node() + "'");
        }
        return report;
    }

    private void checkPods(Map<NodeName, NodeReport> reports) throws BundleException {
        var seen = new HashMap<String, String>();
        for (var report : reports.values()) {
            for (var pod : report.pods()) {
                var name = pod.name().isEmpty() ? pod.uid() : pod.namespace() + "/" + pod.name();
                var earlier = seen.put(name, report.node());
                if (earlier != null) {
                    throw new BundleException(
                            named("reports/" + report.node() + ".json"),
                            "Pod %s is also reported by %s".formatted(name, earlier));
                }
            }
        }
    }

    private Fabric fabric() throws BundleException {
        var content = files.get("fabric.json");
        if (content == null) {
            return Fabric.ASSUMED;
        }
        var documents = Documents.read(named("fabric.json"), content);
        if (documents.size() != 1) {
            throw new BundleException(named("fabric.json"), "not one document but " + documents.size());
        }
        try {
            var fields = Fields.of(documents.getFirst().node(), "");
            return new Fabric(
                    fields.list("segments", BundleReader::segment), fields.list("gateways", BundleReader::gateway));
        } catch (ReportFormatException e) {
            throw new BundleException(named("fabric.json"), String.valueOf(e.getMessage()));
        }
    }

    private static Fabric.Segment segment(Fields fields) throws ReportFormatException {
        return new Fabric.Segment(fields.text("name", ""), fields.optionalInt("vlan"), prefixes(fields, "subnets"));
    }

    private static Fabric.Gateway gateway(Fields fields) throws ReportFormatException {
        return new Fabric.Gateway(
                fields.value("address", IpAddress::parse),
                fields.optional("mac", MacAddress::new),
                prefixes(fields, "routes"));
    }

    private static List<IpPrefix> prefixes(Fields fields, String field) throws ReportFormatException {
        var result = new ArrayList<IpPrefix>();
        for (var text : fields.texts(field)) {
            try {
                result.add(IpPrefix.parse(text));
            } catch (IllegalArgumentException e) {
                throw fields.error(field, String.valueOf(e.getMessage()));
            }
        }
        return result;
    }
}
