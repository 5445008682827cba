package dev.underpass.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.underpass.Shell;
import dev.underpass.cluster.ObjectName;
import dev.underpass.console.objects.EditedObjects;
import dev.underpass.diagnosis.Comparison.Change;
import dev.underpass.diagnosis.RecreatedPod;
import dev.underpass.diagnosis.RecreatedPod.Effect;
import dev.underpass.diagnosis.WhatIf;
import dev.underpass.net.IpAddress.Family;
import dev.underpass.net.Protocol;
import dev.underpass.reachability.Disposition.Fold;
import dev.underpass.report.Fields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Holds what an edit is said to do against what real packets do once it was made and Pods were made anew.
@Tag("netns")
class WhatIfLabTest {

    private static final Duration PATIENCE = Duration.ofMillis(900);
    private static final LabSpec IPV4 = LabSpec.named("ipv4");

    @BeforeAll
    static void needsRoot() {
        assumeTrue(Shell.canMakeNamespaces(), "needs root and iproute2 for network namespaces");
    }

    /// @param after the cluster after the edit; its Pods were made under `coordination`
    /// @param unknown the Pods of which nobody can say what they get
    /// @param bites whether packets fare differently at all
    record Scenario(
            String name,
            LabSpec before,
            LabSpec after,
            Coordination coordination,
            List<LabEdit> edits,
            Set<String> unknown,
            boolean bites) {

        @Override
        public String toString() {
            return name;
        }
    }

    private static Scenario ipv4(String name, Coordination coordination, boolean bites, LabEdit... edits) {
        return new Scenario(name, IPV4, IPV4, coordination, List.of(edits), Set.of(), bites);
    }

    private static Scenario proxy(String name, LabSpec before, LabSpec after, LabEdit edit) {
        return new Scenario(name, before, after, Coordination.USUAL, List.of(edit), Set.of(), true);
    }

    private static Coordination steering(List<String> ranges) {
        return Coordination.USUAL.steering(ranges);
    }

    private static Coordination options(boolean tunes, int table, int rpFilter, String linkAddress) {
        return Coordination.USUAL.with(new Coordination.Options(tunes, table, rpFilter, linkAddress));
    }

    private static LabSpec spec(LabSpec.ProxyMode mode, boolean masqueradeAll, boolean sameSubnet) {
        return new LabSpec(LabSpec.Stacks.IPV4, mode, masqueradeAll, sameSubnet, false);
    }

    static Stream<Scenario> scenarios() {
        return Stream.of(settings(), networks(), pools(), proxies()).flatMap(List::stream);
    }

    private static List<Scenario> settings() {
        var services = Range.SERVICES.of(Family.IPV4);
        var overlay = Range.OVERLAY.of(Family.IPV4);
        return List.of(
                ipv4(
                        "hijackCIDR takes another underlay subnet",
                        steering(Coordination.rangesAnd("10.7.128.0/17")),
                        true,
                        LabEdit.coordinator("hijackCIDR", List.of("10.7.128.0/17"))),
                ipv4(
                        "hijackCIDR takes neighbours on the wire",
                        steering(Coordination.rangesAnd("10.6.212.128/25")),
                        true,
                        LabEdit.coordinator("hijackCIDR", List.of("10.6.212.128/25"))),
                ipv4(
                        "the Service CIDR is another",
                        steering(Coordination.rangesWithout(services)),
                        true,
                        LabEdit.status("serviceCIDR", List.of())),
                ipv4(
                        "a ServiceCIDR without Services is added",
                        steering(Coordination.rangesAnd("10.8.0.0/24")),
                        false,
                        LabEdit.made("""
                                {"apiVersion": "networking.k8s.io/v1", "kind": "ServiceCIDR",
                                 "metadata": {"name": "more"}, "spec": {"cidrs": ["10.8.0.0/24"]}}
                                """)),
                ipv4(
                        "podCIDRType none",
                        steering(Coordination.rangesWithout(overlay)),
                        true,
                        LabEdit.coordinator("podCIDRType", "none")),
                ipv4("podRPFilter 1", options(true, 500, 1, ""), false, LabEdit.coordinator("podRPFilter", 1)),
                ipv4("hostRuleTable 600", options(true, 600, 0, ""), false, LabEdit.coordinator("hostRuleTable", 600)),
                ipv4(
                        "vethLinkAddress",
                        options(true, 500, 0, "169.254.100.1"),
                        false,
                        LabEdit.coordinator("vethLinkAddress", "169.254.100.1")),
                new Scenario(
                        "tunePodRoutes false",
                        IPV4,
                        IPV4,
                        options(false, 500, 0, ""),
                        List.of(LabEdit.coordinator("tunePodRoutes", false)),
                        Set.of("u2"),
                        true),
                new Scenario(
                        "mode underlay",
                        IPV4,
                        IPV4,
                        Coordination.USUAL,
                        List.of(LabEdit.coordinator("mode", "underlay")),
                        Set.of("o1", "o20"),
                        false),
                new Scenario(
                        "mode overlay",
                        IPV4,
                        IPV4,
                        Coordination.USUAL,
                        List.of(LabEdit.coordinator("mode", "overlay")),
                        Set.of("u1", "u2", "u20"),
                        false),
                new Scenario(
                        "the IPv6 Service CIDR is lost",
                        LabSpec.named("dual-stack"),
                        LabSpec.named("dual-stack"),
                        steering(Coordination.rangesWithout(Range.SERVICES.of(Family.IPV6))),
                        List.of(LabEdit.status("serviceCIDR", List.of(services))),
                        Set.of(),
                        true));
    }

