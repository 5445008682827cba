package dev.underpass.console.journal;

import dev.underpass.cluster.Pod.AttachedNetwork;
import dev.underpass.cluster.SpiderpoolResources.Allocation;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.analysis.PodSummary;
import dev.underpass.diagnosis.ConfigurationChange;
import dev.underpass.diagnosis.Finding;
import dev.underpass.report.NodeReport;
import dev.underpass.report.ProbeResult;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/// What is known to have happened to a Pod's network: what Kubernetes dates, what this console saw, what agents did.
/// Whatever nobody dated is not in it.
@Component
public class PodHistory {

    /// Of the whole cluster; the coordinator writes a Pod's routes by them.
    private static final Set<String> OF_ALL =
            Set.of("SpiderCoordinator", "ServiceCIDR", "IPPool", "CiliumPodIPPool", "ConfigMap");

    private final Journal journal;
    private final RouteJournal routes;

    PodHistory(Journal journal, RouteJournal routes) {
        this.journal = journal;
        this.routes = routes;
    }

    /// Something that happened.
    public sealed interface Event {

        Instant at();

        /// A key of the page's words, and the `what` of JSON.
        default String what() {
            return switch (this) {
                case Made _ -> "made";
                case Started _ -> "started";
                case Configured _ -> "configured";
                case Routed _ -> "routed";
                case Found _ -> "found";
                case Probed _ -> "probed";
            };
        }
    }

    /// The Pod was created, as its object says.
    public record Made(Instant at) implements Event {}

    /// Its kubelet took it up, as its object says.
    public record Started(Instant at) implements Event {}

    /// What its network is made by changed, as the watch saw it.
    ///
    /// @param id of the change in the journal
    /// @param later whether the Pod was made before, so that what it has may be of before
    public record Configured(Instant at, long id, ConfigurationChange change, boolean later) implements Event {}

    /// Rules or routes came or went, as two reports tell.
    public record Routed(Instant at, RouteJournal.Entry lines) implements Event {}

    /// A finding that hits the Pod began.
    public record Found(Instant at, String code, String title) implements Event {}

    /// An agent tried a connection.
    public record Probed(Instant at, String to, String outcome) implements Event {}

    /// All that is known, the newest first.
    public List<Event> of(ClusterView cluster, PodSummary pod) {
        return Stream.of(dates(pod), configured(cluster, pod), routed(pod), found(cluster, pod), probed(cluster, pod))
                .flatMap(each -> each)
                .filter(event -> !cluster.recorded() || !event.at().isAfter(cluster.knownAt()))
                .sorted(Comparator.comparing(Event::at).reversed())
                .toList();
    }

    /// Since when this console compares the routes of reports.
    public Instant since() {
        return routes.since();
    }

    private static Stream<Event> dates(PodSummary pod) {
        var object = pod.analysis().pod();
        return Stream.concat(
                Stream.ofNullable(object.startedAt()).map(Started::new),
                Stream.ofNullable(object.createdAt()).map(Made::new));
    }

    private Stream<Event> routed(PodSummary pod) {
        return routes.of(pod.name()).stream().map(entry -> new Routed(entry.at(), entry));
    }

    private static Stream<Event> found(ClusterView cluster, PodSummary pod) {
        return cluster.findings().stream()
                .filter(finding -> finding.since() != null)
                .filter(finding -> finding.affected().pods().contains(pod.name()))
                .map(PodHistory::found);
    }

    private static Event found(Finding finding) {
        return new Found(Objects.requireNonNull(finding.since()), finding.code(), finding.title());
    }

    private static Stream<Event> probed(ClusterView cluster, PodSummary pod) {
        var node = pod.analysis().pod().node();
        var report = node == null ? Optional.<NodeReport>empty() : cluster.report(node);
        return report.map(NodeReport::probes).orElse(List.of()).stream()
                .filter(probe -> probe.podNamespace().equals(pod.name().namespace())
                        && probe.podName().equals(pod.name().name()))
                .filter(probe -> probe.at() != null)
                .map(PodHistory::probed);
    }

    private static Event probed(ProbeResult probe) {
        return new Probed(
                Objects.requireNonNull(probe.at()),
                "%s %s:%d".formatted(probe.protocol(), probe.address(), probe.port()),
                probe.outcome().toString());
    }

    private Stream<Event> configured(ClusterView cluster, PodSummary pod) {
        return changes(cluster, pod).map(each -> each);
    }

    /// The changes of what the Pod's network is made by, the newest first.
    public Stream<Configured> changes(ClusterView cluster, PodSummary pod) {
        var names = names(cluster, pod);
        boolean coordinated = pod.analysis().network().hasUnderlay();
        var made = pod.analysis().pod().createdAt();
        return journal.entries().stream()
                .filter(entry -> (coordinated && OF_ALL.contains(entry.change().kind()))
                        || names.contains(
                                entry.change().kind() + " " + entry.change().name()))
                .map(entry -> new Configured(
                        entry.at(), entry.id(), entry.change(), made != null && made.isBefore(entry.at())));
    }

    /// The Pod's networks and pools, each after its kind.
    private static Set<String> names(ClusterView cluster, PodSummary pod) {
        var names = new HashSet<String>();
        var settings = pod.analysis().settings();
        Stream.concat(
                        Stream.ofNullable(settings.network()).map(Object::toString),
                        pod.analysis().pod().networks().stream().map(AttachedNetwork::name))
                .forEach(name -> {
                    names.add("NetworkAttachmentDefinition " + name);
                    names.add("SpiderMultusConfig " + name);
                });
        cluster.analysis().snapshot().spiderpool().endpoints().stream()
                .filter(endpoint -> endpoint.pod().equals(pod.name()))
                .flatMap(endpoint -> endpoint.allocations().stream())
                .flatMap(PodHistory::pools)
                .forEach(pool -> names.add("SpiderIPPool " + pool));
        return names;
    }

    private static Stream<String> pools(Allocation allocation) {
        return Stream.of(allocation.ipv4Pool(), allocation.ipv6Pool()).filter(Objects::nonNull);
    }
}
