package dev.underpass.report;

import dev.underpass.net.InterfaceAddress;
import dev.underpass.net.IpAddress;
import dev.underpass.net.IpAddress.Family;
import dev.underpass.net.NetworkState;
import dev.underpass.net.Protocol;
import dev.underpass.net.Route;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads a NodeReport (`underpass.dev/v1`) from JSON.
public final class ReportReader {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private ReportReader() {}

    /// Reads a report; unknown fields are ignored.
    ///
    /// @throws ReportFormatException naming the place and the reason, if the text is no report
    public static NodeReport read(byte[] json) throws ReportFormatException {
        JsonNode root;
        try {
            root = MAPPER.readTree(json);
        } catch (JacksonException e) {
            var location = e.getLocation();
            var place = location == null
                    ? ""
                    : "line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
            throw new ReportFormatException(place, "not JSON: " + e.getOriginalMessage());
        }
        return report(Fields.of(root, ""));
    }

    private static NodeReport report(Fields fields) throws ReportFormatException {
        if (!fields.text("apiVersion", "").equals("underpass.dev/v1")) {
            throw fields.error("apiVersion", "not underpass.dev/v1: " + fields.text("apiVersion", ""));
        }
        if (!fields.text("kind", "").equals("NodeReport")) {
            throw fields.error("kind", "not NodeReport: " + fields.text("kind", ""));
        }
        return new NodeReport(
                fields.text("node"),
                fields.number("sequence", 0),
                fields.text("bootId", ""),
                fields.text("agentVersion", ""),
                fields.value("collectedAt", Instant::parse),
                host(fields.object("host")),
                fields.list("pods", ReportReader::pod),
                fields.list("probes", ReportReader::probe));
    }

    private static HostReport host(Fields fields) throws ReportFormatException {
        var proxy = fields.optionalObject("kubeProxy");
        var conntrack = fields.optionalObject("conntrack");
        var cni = fields.optionalMap("cniConfig");
        return new HostReport(
                namespace(fields),
                fields.optionalText("kernelRelease"),
                proxy == null ? null : kubeProxy(proxy),
                cni == null ? Map.of() : cni,
                conntrack == null ? null : counters(conntrack));
    }

    private static HostReport.KubeProxy kubeProxy(Fields fields) throws ReportFormatException {
        return new HostReport.KubeProxy(
                fields.text("mode", "unknown"),
                fields.optionalText("clusterCIDR"),
                fields.optional("masqueradeAll", Boolean::valueOf),
                fields.optionalText("detectLocalMode"));
    }

    private static HostReport.ConntrackCounters counters(Fields fields) throws ReportFormatException {
        return new HostReport.ConntrackCounters(
                fields.number("count", 0),
                fields.number("max", 0),
                fields.number("insertFailed", 0),
                fields.number("drop", 0));
    }

    private static PodReport pod(Fields fields) throws ReportFormatException {
        return new PodReport(
                fields.text("namespace"),
                fields.text("name"),
                fields.text("uid", ""),
                fields.text("netns", ""),
                fields.optionalText("error"),
                namespace(fields));
    }

    private static NamespaceReport namespace(Fields fields) throws ReportFormatException {
        return new NamespaceReport(
                network(fields),
                netnsIds(fields),
                fields.optionalText("iptables"),
                fields.optionalText("ip6tables"),
                fields.optionalText("iptablesLegacy"),
                fields.optionalText("ip6tablesLegacy"),
                nftables(fields),
                fields.optionalList("ipvs", ReportReader::virtualServer),
                fields.optionalList("listeners", ReportReader::listener),
                fields.optionalText("resolvConf"));
    }

    private static NetworkState network(Fields fields) throws ReportFormatException {
        var addresses = fields.optionalList("addresses", LinkReader::addresses);
        return new NetworkState(
                fields.optionalList("links", LinkReader::link),
                addresses == null ? null : flattened(addresses),
                fields.optionalList("rules", each -> RouteReader.rule(each, Family.IPV4)),
                fields.optionalList("rules6", each -> RouteReader.rule(each, Family.IPV6)),
                routes(fields, "routes", Family.IPV4),
                routes(fields, "routes6", Family.IPV6),
                fields.optionalList("neighbours", LinkReader::neighbour),
                fields.optionalList("proxyNeighbours", LinkReader::neighbour),
                fields.optionalMap("sysctls"));
    }

    private static List<InterfaceAddress> flattened(List<List<InterfaceAddress>> byDevice) {
        return byDevice.stream().flatMap(List::stream).toList();
    }

    private static @Nullable List<Route> routes(Fields fields, String section, Family family)
            throws ReportFormatException {
        var routes = fields.optionalList(section, each -> RouteReader.route(each, family));
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

    @SuppressWarnings("unchecked")
    private static @Nullable Map<String, ?> nftables(Fields fields) throws ReportFormatException {
        var node = fields.raw("nftables");
        if (node == null) {
            return null;
        }
        if (!node.isObject()) {
            throw fields.error("nftables", "not an object");
        }
        return MAPPER.convertValue(node, Map.class);
    }

    private static VirtualServer virtualServer(Fields fields) throws ReportFormatException {
        return new VirtualServer(
                fields.value("address", IpAddress::parse),
                fields.integer("port", 0),
                fields.value("protocol", Protocol::parse),
                fields.text("scheduler", ""),
                fields.list("realServers", ReportReader::realServer));
    }

    private static VirtualServer.RealServer realServer(Fields fields) throws ReportFormatException {
        return new VirtualServer.RealServer(
                fields.value("address", IpAddress::parse), fields.integer("port", 0), fields.integer("weight", 1));
    }

    private static Listener listener(Fields fields) throws ReportFormatException {
        var any = fields.text("address").equals("*");
        return new Listener(
                fields.value("protocol", Protocol::parse),
                any ? null : fields.value("address", IpAddress::parse),
                fields.integer("port", 0));
    }

    private static ProbeResult probe(Fields fields) throws ReportFormatException {
        var from = fields.object("from");
        var to = fields.object("to");
        return new ProbeResult(
                from.text("namespace"),
                from.text("name"),
                to.value("address", IpAddress::parse),
                to.integer("port", 0),
                to.value("protocol", Protocol.TCP, Protocol::parse),
                fields.text("outcome"),
                fields.number("rttMicros", 0),
                fields.optional("at", Instant::parse));
    }
}
