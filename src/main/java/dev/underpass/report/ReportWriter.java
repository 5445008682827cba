package dev.underpass.report;

import java.io.OutputStream;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Writes a NodeReport (`underpass.dev/v1`) as JSON: whole, or what changed since an earlier one.
public final class ReportWriter {

    private static final JsonFactory FACTORY = JsonFactory.builder().build();

    private final JsonGenerator json;

    private ReportWriter(JsonGenerator json) {
        this.json = json;
    }

    /// Writes the whole report.
    public static void write(NodeReport report, OutputStream to) {
        changes(report, null, to);
    }

    /// Writes what [ReportReader] needs to make the report out of its base; all of it without one.
    public static void changes(NodeReport report, @Nullable NodeReport base, OutputStream to) {
        try (var json = FACTORY.createGenerator(ObjectWriteContext.empty(), to)) {
            new ReportWriter(json).report(report, base);
        }
    }

    private void report(NodeReport report, @Nullable NodeReport base) {
        json.writeStartObject();
        json.writeStringProperty("apiVersion", "underpass.dev/v1");
        json.writeStringProperty("kind", "NodeReport");
        json.writeStringProperty("node", report.node());
        json.writeNumberProperty("sequence", report.sequence());
        json.writeStringProperty("bootId", report.bootId());
        json.writeStringProperty("agentVersion", report.agentVersion());
        json.writeStringProperty("collectedAt", report.collectedAt().toString());
        if (base != null) {
            json.writeNumberProperty(ReportReader.BASE, base.sequence());
            gone(report, base);
        }
        if (base == null || !base.host().equals(report.host())) {
            json.writeName("host");
            host(report.host(), base == null ? null : base.host());
        }
        pods(report, base);
        if (base == null || !base.probes().equals(report.probes())) {
            json.writeName("probes");
            new SocketWriter(json).probes(report.probes());
        }
        json.writeEndObject();
    }

    private void gone(NodeReport report, NodeReport base) {
        json.writeArrayPropertyStart(ReportReader.GONE);
        if (!report.pods().equals(base.pods())) {
            var now = report.podsByKey();
            for (var pod : base.pods()) {
                if (!now.containsKey(pod.key())) {
                    json.writeString(pod.key());
                }
            }
        }
        json.writeEndArray();
    }

    private void host(HostReport host, @Nullable HostReport base) {
        json.writeStartObject();
        namespace(host.namespace(), base == null ? null : base.namespace());
        text("kernelRelease", host.kernelRelease(), base == null ? null : base.kernelRelease(), base == null);
        if (base == null || !Objects.equals(base.kubeProxy(), host.kubeProxy())) {
            kubeProxy(host.kubeProxy());
        }
        if (base == null || !Objects.equals(base.cniConfig(), host.cniConfig())) {
            map("cniConfig", host.cniConfig());
        }
        if (base == null || !Objects.equals(base.conntrack(), host.conntrack())) {
            conntrack(host.conntrack());
        }
        if (base == null || !base.errors().equals(host.errors())) {
            json.writeArrayPropertyStart("errors");
            host.errors().forEach(json::writeString);
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private void kubeProxy(HostReport.@Nullable KubeProxy proxy) {
        if (proxy == null) {
            json.writeNullProperty("kubeProxy");
            return;
        }
        json.writeObjectPropertyStart("kubeProxy");
        json.writeStringProperty("mode", proxy.mode());
        text("clusterCIDR", proxy.clusterCidr(), null, false);
        if (proxy.masqueradeAll() != null) {
            json.writeBooleanProperty("masqueradeAll", proxy.masqueradeAll());
        }
        text("detectLocalMode", proxy.detectLocalMode(), null, false);
        json.writeEndObject();
    }

    private void conntrack(HostReport.@Nullable ConntrackCounters counters) {
        if (counters == null) {
            json.writeNullProperty("conntrack");
            return;
        }
        json.writeObjectPropertyStart("conntrack");
        json.writeNumberProperty("count", counters.count());
        json.writeNumberProperty("max", counters.max());
        json.writeNumberProperty("insertFailed", counters.insertFailed());
        json.writeNumberProperty("drop", counters.drop());
        json.writeEndObject();
    }

    private void pods(NodeReport report, @Nullable NodeReport base) {
        json.writeArrayPropertyStart("pods");
        if (base == null || !report.pods().equals(base.pods())) {
            var before = base == null ? Map.<String, PodReport>of() : base.podsByKey();
            for (var pod : report.pods()) {
                var known = before.get(pod.key());
                if (!pod.equals(known)) {
                    pod(pod, known);
                }
            }
        }
        json.writeEndArray();
    }

    private void pod(PodReport pod, @Nullable PodReport base) {
        json.writeStartObject();
        json.writeStringProperty("namespace", pod.namespace());
        json.writeStringProperty("name", pod.name());
        json.writeStringProperty("uid", pod.uid());
        json.writeStringProperty("netns", pod.netns());
        text("error", pod.error(), null, true);
        namespace(pod.network(), base != null && base.netns().equals(pod.netns()) ? base.network() : null);
        json.writeEndObject();
    }

    private void namespace(NamespaceReport report, @Nullable NamespaceReport base) {
        new NetworkWriter(json).network(report.network(), base == null ? null : base.network());
        if (base == null || !base.netnsIds().equals(report.netnsIds())) {
            json.writeObjectPropertyStart("netnsIds");
            report.netnsIds().forEach((id, owner) -> json.writeStringProperty(id.toString(), owner));
            json.writeEndObject();
        }
        filters(report.filters(), base == null ? null : base.filters());
        var sockets = new SocketWriter(json);
        if (base == null || !Objects.equals(base.ipvs(), report.ipvs())) {
            sockets.ipvs(report.ipvs());
        }
        if (base == null || !Objects.equals(base.listeners(), report.listeners())) {
            sockets.listeners(report.listeners());
        }
        text("resolvConf", report.resolvConf(), base == null ? null : base.resolvConf(), base == null);
    }

    private void filters(FilterReport filters, @Nullable FilterReport base) {
        var known = base == null ? FilterReport.NOT_OBSERVED : base;
        boolean all = base == null;
        text("iptables", filters.iptables(), known.iptables(), all);
        text("ip6tables", filters.ip6tables(), known.ip6tables(), all);
        text("iptablesLegacy", filters.iptablesLegacy(), known.iptablesLegacy(), all);
        text("ip6tablesLegacy", filters.ip6tablesLegacy(), known.ip6tablesLegacy(), all);
        if (all || !Objects.equals(known.nftables(), filters.nftables())) {
            json.writeName("nftables");
            json.writeRawValue(
                    filters.nftables() == null ? "null" : filters.nftables().text());
        }
        if (all || !Objects.equals(known.ipsets(), filters.ipsets())) {
            new SocketWriter(json).ipsets(filters.ipsets());
        }
    }

    private void text(String field, @Nullable String value, @Nullable String base, boolean always) {
        if (always || !Objects.equals(value, base)) {
            json.writeStringProperty(field, value);
        }
    }

    private void map(String field, @Nullable Map<String, String> map) {
        if (map == null) {
            json.writeNullProperty(field);
            return;
        }
        json.writeObjectPropertyStart(field);
        map.forEach(json::writeStringProperty);
        json.writeEndObject();
    }
}