    private static List<Scenario> networks() {
        var disabled = Map.<String, Object>of("type", "coordinator", "mode", "disable");
        return List.of(
                ipv4(
                        "both networks disable the coordinator",
                        Coordination.USUAL.calledFor(false, false),
                        true,
                        LabEdit.network("macvlan-conf", disabled),
                        LabEdit.network("macvlan-conf7", disabled)),
                ipv4(
                        "the second network does without the coordinator",
                        Coordination.USUAL.calledFor(true, false),
                        false,
                        LabEdit.network("macvlan-conf7", Map.of())),
                ipv4(
                        "the second network takes a range of its own",
                        Coordination.USUAL.steeringBySecond(Coordination.rangesAnd("10.6.212.128/25")),
                        true,
                        LabEdit.network(
                                "macvlan-conf7",
                                Map.of("type", "coordinator", "hijackCIDR", List.of("10.6.212.128/25")))),
                new Scenario(
                        "the networks disable the coordinator in a dual-stack cluster",
                        LabSpec.named("dual-stack-nftables"),
                        LabSpec.named("dual-stack-nftables"),
                        Coordination.USUAL.calledFor(false, false),
                        List.of(LabEdit.network("macvlan-conf", disabled), LabEdit.network("macvlan-conf7", disabled)),
                        Set.of("u2", "o1", "o20"),
                        true));
    }

    private static List<Scenario> pools() {
        return List.of(
                ipv4(
                        "a pool's gateway becomes a node",
                        Coordination.USUAL.with(new Coordination.Pool("10.6.212.102", "")),
                        true,
                        LabEdit.pool("gateway", "10.6.212.102")),
                ipv4(
                        "a pool's route hides a Service",
                        Coordination.USUAL.with(new Coordination.Pool("10.6.0.1", "10.233.42.25/32")),
                        true,
                        LabEdit.pool("routes", List.of(Map.of("dst", "10.233.42.25/32", "gw", "10.6.0.1")))),
                ipv4(
                        "a pool shrinks, and has room still",
                        Coordination.USUAL,
                        false,
                        LabEdit.pool("ips", List.of("10.6.212.241-10.6.212.254"))),
                new Scenario(
                        "a pool shrinks below its use",
                        IPV4,
                        IPV4,
                        Coordination.USUAL,
                        List.of(LabEdit.pool("ips", List.of("10.6.212.241"))),
                        Set.of("o1", "o20", "u2", "u20"),
                        false),
                ipv4("a pool is added", Coordination.USUAL, false, LabEdit.made("""
                        {"apiVersion": "spiderpool.spidernet.io/v2beta1", "kind": "SpiderIPPool",
                         "metadata": {"name": "more"},
                         "spec": {"subnet": "10.6.0.0/16", "gateway": "10.6.0.1", "ips": ["10.6.213.1-10.6.213.9"]}}
                        """)));
    }

