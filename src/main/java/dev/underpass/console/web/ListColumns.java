package dev.underpass.console.web;

import static dev.underpass.console.web.Column.falling;
import static dev.underpass.console.web.Column.rising;

import dev.underpass.cluster.Node;
import dev.underpass.cluster.Service;
import dev.underpass.console.PodQuery.Subject;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.analysis.Freshness;
import dev.underpass.reachability.Disposition.Fold;
import java.util.List;

/// What the lists can be sorted by.
final class ListColumns {

    private ListColumns() {}

    static final Columns<Subject> PODS = new Columns<>(
            List.of(
                    rising("pod", subject -> subject.pod().name()),
                    falling("verdict", subject -> subject.pod().worst()),
                    falling(
                            "report",
                            subject -> age(subject.cluster()
                                    .freshness(subject.pod().analysis().pod().node()))),
                    falling("findings", subject -> subject.pod().codes().size()),
                    falling("reachable", subject -> subject.pod().reachable()),
                    falling("unreachable", subject -> subject.pod().unreachable()),
                    falling("undetermined", subject -> subject.pod().undetermined()),
                    rising(
                            "node",
                            subject -> String.valueOf(
                                    subject.pod().analysis().pod().node())),
                    rising(
                            "attachment",
                            subject -> subject.pod().analysis().network().attachment())),
            "pod");

    /// What was never reported counts as older than all that was.
    private static long age(Freshness freshness) {
        return freshness.collectedAt() == null ? Long.MAX_VALUE : freshness.ageSeconds();
    }

    static Columns<Service> services(ClusterView cluster) {
        return new Columns<>(
                List.of(
                        rising("service", Service::name),
                        falling("reachable", service -> count(cluster, service, Fold.REACHABLE)),
                        falling("unreachable", service -> count(cluster, service, Fold.UNREACHABLE)),
                        falling("undetermined", service -> count(cluster, service, Fold.UNDETERMINED))),
                "service");
    }

    private static long count(ClusterView cluster, Service service, Fold fold) {
        return new ClusterPagesController.ServiceRow(service, cluster.countsOn(service)).count(fold.name());
    }

    static Columns<Node> nodes(ClusterView cluster) {
        return new Columns<>(
                List.of(
                        rising("node", node -> node.name().value()),
                        rising("proxy", node -> ListWords.proxy(cluster, node).orElse("")),
                        falling("report", node -> age(cluster.freshness(node.name()))),
                        falling("pods", node -> cluster.podsOn(node.name()).size()),
                        falling("findings", node -> cluster.findings(node.name()).size())),
                "node");
    }

    static final Columns<NetworkRow> NETWORKS = new Columns<>(
            List.of(
                    rising("network", NetworkRow::name),
                    rising("chain", row -> String.join(" ", row.chain().plugins())),
                    rising(
                            "master",
                            row -> row.master() == null ? "" : row.master().device()),
                    falling("pods", row -> row.pods().size())),
            "network");

    static final Columns<PoolRow> POOLS = new Columns<>(
            List.of(
                    rising("name", PoolRow::name),
                    falling("pressure", PoolRow::pressure),
                    falling("total", row -> row.counts().total()),
                    falling("allocated", row -> row.counts().allocated()),
                    rising("free", row -> row.counts().free()),
                    falling("reserved", row -> row.counts().reserved())),
            "pressure");

    static final Columns<ReservedRow> RESERVED = new Columns<>(
            List.of(
                    rising("name", row -> row.reserved().name()),
                    falling("addresses", ReservedRow::size),
                    falling("held", ReservedRow::held)),
            "name");

    static final Columns<ChangeRow> CHANGES = new Columns<>(
            List.of(
                    falling("at", ChangeRow::at),
                    rising("object", row -> row.kind() + " " + row.name()),
                    rising("what", ChangeRow::what),
                    rising("who", row -> row.who() == null ? "" : row.who()),
                    rising("result", row -> String.valueOf(row.outcome()))),
            "at");
}
