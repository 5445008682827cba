package dev.underpass.report;

import dev.underpass.net.InterfaceAddress;
import dev.underpass.net.IpAddress.Family;
import dev.underpass.net.NetworkState;
import dev.underpass.net.Route;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads a NodeReport (`underpass.dev/v1`) from JSON.
public final class ReportReader {

    private static final int MAX_DEPTH = 64;
    private static final long MAX_TOKENS = 1_200_000;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxTokenCount(MAX_TOKENS)
                            .build())
                    .build())
            .build();

    private ReportReader() {}

    /// Reads a whole report; unknown fields are ignored.
    ///
    /// @throws ReportFormatException naming the place and the reason, if the text is no report
    public static NodeReport read(byte[] json) throws ReportFormatException {
        var fields = checked(json);
        if (fields.present(BASE)) {
            throw fields.error(BASE, "not a whole report");
        }
        return report(fields, null);
    }

    /// Reads a report, or the changes since another one.
    ///
    /// Sections that changes do not mention are as the base has them; Pods that they do not mention
    /// stay, unless `podsGone` lists their key.
    ///
    /// @param base gives the report with that sequence of the same agent start, where it is known
    /// @throws ReportFormatException naming the place and the reason, if the text is no report
    /// @throws UnknownBaseException if the changes are to a report that is not known
    public static NodeReport read(byte[] json, Base base) throws ReportFormatException, UnknownBaseException {
        var fields = checked(json);
        if (!fields.present(BASE)) {
            return report(fields, null);
        }
        var bootId = fields.text("bootId", "");
        long sequence = fields.number(BASE, 0);
        var known = base.report(fields.text("node"), bootId, sequence);
        if (known == null) {
            throw new UnknownBaseException(sequence);
        }
        return report(fields, known);
    }

    static final String BASE = "changesSince";
    static final String GONE = "podsGone";

    /// Finds an earlier report.
    @FunctionalInterface
    public interface Base {
        @Nullable
        NodeReport report(String node, String bootId, long sequence);
    }

    private static Fields checked(byte[] json) throws ReportFormatException {
        var fields = Fields.of(tree(json), "");
        if (!fields.text("apiVersion", "").equals("underpass.dev/v1")) {
            throw fields.error("apiVersion", "not underpass.dev/v1: " + fields.text("apiVersion", ""));
        }
        if (!fields.text("kind", "").equals("NodeReport")) {
            throw fields.error("kind", "not NodeReport: " + fields.text("kind", ""));
        }
        return fields;
    }

    private static JsonNode tree(byte[] json) throws ReportFormatException {
        try {
            return MAPPER.readTree(json);
        } catch (JacksonException e) {
            var location = e.getLocation();
            var place = location == null
                    ? ""
                    : "line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
            throw new ReportFormatException(place, "not JSON: " + e.getOriginalMessage());
        }
    }

    private static NodeReport report(Fields fields, @Nullable NodeReport base) throws ReportFormatException {
        return new NodeReport(
                fields.text("node"),
                fields.number("sequence", 0),
                fields.text("bootId", ""),
                fields.text("agentVersion", ""),
                fields.value("collectedAt", Instant::parse),
                base != null && !fields.present("host")
                        ? base.host()
                        : host(fields.object("host"), base == null ? HostReport.NOT_OBSERVED : base.host()),
                pods(fields, base == null ? List.of() : base.pods()),
                base != null && !fields.has("probes") ? base.probes() : fields.list("probes", ProbeReader::probe));
    }

    private static HostReport host(Fields fields, HostReport base) throws ReportFormatException {
        return new HostReport(
                namespace(fields, base.namespace()),
                fields.has("kernelRelease") ? fields.optionalText("kernelRelease") : base.kernelRelease(),
                fields.has("kubeProxy") ? kubeProxy(fields) : base.kubeProxy(),
                fields.has("cniConfig") ? fields.optionalMap("cniConfig") : base.cniConfig(),
                fields.has("conntrack") ? counters(fields) : base.conntrack(),
                fields.has("errors") ? fields.texts("errors") : base.errors());
    }

    private static HostReport.@Nullable KubeProxy kubeProxy(Fields host) throws ReportFormatException {
        var fields = host.optionalObject("kubeProxy");
        return fields == null
                ? null
                : new HostReport.KubeProxy(
                        fields.text("mode", "unknown"),
                        fields.optionalText("clusterCIDR"),
                        fields.optional("masqueradeAll", Boolean::valueOf),
                        fields.optionalText("detectLocalMode"));
    }

    private static HostReport.@Nullable ConntrackCounters counters(Fields host) throws ReportFormatException {
        var fields = host.optionalObject("conntrack");
        return fields == null
                ? null
                : new HostReport.ConntrackCounters(
                        fields.number("count", 0),
                        fields.number("max", 0),
                        fields.number("insertFailed", 0),
                        fields.number("drop", 0));
    }

    private static List<PodReport> pods(Fields fields, List<PodReport> base) throws ReportFormatException {
        var pods = new LinkedHashMap<String, PodReport>();
        base.forEach(pod -> pods.put(pod.key(), pod));
        fields.texts(GONE).forEach(pods::remove);
        var mentioned = new HashSet<String>();
        for (var pod : fields.list("pods", each -> pod(each, pods))) {
            if (!mentioned.add(pod.key())) {
                throw fields.error("pods", "two reports of the Pod " + pod.key());
            }
            pods.put(pod.key(), pod);
        }
        return List.copyOf(pods.values());
    }

    private static PodReport pod(Fields fields, Map<String, PodReport> known) throws ReportFormatException {
        var pod = new PodReport(
                fields.text("namespace"),
                fields.text("name"),
                fields.text("uid", ""),
                fields.text("netns", ""),
                fields.optionalText("error"),
                NamespaceReport.NOT_OBSERVED);
        var base = known.get(pod.key());
        var network = namespace(
                fields,
                base != null && base.netns().equals(pod.netns()) ? base.network() : NamespaceReport.NOT_OBSERVED);
        return new PodReport(pod.namespace(), pod.name(), pod.uid(), pod.netns(), pod.error(), network);
    }

    private static NamespaceReport namespace(Fields fields, NamespaceReport base) throws ReportFormatException {
        return new NamespaceReport(
                network(fields, base.network()),
                fields.has("netnsIds") ? netnsIds(fields) : base.netnsIds(),
                filters(fields, base.filters()),
                fields.has("ipvs") ? fields.optionalList("ipvs", ProbeReader::virtualServer) : base.ipvs(),
                fields.has("listeners") ? fields.optionalList("listeners", ProbeReader::listener) : base.listeners(),
                text(fields, "resolvConf", base.resolvConf()));
    }

    private static @Nullable String text(Fields fields, String field, @Nullable String base)
            throws ReportFormatException {
        return fields.has(field) ? fields.optionalText(field) : base;
    }

    private static FilterReport filters(Fields fields, FilterReport base) throws ReportFormatException {
        return new FilterReport(
                text(fields, "iptables", base.iptables()),
                text(fields, "ip6tables", base.ip6tables()),
                text(fields, "iptablesLegacy", base.iptablesLegacy()),
                text(fields, "ip6tablesLegacy", base.ip6tablesLegacy()),
                fields.has("nftables") ? nftables(fields) : base.nftables(),
                fields.has("ipsets") ? fields.optionalList("ipsets", ReportReader::ipset) : base.ipsets());
    }

    private static IpSet ipset(Fields fields) throws ReportFormatException {
        return new IpSet(fields.text("name"), fields.text("type", ""), fields.texts("members"));
    }

    private static NetworkState network(Fields fields, NetworkState base) throws ReportFormatException {
        return new NetworkState(
                section(fields, "links", LinkReader::link, base.links()),
                flattened(fields, base.addresses()),
                section(fields, "rules", each -> RouteReader.rule(each, Family.IPV4), base.rules()),
                section(fields, "rules6", each -> RouteReader.rule(each, Family.IPV6), base.rules6()),
                routes(fields, "routes", Family.IPV4, base.routes()),
                routes(fields, "routes6", Family.IPV6, base.routes6()),
                section(fields, "neighbours", LinkReader::neighbour, base.neighbours()),
                section(fields, "proxyNeighbours", LinkReader::neighbour, base.proxyNeighbours()),
                fields.has("sysctls") ? fields.optionalMap("sysctls") : base.sysctls());
    }

    private static <T> @Nullable List<T> section(
            Fields fields, String name, Fields.Reader<T> reader, @Nullable List<T> base) throws ReportFormatException {
        return fields.has(name) ? fields.optionalList(name, reader) : base;
    }

    private static @Nullable List<InterfaceAddress> flattened(Fields fields, @Nullable List<InterfaceAddress> base)
            throws ReportFormatException {
        if (!fields.has("addresses")) {
            return base;
        }
        var byDevice = fields.optionalList("addresses", LinkReader::addresses);
        return byDevice == null ? null : byDevice.stream().flatMap(List::stream).toList();
    }

    private static @Nullable List<Route> routes(Fields fields, String name, Family family, @Nullable List<Route> base)
            throws ReportFormatException {
        if (!fields.has(name)) {
            return base;
        }
        var routes = fields.optionalList(name, each -> RouteReader.route(each, family));
        return routes == null ? null : routes.stream().flatMap(Optional::stream).toList();
    }

    private static Map<Integer, String> netnsIds(Fields fields) throws ReportFormatException {
        var texts = fields.optionalMap("netnsIds");
        var result = new HashMap<Integer, String>();
        if (texts != null) {
            for (var entry : texts.entrySet()) {
                try {
                    result.put(Integer.valueOf(entry.getKey()), entry.getValue());
                } catch (NumberFormatException _) {
                    throw fields.error("netnsIds." + entry.getKey(), "not a number");
                }
            }
        }
        return result;
    }

    private static @Nullable JsonText nftables(Fields fields) throws ReportFormatException {
        var node = fields.raw("nftables");
        if (node == null) {
            return null;
        }
        if (!node.isObject()) {
            throw fields.error("nftables", "not an object");
        }
        return new JsonText(MAPPER.writeValueAsString(node));
    }
}
