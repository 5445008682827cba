package dev.underpass.coordinator;

import dev.underpass.coordinator.DriftItem.Change;
import dev.underpass.net.DeviceName;
import dev.underpass.net.IpAddress;
import dev.underpass.net.IpAddress.Family;
import dev.underpass.net.Link;
import dev.underpass.net.Neighbour;
import dev.underpass.net.NetworkState;
import dev.underpass.net.Route;
import dev.underpass.netfilter.Ruleset;
import dev.underpass.report.NamespaceReport;
import dev.underpass.words.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The differences between what the coordinator would write today for one Pod and what was reported.
public final class Drift {

    private final PodNetwork network;
    private final EffectiveSettings settings;
    private final NamespaceReport pod;
    private final NamespaceReport host;
    private final List<DriftItem> items = new ArrayList<>();

    private Drift(PodNetwork network, EffectiveSettings settings, NamespaceReport pod, NamespaceReport host) {
        this.network = network;
        this.settings = settings;
        this.pod = pod;
        this.host = host;
    }

    /// Compares; sections that were not reported are not compared.
    public static List<DriftItem> of(
            PodNetwork network,
            EffectiveSettings settings,
            ExpectedPlan plan,
            NamespaceReport pod,
            NamespaceReport host) {
        boolean steered =
                network.mode() == PodNetwork.Mode.UNDERLAY || network.mode() == PodNetwork.Mode.OVERLAY_MULTI_NIC;
        if (!steered || !settings.coordinated()) {
            return List.of();
        }
        var drift = new Drift(network, settings, pod, host);
        drift.compareLinks();
        if (drift.legRuns()) {
            drift.items.addAll(RouteDrift.of(network, settings, plan, pod.network()));
            drift.items.addAll(RuleDrift.of(network, settings, pod.network()));
            drift.compareNeighbours();
            drift.compareMarking();
        }
        drift.compareReversePathFilter();
        drift.items.addAll(NodeDrift.of(network, settings, pod.network(), host.network()));
        return List.copyOf(drift.items);
    }

    /// With the leg go its routes; they need no words of their own.
    private boolean legRuns() {
        return network.hostLeg()
                .flatMap(leg -> link(pod.network(), leg))
                .filter(Link::running)
                .isPresent();
    }

    private void add(Change change, Family family, String text, Sentence reason, String code) {
        items.add(new DriftItem(change, family, text, reason, code, false));
    }

    private void compareLinks() {
        if (network.mode() == PodNetwork.Mode.UNDERLAY && network.nodeLeg() == null) {
            add(Change.MISSING, Family.IPV4, "link veth0", Phrases.NO_LEG.with(), "U24");
        }
        for (var nic : network.nics()) {
            link(pod.network(), nic.device())
                    .filter(link -> !link.running())
                    .ifPresent(link -> add(
                            Change.DIFFERENT,
                            Family.IPV4,
                            link.toString(),
                            Phrases.DEVICE_DOWN.with(nic.device()),
                            nic.role() == PodNetwork.Role.UNDERLAY ? "U47" : "U24"));
        }
    }

    static Optional<Link> link(NetworkState state, DeviceName name) {
        return state.links() == null
                ? Optional.empty()
                : state.links().stream()
                        .filter(link -> link.name().equals(name))
                        .findFirst();
    }

    /// The node's end of the Pod's leg, found by the interface indexes of both ends.
    static Optional<Link> hostEnd(NetworkState pod, NetworkState host, DeviceName leg) {
        return link(pod, leg)
                .flatMap(own -> host.links() == null
                        ? Optional.empty()
                        : host.links().stream()
                                .filter(link -> Objects.equals(link.index(), own.peerIndex())
                                        && Objects.equals(link.peerIndex(), own.index()))
                                .findFirst());
    }