    private static List<Scenario> proxies() {
        var iptables = LabSpec.ProxyMode.IPTABLES;
        var nftables = LabSpec.ProxyMode.NFTABLES;
        return List.of(
                proxy(
                        "masqueradeAll",
                        spec(iptables, false, true),
                        spec(iptables, true, true),
                        LabEdit.kubeProxy("masqueradeAll: false", "masqueradeAll: true")),
                proxy(
                        "masqueradeAll in nftables mode",
                        spec(nftables, false, true),
                        spec(nftables, true, true),
                        LabEdit.kubeProxy("masqueradeAll: false", "masqueradeAll: true")),
                proxy(
                        "kube-proxy's clusterCIDR becomes the underlay's",
                        spec(iptables, false, false),
                        spec(iptables, false, true),
                        LabEdit.kubeProxy("clusterCIDR: 10.233.64.0/18", "clusterCIDR: 10.6.0.0/16")),
                proxy(
                        "masqueradeAll is taken back in nftables mode",
                        spec(nftables, true, true),
                        spec(nftables, false, true),
                        LabEdit.kubeProxy("masqueradeAll: true", "masqueradeAll: false")));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void saysWhatRealPacketsDoAfterwards(Scenario scenario) throws Exception {
        Comparison before;
        WhatIf whatIf;
        Map<Pair, Outcome> measured;
        try (var meanwhile = Executors.newSingleThreadExecutor()) {
            var afterwards = meanwhile.submit(() -> measured(scenario));
            try (var lab = Lab.up(scenario.before()).listening()) {
                before = Comparison.of(lab, new AgentObserver());
                whatIf = whatIf(lab, before, scenario.edits());
            }
            measured = afterwards.get();
        }

        assertThat(unknown(whatIf)).isEqualTo(scenario.unknown());
        assertThat(mistakes(whatIf, measured, scenario.unknown())).isEmpty();
        var outcomes =
                before.pairs().stream().collect(Collectors.toMap(Comparison.Judged::pair, Comparison.Judged::outcome));
        var judged = judged(measured, scenario.unknown());
        assertThat(services(whatIf.recreated().gained(), judged))
                .isEqualTo(services(outcomes, measured, scenario.unknown(), (was, is) -> !was && is));
        assertThat(services(whatIf.lost(), judged))
                .isEqualTo(services(outcomes, measured, scenario.unknown(), (was, is) -> was && !is));
        assertThat(whatIf.running().gained()).isEmpty();
        assertThat(whatIf.running().lost()).isEmpty();
        boolean bites = measured.entrySet().stream()
                .anyMatch(each -> (each.getValue() == Outcome.OK) != (outcomes.get(each.getKey()) == Outcome.OK));
        assertThat(bites).isEqualTo(scenario.bites());
    }

    private static WhatIf whatIf(Lab lab, Comparison before, List<LabEdit> edits) throws Exception {
        var resources = new ArrayList<Fields>();
        for (var edit : edits) {
            resources.add(Fields.of(edit.resource(lab), "resources"));
        }
        var edited = new EditedObjects(resources, List.of())
                .applied(before.analysis().snapshot());
        return WhatIf.of(before.analysis(), edited);
    }

    private static Map<Pair, Outcome> measured(Scenario scenario) {
        try (var lab = Lab.up(scenario.after(), scenario.coordination()).listening()) {
            var connections = new Connections(lab, PATIENCE);
            var pairs = Pair.all(scenario.after());
            connections.once(pairs);
            return connections.measure(pairs);
        }
    }

    private static Set<String> unknown(WhatIf whatIf) {
        return whatIf.pods().stream()
                .filter(pod -> !(pod.effect() instanceof Effect.Differs))
                .map(RecreatedPod::pod)
                .map(ObjectName::name)
                .collect(Collectors.toSet());
    }

    /// One line for each pair that the predicted cluster judges otherwise than packets do.
    private static List<String> mistakes(WhatIf whatIf, Map<Pair, Outcome> measured, Set<String> unknown) {
        var mistakes = new ArrayList<String>();
        measured.forEach((pair, outcome) -> {
            var after = whatIf.after();
            var verdict = after.verdict(
                    new ObjectName("lab", pair.from().name()), after.target(pair.address(), pair.port(), Protocol.TCP));
            boolean right = (verdict.disposition().fold() == Fold.REACHABLE) == (outcome == Outcome.OK)
                    && verdict.disposition().fold() != Fold.UNDETERMINED;
            if (!right && !concerns(pair, unknown)) {
                mistakes.add("%s: packets %s, said %s: %s"
                        .formatted(pair, outcome, verdict.disposition(), verdict.summary()));
            }
        });
        return mistakes;
    }

    private static boolean concerns(Pair pair, Set<String> pods) {
        return pods.contains(pair.from().name())
                || pods.contains(pair.name())
                || Layout.SERVICES.stream()
                        .filter(service -> service.name().equals(pair.name()))
                        .flatMap(service -> service.backends().stream())
                        .anyMatch(pod -> pods.contains(pod.name()));
    }

    /// The pairs that the lab can measure: where a Pod is not known, or cannot start, it has it all the same.
    private static Set<String> judged(Map<Pair, Outcome> measured, Set<String> unknown) {
        return measured.keySet().stream()
                .filter(pair -> !concerns(pair, unknown))
                .map(pair -> "%s -> %s".formatted(pair.from().name(), pair.address()))
                .collect(Collectors.toSet());
    }

    private static Set<String> services(List<Change> changes, Set<String> judged) {
        return changes.stream()
                .map(change ->
                        "%s -> %s".formatted(change.from().name(), change.to().address()))
                .filter(judged::contains)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> services(
            Map<Pair, Outcome> before,
            Map<Pair, Outcome> after,
            Set<String> unknown,
            BiPredicate<Boolean, Boolean> counts) {
        return after.keySet().stream()
                .filter(pair -> Layout.SERVICES.stream()
                        .anyMatch(service -> service.name().equals(pair.name())))
                .filter(pair -> !concerns(pair, unknown))
                .filter(pair -> counts.test(before.get(pair) == Outcome.OK, after.get(pair) == Outcome.OK))
                .map(pair -> "%s -> %s".formatted(pair.from().name(), pair.address()))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
