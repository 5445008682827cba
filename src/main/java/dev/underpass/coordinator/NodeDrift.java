package dev.underpass.coordinator;

import dev.underpass.coordinator.DriftItem.Change;
import dev.underpass.net.DeviceName;
import dev.underpass.net.IpAddress;
import dev.underpass.net.IpPrefix;
import dev.underpass.net.Link;
import dev.underpass.net.MacAddress;
import dev.underpass.net.NetworkState;
import dev.underpass.net.PolicyRule;
import dev.underpass.net.Route;
import dev.underpass.net.TableId;
import dev.underpass.words.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Compares what the coordinator leaves on the node for a Pod: a host route in its own table, the rule that leads
/// there, and a permanent neighbour entry.
final class NodeDrift {

    private final EffectiveSettings settings;
    private final NetworkState host;
    private final List<DriftItem> items = new ArrayList<>();

    private NodeDrift(EffectiveSettings settings, NetworkState host) {
        this.settings = settings;
        this.host = host;
    }

    static List<DriftItem> of(PodNetwork network, EffectiveSettings settings, NetworkState pod, NetworkState host) {
        var drift = new NodeDrift(settings, host);
        var leg = network.hostLeg().orElse(null);
        var end = leg == null ? null : Drift.hostEnd(pod, host, leg).orElse(null);
        if (leg != null && host.links() != null) {
            drift.compareEnd(leg, end);
        }
        if (leg != null && end != null) {
            var mac = Drift.link(pod, leg).map(Link::address).orElse(null);
            network.nics(PodNetwork.Role.UNDERLAY).stream()
                    .flatMap(nic -> nic.addresses().stream())
                    .forEach(address -> drift.compareAddress(address, end, mac));
        }
        return drift.items;
    }

    private void add(Change change, IpAddress.Family family, String text, Sentence reason, String code) {
        items.add(new DriftItem(change, family, text, reason, code, true));
    }

    private void compareEnd(DeviceName leg, @Nullable Link end) {
        if (end == null) {
            add(Change.MISSING, IpAddress.Family.IPV4, "the other end of " + leg, Phrases.NO_OTHER_END.with(), "U24");
        } else if (!end.running()) {
            add(Change.DIFFERENT, IpAddress.Family.IPV4, end.toString(), Phrases.DOWN.with(), "U24");
        }
    }

    private void compareAddress(IpAddress address, Link end, @Nullable MacAddress mac) {
        var routes = family(host, address.family());
        if (routes != null) {
            var held = hostRoutes(routes, address);
            var right = held.stream().filter(route -> route.uses(end.name())).findFirst();
            if (right.isEmpty()) {
                add(
                        held.isEmpty() ? Change.MISSING : Change.DIFFERENT,
                        address.family(),
                        "%s dev %s table %s scope link"
                                .formatted(
                                        address,
                                        end.name(),
                                        settings.hostRuleTable().value()),
                        held.isEmpty() ? Phrases.NODE_ROUTE.with() : Phrases.NODE_ROUTE_ELSEWHERE.with(held.getFirst()),
                        "U49");
            } else {
                compareRule(right.get());
            }
        }
        compareNeighbour(address, end, mac);
    }

    private static @Nullable List<Route> family(NetworkState host, IpAddress.Family family) {
        return family == IpAddress.Family.IPV4 ? host.routes() : host.routes6();
    }

    /// The routes to a Pod's address, whatever device they use.
    static List<Route> hostRoutes(List<Route> routes, IpAddress address) {
        var wanted = IpPrefix.around(address, address.family().bits());
        return routes.stream()
                .filter(route ->
                        route.destination().equals(wanted) && !route.table().equals(TableId.LOCAL))
                .toList();
    }

    private void compareRule(Route route) {
        var rules = route.family() == IpAddress.Family.IPV4 ? host.rules() : host.rules6();
        boolean found = rules == null
                || route.table().equals(TableId.MAIN)
                || rules.stream().anyMatch(rule -> leadsTo(rule, route.table()));
        if (!found) {
            add(
                    Change.MISSING,
                    route.family(),
                    "1000: from all lookup " + route.table(),
                    Phrases.NODE_RULE.with(),
                    "U48");
        }
    }

    static boolean leadsTo(PolicyRule rule, TableId wanted) {
        return rule.selector().takesAll()
                && rule.action() instanceof PolicyRule.Action.Lookup(var table, var _, var _)
                && table.equals(wanted);
    }

    private void compareNeighbour(IpAddress address, Link end, @Nullable MacAddress mac) {
        var entry = Drift.entry(host, address, end.name());
        if (entry != null && entry.valid() && mac != null && !Objects.equals(entry.lladdr(), mac)) {
            add(Change.DIFFERENT, address.family(), entry.toString(), Phrases.POD_END_HAS.with(end.name(), mac), "U26");
        }
    }
}