    /// A permanent entry of a node address on the leg must have the link-layer address of the leg's other end.
    private void compareNeighbours() {
        var leg = network.hostLeg().orElse(null);
        if (leg == null || pod.network().neighbours() == null) {
            return;
        }
        var end = hostEnd(pod.network(), host.network(), leg).map(Link::address);
        for (var entry : pod.network().neighbours()) {
            boolean wrong = entry.device().equals(leg)
                    && entry.valid()
                    && end.isPresent()
                    && !end.get().equals(entry.lladdr());
            if (wrong) {
                add(
                        Change.DIFFERENT,
                        entry.address().family(),
                        entry.toString(),
                        Phrases.OTHER_END_HAS.with(leg, end.get()),
                        "U25");
            }
        }
    }

    /// Underlay mode marks connections that come in by the leg, so that their answers go out by it.
    private void compareMarking() {
        var leg = network.nodeLeg();
        if (network.mode() != PodNetwork.Mode.UNDERLAY || leg == null) {
            return;
        }
        var filters = pod.filters();
        var rules = Ruleset.parse(
                filters.iptables(),
                filters.ip6tables(),
                filters.iptablesLegacy(),
                filters.ip6tablesLegacy(),
                filters.nftTree());
        for (var family : Family.values()) {
            boolean used = network.primary().flatMap(nic -> nic.address(family)).isPresent();
            if (used && rules.observed(family)) {
                var lines =
                        rules.rules(family).stream().map(rule -> rule.text()).toList();
                missingMark(
                        lines,
                        family,
                        "-A PREROUTING -i %s -m conntrack --ctstate NEW -j MARK --set-xmark 0x1/0xffffffff"
                                .formatted(leg),
                        "-i " + leg,
                        "MARK --set");
                missingMark(
                        lines,
                        family,
                        "-A PREROUTING -m mark --mark 0x1 -j CONNMARK --save-mark",
                        "CONNMARK",
                        "--save-mark");
                missingMark(lines, family, "-A OUTPUT -j CONNMARK --restore-mark", "CONNMARK", "--restore-mark");
            }
        }
    }

    private void missingMark(List<String> lines, Family family, String expected, String first, String second) {
        if (lines.stream().noneMatch(line -> line.contains(first) && line.contains(second))) {
            add(Change.MISSING, family, "*mangle " + expected, Phrases.UNMARKED.with(), "U27");
        }
    }

    private void compareReversePathFilter() {
        var sysctls = pod.network().sysctls();
        if (sysctls == null) {
            return;
        }
        int wanted = settings.podRpFilter().value();
        for (var entry : new TreeMap<>(sysctls).entrySet()) {
            boolean concerns = entry.getKey().equals("net.ipv4.conf.all.rp_filter") || isOwnDevice(entry.getKey());
            if (concerns
                    && stricter(entry.getValue(), entry.getKey().contains(".all.") ? wanted : Math.max(wanted, 0))) {
                add(
                        Change.DIFFERENT,
                        Family.IPV4,
                        "%s = %s".formatted(entry.getKey(), entry.getValue()),
                        Phrases.RP_FILTER.with(wanted, settings.podRpFilter().source()),
                        "U30");
            }
        }
    }

    private boolean isOwnDevice(String key) {
        return network.nics().stream()
                .anyMatch(nic -> key.equals("net.ipv4.conf.%s.rp_filter"
                        .formatted(nic.device().value().replace('.', '/'))));
    }

    /// Strict (1) drops more than loose (2), loose more than off (0).
    private static boolean stricter(String actual, int wanted) {
        return switch (actual) {
            case "1" -> wanted != 1;
            case "2" -> wanted == 0;
            default -> false;
        };
    }

    /// Whether any entry of the table is for the address on the device.
    static @Nullable Neighbour entry(NetworkState state, IpAddress address, DeviceName device) {
        return state.neighbours() == null
                ? null
                : state.neighbours().stream()
                        .filter(each ->
                                each.address().equals(address) && each.device().equals(device))
                        .findFirst()
                        .orElse(null);
    }

    /// All routes of both families that were reported.
    static List<Route> routes(NetworkState state, Family family) {
        var routes = family == Family.IPV4 ? state.routes() : state.routes6();
        return routes == null ? List.of() : routes;
    }
}
