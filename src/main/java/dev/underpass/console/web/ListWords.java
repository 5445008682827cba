package dev.underpass.console.web;

import static java.util.Map.entry;

import dev.underpass.cluster.Node;
import dev.underpass.cluster.NodeName;
import dev.underpass.cluster.ObjectName;
import dev.underpass.cluster.Service;
import dev.underpass.console.Meaning;
import dev.underpass.console.PodQuery;
import dev.underpass.console.Vocabulary;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.analysis.Freshness;
import dev.underpass.console.edit.Outcome;
import dev.underpass.console.mutes.Mutes;
import dev.underpass.diagnosis.Finding;
import dev.underpass.diagnosis.edit.AddressRanges;
import dev.underpass.net.IpAddress;
import dev.underpass.net.IpAddress.Family;
import dev.underpass.reachability.Disposition;
import dev.underpass.reachability.Disposition.Fold;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// What the query bars of the lists understand, but for that of the Pods.
final class ListWords {

    private ListWords() {}

    /// A part of a name, or the start of an address.
    private static <T> Meaning<T> named(
            java.util.function.Function<T, String> name, java.util.function.Function<T, Stream<IpAddress>> addresses) {
        Meaning<T> part = Meaning.part(subject -> Stream.of(name.apply(subject)));
        return new Meaning<>(
                part.possible(),
                value -> part.read()
                        .apply(value)
                        .map(asks -> asks.or(subject -> Meaning.startsWith(addresses.apply(subject), value))));
    }

    static Vocabulary<Service> services(ClusterView cluster) {
        return new Vocabulary<>(
                named(service -> service.name().toString(), ListWords::addresses),
                Map.ofEntries(
                        entry(
                                "ns",
                                Meaning.name(service -> Stream.of(service.name().namespace()))),
                        entry("type", Meaning.part(service -> Stream.of(service.type()))),
                        entry("ip", Meaning.address(ListWords::addresses)),
                        entry("port", Meaning.name(ListWords::ports)),
                        entry("selector", Meaning.label(Service::selector)),
                        entry(
                                "policy",
                                Meaning.word(
                                        List.of("cluster", "local"),
                                        service -> Stream.of(service.internalLocal() ? "local" : "cluster"))),
                        entry(
                                "verdict",
                                Meaning.word(
                                        Meaning.words(Fold.values()), service -> Stream.of(worst(cluster, service))))));
    }

    private static Stream<IpAddress> addresses(Service service) {
        return Stream.of(service.clusterIps(), service.externalIps(), service.loadBalancerIps())
                .flatMap(List::stream);
    }

    private static Stream<String> ports(Service service) {
        return service.ports().stream()
                .flatMap(port ->
                        Stream.of(Integer.toString(port.port()), Integer.toString(port.nodePort()), port.name()));
    }

    private static String worst(ClusterView cluster, Service service) {
        return cluster.countsOn(service).keySet().stream()
                .map(Disposition::fold)
                .max(Fold::compareTo)
                .map(Meaning::word)
                .orElse(Meaning.word(Fold.UNDETERMINED));
    }

    static Vocabulary<Node> nodes(ClusterView cluster) {
        return new Vocabulary<>(
                named(node -> node.name().value(), node -> node.addresses().stream()),
                Map.of(
                        "ip", Meaning.address(node -> node.addresses().stream()),
                        "label", Meaning.label(Node::labels),
                        "kernel", Meaning.part(node -> Stream.of(node.kernel())),
                        "proxy", Meaning.name(node -> proxy(cluster, node).stream()),
                        "code",
                                Meaning.part(node ->
                                        cluster.findings(node.name()).stream().map(Finding::code)),
                        "report",
                                Meaning.word(
                                        Meaning.words(Freshness.State.values()),
                                        node -> Stream.of(Meaning.word(
                                                cluster.freshness(node.name()).state()))),
                        "age", PodQuery.age(node -> cluster.freshness(node.name()))));
    }

    static Optional<String> proxy(ClusterView cluster, Node node) {
        return Optional.ofNullable(cluster.analysis().snapshot().reports().get(node.name()))
                .map(report -> report.host().kubeProxy())
                .map(proxy -> proxy.mode());
    }

    static final Vocabulary<NetworkRow> NETWORKS = new Vocabulary<>(
            Meaning.part(row -> Stream.of(row.name().toString(), row.plugin())),
            Map.of(
                    "ns", Meaning.name(row -> Stream.of(row.name().namespace())),
                    "plugin",
                            Meaning.part(row -> Stream.concat(row.chain().plugins().stream(), Stream.of(row.plugin()))),
                    "pool", Meaning.name(row -> row.chain().pools().stream()),
                    "master", Meaning.name(ListWords::device),
                    "node", Meaning.name(ListWords::nodes),
                    "setting",
                            Meaning.label(row -> row.overrides().stream()
                                    .collect(java.util.stream.Collectors.toMap(
                                            NetworkRow.OwnSetting::field, NetworkRow.OwnSetting::value))),
                    "coordinator",
                            Meaning.word(List.of("yes", "no"), row -> Stream.of(row.coordinated() ? "yes" : "no")),
                    "pod", Meaning.part(row -> row.pods().stream().map(ObjectName::toString))));

