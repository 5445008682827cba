package dev.underpass.console.api;

import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.analysis.PodSummary;
import dev.underpass.console.view.FindingView;
import dev.underpass.console.view.PairView;
import dev.underpass.console.view.ReportView;
import dev.underpass.console.view.RouteLines;
import dev.underpass.coordinator.DriftItem;
import dev.underpass.coordinator.EffectiveSettings;
import dev.underpass.coordinator.PodNetwork;
import dev.underpass.diagnosis.Verdict;
import dev.underpass.net.IpAddress.Family;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The shapes of the API's answers about Pods.
final class PodViews {

    private PodViews() {}

    /// A Pod in a list.
    record PodView(
            String namespace,
            String name,
            @Nullable String node,
            String attachment,
            String mode,
            List<InterfaceView> interfaces,
            CountsView reachability,
            List<String> findings,
            ReportView report,
            @Nullable String error) {}

    /// A device of a Pod.
    record InterfaceView(String name, String role, String kind, List<String> addresses) {}

    /// How many Service ports the Pod reaches.
    record CountsView(long reachable, long unreachable, long undetermined) {}

    static PodView pod(ClusterView cluster, PodSummary pod) {
        var network = pod.analysis().network();
        return new PodView(
                pod.name().namespace(),
                pod.name().name(),
                Views.text(pod.analysis().pod().node()),
                network.attachment(),
                network.mode().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                network.nics().stream().map(PodViews::nic).toList(),
                new CountsView(pod.reachable(), pod.unreachable(), pod.undetermined()),
                pod.codes(),
                ReportView.of(cluster.freshness(pod.analysis().pod().node())),
                cluster.error(pod));
    }

    private static InterfaceView nic(PodNetwork.Nic nic) {
        return new InterfaceView(
                nic.device().value(),
                nic.role().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                nic.kind(),
                nic.addresses().stream().map(Object::toString).toList());
    }

    /// A Pod with everything that is known of it.
    record PodDetailView(
            PodView pod,
            String reason,
            List<SettingView> settings,
            List<LineView> plan,
            List<DriftView> drift,
            List<FindingView> findings) {}

    /// A setting and where it comes from.
    record SettingView(String name, String value, String source) {}

    /// An expected line.
    record LineView(String text, String because) {}

    /// A difference between the plan and what was reported.
    record DriftView(String change, String family, String text, String reason, String code, boolean onNode) {}

    static PodDetailView detail(ClusterView cluster, PodSummary pod) {
        var analysis = pod.analysis();
        return new PodDetailView(
                pod(cluster, pod),
                analysis.network().reason().toString(),
                analysis.settings().all().stream().map(PodViews::setting).toList(),
                analysis.plan().lines().stream()
                        .map(line -> new LineView(
                                line.route().toString(), line.because().toString()))
                        .toList(),
                analysis.drift().stream().map(PodViews::drift).toList(),
                cluster.findings().stream()
                        .filter(finding -> finding.affected().pods().contains(pod.name()))
                        .map(FindingView::of)
                        .toList());
    }

    private static SettingView setting(EffectiveSettings.Setting<?> setting) {
        return new SettingView(
                setting.name(), setting.value().toString(), setting.source().toString());
    }

    static DriftView drift(DriftItem item) {
        return new DriftView(
                item.change().name().toLowerCase(Locale.ROOT),
                item.family() == Family.IPV4 ? "ipv4" : "ipv6",
                item.text(),
                item.reason().toString(),
                item.code(),
                item.onNode());
    }

    /// A Pod's rules and tables.
    record RoutesView(
            @Nullable List<RouteLines.RuleLine> rules,
            @Nullable Map<String, List<RouteLines.RouteLine>> tables,
            @Nullable List<RouteLines.RuleLine> rules6,
            @Nullable Map<String, List<RouteLines.RouteLine>> tables6,
            List<DriftView> drift) {}

    static RoutesView routes(ClusterView cluster, PodSummary pod) {
        var four = RouteLines.of(cluster, pod, Family.IPV4);
        var six = RouteLines.of(cluster, pod, Family.IPV6);
        return new RoutesView(
                four.rules(),
                four.tables(),
                six.rules(),
                six.tables(),
                pod.analysis().drift().stream().map(PodViews::drift).toList());
    }

    /// A Pod's verdict on one Service port.
    record ReachabilityView(
            @Nullable String service,
            String clusterIP,
            int port,
            String protocol,
            String disposition,
            @Nullable String code,
            String summary,
            String confidence,
            List<PairView.BackendView> backends) {}

    static ReachabilityView reachability(Verdict verdict) {
        return new ReachabilityView(
                Views.text(verdict.to().service()),
                verdict.to().address().toString(),
                verdict.to().port(),
                verdict.to().protocol().name(),
                verdict.disposition().name(),
                verdict.code(),
                verdict.summary().toString(),
                verdict.confidence().name().toLowerCase(Locale.ROOT),
                PairView.backends(verdict));
    }
}
