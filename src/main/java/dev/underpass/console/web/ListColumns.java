package dev.underpass.console.web;

import static dev.underpass.console.web.Columns.Column.falling;
import static dev.underpass.console.web.Columns.Column.rising;

import dev.underpass.cluster.NaturalOrder;
import dev.underpass.cluster.Node;
import dev.underpass.cluster.NodeName;
import dev.underpass.cluster.ObjectName;
import dev.underpass.cluster.Service;
import dev.underpass.console.PodQuery.Subject;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.analysis.Freshness;
import dev.underpass.console.mutes.Mutes;
import dev.underpass.console.web.Columns.Column;
import dev.underpass.diagnosis.Finding;
import dev.underpass.diagnosis.edit.AddressRange;
import dev.underpass.diagnosis.edit.AddressRanges;
import dev.underpass.net.IpAddress;
import dev.underpass.reachability.Disposition.Fold;
import java.util.HashMap;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the lists can be sorted by.
final class ListColumns {

    private ListColumns() {}

    /// By the first of some addresses.
    private static <T> Column<T, IpAddress> addresses(Function<T, Stream<IpAddress>> addresses) {
        return new Column<>(
                "addresses", row -> addresses.apply(row).findFirst().orElse(null), AddressRange.ORDER, false);
    }

    private static <T> Column<T, ObjectName> named(String key, Function<T, @Nullable ObjectName> name) {
        return new Column<>(key, name, NaturalOrder.NAMES, false);
    }

    private static @Nullable String text(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    /// What was never reported counts as older than all that was.
    private static long age(Freshness freshness) {
        return freshness.collectedAt() == null ? Long.MAX_VALUE : freshness.ageSeconds();
    }

    static Columns<Subject> pods() {
        return new Columns<>(
                "/pods",
                "pod",
                true,
                List.of(
                        named("pod", subject -> subject.pod().name()),
                        falling("verdict", subject -> subject.pod().worst()),
                        reports(),
                        falling("findings", subject -> subject.pod().codes().size()),
                        falling("reachable", subject -> subject.pod().reachable()),
                        falling("unreachable", subject -> subject.pod().unreachable()),
                        falling("undetermined", subject -> subject.pod().undetermined()),
                        new Column<>("node", ListColumns::nodeName, NaturalOrder.TEXT, false),
                        rising(
                                "attachment",
                                subject ->
                                        text(subject.pod().analysis().network().attachment())),
                        new Column<>("addresses", ListColumns::address, AddressRange.ORDER, false)));
    }

    /// Asked once for each node: its Pods have one report.
    private static Column<Subject, Long> reports() {
        var ages = new HashMap<@Nullable NodeName, Long>();
        return falling(
                "report",
                subject -> ages.computeIfAbsent(
                        node(subject), node -> age(subject.cluster().freshness(node))));
    }

    private static @Nullable String nodeName(Subject subject) {
        var node = node(subject);
        return node == null ? null : node.value();
    }

    private static @Nullable IpAddress address(Subject subject) {
        for (var nic : subject.pod().analysis().network().nics()) {
            if (!nic.addresses().isEmpty()) {
                return nic.addresses().getFirst();
            }
        }
        return null;
    }

    private static @Nullable NodeName node(Subject subject) {
        return subject.pod().analysis().pod().node();
    }

    static Columns<Service> services(ClusterView cluster) {
        return new Columns<>(
                "/services",
                "service",
                List.of(
                        named("service", Service::name),
                        addresses(service -> service.clusterIps().stream()),
                        rising(
                                "ports",
                                service -> service.ports().stream()
                                        .map(port -> port.port())
                                        .findFirst()
                                        .orElse(null)),
                        falling("reachable", service -> count(cluster, service, Fold.REACHABLE)),
                        falling("unreachable", service -> count(cluster, service, Fold.UNREACHABLE)),
                        falling("undetermined", service -> count(cluster, service, Fold.UNDETERMINED))));
    }

    private static long count(ClusterView cluster, Service service, Fold fold) {
        return ClusterPagesController.ServiceRow.of(cluster, service).count(fold.name());
    }

    static Columns<Node> nodes(ClusterView cluster) {
        return new Columns<>(
                "/nodes",
                "node",
                List.of(
                        new Column<>("node", node -> node.name().value(), NaturalOrder.TEXT, false),
                        addresses(node -> node.addresses().stream()),
                        rising("proxy", node -> ListWords.proxy(cluster, node).orElse(null)),
                        falling("report", node -> age(cluster.freshness(node.name()))),
                        falling("pods", node -> cluster.podsOn(node.name()).size()),
                        falling(
                                "findings",
                                node -> cluster.findings(node.name()).size())));
    }

    static final Columns<NetworkRow> NETWORKS = new Columns<>(
            "/networks",
            "network",
            List.of(
                    named("network", NetworkRow::name),
                    rising("chain", row -> text(String.join(" ", row.chain().plugins()))),
                    rising(
                            "master",
                            row -> row.master() == null ? null : row.master().device()),
                    falling("pods", row -> row.pods().size())));

    static final Columns<PoolRow> POOLS = new Columns<>(
            "/pools",
            "pressure",
            List.of(
                    new Column<>("name", PoolRow::name, NaturalOrder.TEXT, false),
                    falling("pressure", PoolRow::pressure),
                    falling("total", row -> row.counts().total()),
                    falling("allocated", row -> row.counts().allocated()),
                    rising("free", row -> row.counts().free()),
                    falling("reserved", row -> row.counts().reserved())));

    static final Columns<ReservedRow> RESERVED = new Columns<>(
            "/reservedips",
            "name",
            List.of(
                    new Column<>("name", row -> row.reserved().name(), NaturalOrder.TEXT, false),
                    new Column<>(
                            "ranges",
                            row -> AddressRanges.parse(row.reserved().ips()).ranges().stream()
                                    .map(AddressRange::first)
                                    .findFirst()
                                    .orElse(null),
                            AddressRange.ORDER,
                            false),
                    falling("addresses", ReservedRow::size),
                    falling("held", ReservedRow::held)));

    static Columns<Finding> findings(Mutes mutes) {
        return new Columns<>(
                "/findings",
                "severity",
                List.of(
                        falling("severity", finding -> weight(mutes, finding)),
                        rising("code", Finding::code),
                        falling("since", Finding::since),
                        falling("pods", finding -> finding.affected().pods().size())));
    }

    /// The more severe the more; a muted finding weighs less than all that are not.
    private static int weight(Mutes mutes, Finding finding) {
        int severity = switch (finding.severity()) {
            case CRITICAL -> 3;
            case WARNING -> 2;
            case INFO -> 1;
        };
        return mutes.isMuted(finding) ? severity - 3 : severity;
    }

    static final Columns<ChangeRow> CHANGES = new Columns<>(
            "/changes",
            "at",
            List.of(
                    falling("at", ChangeRow::at),
                    rising("object", row -> row.kind() + " " + row.name()),
                    rising("what", ChangeRow::what),
                    rising("who", row -> text(row.who())),
                    rising("result", ChangeRow::outcome)));
}