    private static Stream<String> device(NetworkRow row) {
        var master = row.master();
        return master == null ? Stream.empty() : Stream.of(master.device());
    }

    /// The nodes that have the network's parent device.
    private static Stream<String> nodes(NetworkRow row) {
        var master = row.master();
        return master == null ? Stream.empty() : master.on().stream().map(NodeName::value);
    }

    static final Vocabulary<PoolRow> POOLS = new Vocabulary<>(
            Meaning.part(row -> Stream.concat(
                    Stream.of(row.name(), String.valueOf(row.pool().subnet())), is(row))),
            Map.of(
                    "subnet",
                            Meaning.part(
                                    row -> Stream.of(String.valueOf(row.pool().subnet()))),
                    "ip", new Meaning<>(List.of("10.6.212.37"), ListWords::inPool),
                    "family",
                            Meaning.word(
                                    List.of("ipv4", "ipv6"),
                                    row -> Stream.of(
                                            row.pool().subnet().network().family() == Family.IPV4 ? "ipv4" : "ipv6")),
                    "is", Meaning.word(List.of("default", "disabled", "full"), ListWords::is),
                    "pressure", Meaning.number(row -> Optional.of(row.pressure()))));

    private static Stream<String> is(PoolRow row) {
        return Stream.of(
                        row.pool().isDefault() ? "default" : null,
                        row.pool().disabled() ? "disabled" : null,
                        row.counts().free().signum() == 0 ? "full" : null)
                .filter(Objects::nonNull);
    }

    private static Optional<java.util.function.Predicate<PoolRow>> inPool(String value) {
        try {
            var address = IpAddress.parse(value);
            return Optional.of(row -> row.pool().subnet().contains(address));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    static final Vocabulary<ReservedRow> RESERVED = new Vocabulary<>(
            Meaning.part(row -> Stream.concat(Stream.of(row.reserved().name()), row.reserved().ips().stream())),
            Map.of(
                    "ip", new Meaning<>(List.of("10.6.212.37"), ListWords::reserved),
                    "pool", Meaning.name(row -> row.pools().stream()),
                    "held", Meaning.number(row -> Optional.of(BigDecimal.valueOf(row.held())))));

    private static Optional<java.util.function.Predicate<ReservedRow>> reserved(String value) {
        try {
            var address = IpAddress.parse(value);
            return Optional.of(row -> AddressRanges.parse(row.reserved().ips()).contains(address));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    static Vocabulary<Finding> findings(Mutes mutes) {
        return new Vocabulary<>(
                Meaning.part(finding -> Stream.of(
                        finding.code(),
                        finding.title(),
                        finding.summary().toString(),
                        finding.affected().toString())),
                Map.of(
                        "severity",
                                Meaning.word(
                                        Meaning.words(Finding.Severity.values()),
                                        finding -> Stream.of(Meaning.word(finding.severity()))),
                        "kind",
                                Meaning.word(
                                        Meaning.words(Finding.Kind.values()),
                                        finding -> Stream.of(Meaning.word(finding.kind()))),
                        "code", Meaning.part(finding -> Stream.of(finding.code())),
                        "ns",
                                Meaning.name(finding -> Stream.concat(
                                                finding.affected().pods().stream(),
                                                finding.affected().services().stream())
                                        .map(ObjectName::namespace)),
                        "pod",
                                Meaning.part(finding ->
                                        finding.affected().pods().stream().map(ObjectName::toString)),
                        "service",
                                Meaning.part(finding ->
                                        finding.affected().services().stream().map(ObjectName::toString)),
                        "node",
                                Meaning.name(finding ->
                                        finding.affected().nodes().stream().map(Object::toString)),
                        "muted",
                                Meaning.word(
                                        List.of("yes", "no"),
                                        finding -> Stream.of(mutes.isMuted(finding) ? "yes" : "no"))));
    }

    static final Vocabulary<ChangeRow> CHANGES = new Vocabulary<>(
            Meaning.part(row -> Stream.of(row.name(), row.kind())),
            Map.of(
                    "kind", Meaning.part(row -> Stream.of(row.kind())),
                    "name", Meaning.part(row -> Stream.of(row.name())),
                    "who", Meaning.part(row -> Stream.ofNullable(row.who())),
                    "what", Meaning.word(List.of("added", "edited", "removed"), row -> Stream.of(row.what())),
                    "result",
                            Meaning.word(
                                    Stream.of(Outcome.values())
                                            .map(Outcome::toString)
                                            .toList(),
                                    row -> Stream.ofNullable(row.outcome()).map(Outcome::toString)),
                    "field", Meaning.part(row -> row.fields().stream().map(ObjectDiff.Field::field))));
}
