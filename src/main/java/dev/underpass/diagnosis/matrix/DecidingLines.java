package dev.underpass.diagnosis.matrix;

import dev.underpass.cluster.ObjectName;
import dev.underpass.diagnosis.Analysis;
import dev.underpass.diagnosis.PodAnalysis;
import dev.underpass.diagnosis.Roles;
import dev.underpass.net.Link;
import dev.underpass.net.NetworkState;
import dev.underpass.report.HostReport.KubeProxy;
import dev.underpass.report.NodeReport;
import dev.underpass.report.PodReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What decides over a Pod's packets, as lines in which its own and its node's names and addresses are roles.
final class DecidingLines {

    private final Analysis analysis;
    private final Map<ObjectName, PodReport> reports = new HashMap<>();

    DecidingLines(Analysis analysis) {
        this.analysis = analysis;
        for (var report : analysis.snapshot().reports().values()) {
            report.pods().stream()
                    .filter(pod -> !pod.name().isEmpty())
                    .forEach(pod -> reports.put(new ObjectName(pod.namespace(), pod.name()), pod));
        }
    }

    List<String> of(PodAnalysis pod) {
        var name = pod.pod().name();
        var lines = new ArrayList<String>();
        lines.add("attachment " + pod.network().attachment());
        lines.add("mode " + pod.network().mode());
        var report = reports.get(name);
        if (report == null) {
            lines.add("no report");
        } else {
            var roles = Roles.of(analysis, name);
            Stream.concat(
                            ofNetwork(report.network().network()),
                            report.error() == null ? Stream.empty() : Stream.of("not all could be read"))
                    .map(roles::in)
                    .distinct()
                    .sorted()
                    .forEach(lines::add);
        }
        lines.add(ofNode(analysis.snapshot().reports().get(pod.network().node())));
        return lines;
    }

    private static Stream<String> ofNetwork(NetworkState state) {
        return Stream.of(
                        section("link ", state.links(), DecidingLines::link),
                        section("rule ", state.rules(), Object::toString),
                        section("rule6 ", state.rules6(), Object::toString),
                        section("route ", state.routes(), Object::toString),
                        section("route6 ", state.routes6(), Object::toString),
                        sysctls(state.sysctls()))
                .flatMap(lines -> lines);
    }

    private static <T> Stream<String> section(
            String word, @Nullable List<T> items, java.util.function.Function<T, String> text) {
        return items == null
                ? Stream.of(word + "not observed")
                : items.stream().map(text).map(word::concat);
    }

    private static String link(Link link) {
        return "%s %s %s mtu %d %s"
                .formatted(
                        link.name(),
                        link.kind(),
                        link.mode(),
                        link.mtuBytes(),
                        link.running() ? "running" : "not running");
    }

    private static Stream<String> sysctls(@Nullable Map<String, String> sysctls) {
        return sysctls == null
                ? Stream.of("sysctl not observed")
                : sysctls.entrySet().stream()
                        .filter(entry -> entry.getKey().endsWith(".rp_filter")
                                || entry.getKey().endsWith("forwarding")
                                || entry.getKey().endsWith("ip_forward"))
                        .map(entry -> "sysctl " + entry.getKey() + " = " + entry.getValue());
    }

    private static String ofNode(@Nullable NodeReport report) {
        if (report == null) {
            return "node without report";
        }
        KubeProxy proxy = report.host().kubeProxy();
        return proxy == null
                ? "node kube-proxy not observed"
                : "node kube-proxy %s masqueradeAll %s".formatted(proxy.mode(), proxy.masqueradeAll());
    }
}
