package dev.underpass.console.web;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import dev.underpass.cluster.ObjectName;
import dev.underpass.cluster.Service;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.diagnosis.Finding;
import dev.underpass.diagnosis.Pair;
import dev.underpass.diagnosis.Verdict;
import dev.underpass.diagnosis.matrix.ClientClass;
import dev.underpass.diagnosis.matrix.TargetClass;
import dev.underpass.reachability.Disposition.Fold;
import dev.underpass.reachability.Target;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/// One Service: its ports, what is behind them, which Pods reach it by class, and one by one, the worst first.
///
/// @param selected how many Pods have the labels that it selects by
/// @param pairs those of one page of Pods
/// @param verdicts what becomes of these pairs
record ServicePage(
        Service service,
        List<PortRow> ports,
        ServiceBackends backends,
        long selected,
        List<ClassRow> classes,
        MatrixNames names,
        List<Finding> findings,
        Paging<Pair> pairs,
        List<Verdict> verdicts) {

    /// A port, and what becomes of connections to it.
    ///
    /// @param ready how many of its backends take new connections
    /// @param backends how many there are
    record PortRow(Service.Port port, long ready, long backends, Map<Fold, Long> counts) {

        public long count(String fold) {
            return counts.getOrDefault(Fold.valueOf(fold), 0L);
        }
    }

    /// The Pods of a class, and what becomes of their connections to the Service.
    ///
    /// @param column where the cell of the worst is
    /// @param worst one of the worst of them
    record ClassRow(ClientClass row, String column, Map<Fold, Long> counts, Verdict worst) {

        public long count(String fold) {
            return counts.getOrDefault(Fold.valueOf(fold), 0L);
        }
    }

    static ServicePage of(ClusterView cluster, Service service, int page) {
        var all = cluster.pairsOn(service);
        var pairs = Paging.of(all.stream().sorted(Pair.WORST_FIRST).toList(), page);
        var backends = ServiceBackends.of(cluster.analysis(), service);
        return new ServicePage(
                service,
                ports(service, backends, all),
                backends,
                selected(cluster, service),
                classes(cluster, all),
                new MatrixNames(cluster.classes()),
                cluster.findings().stream()
                        .filter(finding -> finding.affected().services().contains(service.name()))
                        .toList(),
                pairs,
                pairs.items().stream().map(cluster::verdict).toList());
    }

    /// The labels that it selects Pods by, as `kubectl` writes them.
    public String selector() {
        return service.selector().entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .sorted()
                .collect(joining(","));
    }

    /// How many of all Pods' connections to it end in one of the three ways.
    public long count(String fold) {
        return classes.stream().mapToLong(each -> each.count(fold)).sum();
    }

    /// Whether it has an address outside the cluster, and so a policy for who comes from there.
    public boolean external() {
        return !service.externalIps().isEmpty()
                || List.of("NodePort", "LoadBalancer").contains(service.type());
    }

    private static long selected(ClusterView cluster, Service service) {
        return cluster.analysis().snapshot().pods().stream()
                .filter(pod -> pod.name().namespace().equals(service.name().namespace()))
                .filter(pod ->
                        pod.labels().entrySet().containsAll(service.selector().entrySet()))
                .count();
    }

    private static List<PortRow> ports(Service service, ServiceBackends backends, List<Pair> pairs) {
        return service.ports().stream()
                .map(port -> new PortRow(
                        port,
                        backends.of(port).filter(ServiceBackends.Backend::ready).count(),
                        backends.of(port).count(),
                        pairs.stream()
                                .filter(pair -> pair.to().port() == port.port()
                                        && pair.to().protocol() == port.protocol())
                                .collect(groupingBy(Pair::fold, counting()))))
                .toList();
    }

    private static List<ClassRow> classes(ClusterView cluster, List<Pair> pairs) {
        // By their ids: a class is as large as all of its Pods, and so is what tells it from others.
        var ids = new HashMap<ObjectName, String>();
        cluster.classes().forEach(row -> row.pods().forEach(pod -> ids.put(pod, row.id())));
        var byId = pairs.stream().collect(groupingBy(pair -> Objects.requireNonNull(ids.get(pair.from()))));
        var columns = TargetClass.ids(cluster.analysis());
        return cluster.classes().stream()
                .filter(row -> byId.containsKey(row.id()))
                .map(row -> classRow(cluster, row, columns, Objects.requireNonNull(byId.get(row.id()))))
                .sorted(Comparator.comparing(
                                (ClassRow each) -> each.worst().disposition().fold())
                        .reversed()
                        .thenComparingLong(each -> -each.count(Fold.UNREACHABLE.name()))
                        .thenComparing(each -> each.row().attachment())
                        .thenComparing(each -> each.row().id()))
                .toList();
    }

    private static ClassRow classRow(
            ClusterView cluster, ClientClass row, Function<Target, String> columns, List<Pair> pairs) {
        var worst = pairs.stream().max(Pair.BY_SEVERITY).orElseThrow();
        return new ClassRow(
                row,
                columns.apply(worst.to()),
                pairs.stream().collect(groupingBy(Pair::fold, counting())),
                cluster.verdict(worst));
    }
}
