package dev.underpass.coordinator;

import dev.underpass.net.DeviceName;
import dev.underpass.net.IpAddress;
import dev.underpass.net.IpAddress.Family;
import dev.underpass.net.IpPrefix;
import dev.underpass.net.Link;
import dev.underpass.net.MacAddress;
import dev.underpass.net.Neighbour;
import dev.underpass.net.NetworkState;
import dev.underpass.net.PolicyRule;
import dev.underpass.net.PolicyRule.Action;
import dev.underpass.net.PolicyRule.Selector;
import dev.underpass.net.Route;
import dev.underpass.net.TableId;
import dev.underpass.report.NamespaceReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a node has for a Pod when that is made anew.
///
/// @param removed the node's end of the Pod's present leg, where it goes
/// @param added the node's end of a new leg, under the name of the present one if there is one
/// @param addresses the Pod's addresses that the node is to reach by the leg
/// @param device the node's end of the leg
/// @param mac the Pod's end's
/// @param table where the host routes are
public record NodeSide(
        @Nullable DeviceName removed,
        @Nullable Link added,
        Set<IpAddress> addresses,
        @Nullable DeviceName device,
        @Nullable MacAddress mac,
        TableId table) {

    private static final int PRIORITY = 1000;

    public NodeSide {
        addresses = Set.copyOf(addresses);
    }

    /// Nothing for the Pod.
    static NodeSide without(@Nullable DeviceName removed) {
        return new NodeSide(removed, null, Set.of(), null, null, TableId.MAIN);
    }

    /// The node's namespace after the Pod, which has these addresses, was made anew.
    ///
    /// @param own the addresses that the Pod has now
    public NamespaceReport applied(NamespaceReport host, Set<IpAddress> own) {
        var state = host.network();
        var with = new NetworkState(
                links(state.links()),
                kept(state.addresses(), address -> !address.device().equals(removed)),
                rules(state.rules(), Family.IPV4),
                rules(state.rules6(), Family.IPV6),
                routes(state.routes(), Family.IPV4, own),
                routes(state.routes6(), Family.IPV6, own),
                neighbours(state.neighbours(), own),
                state.proxyNeighbours(),
                sysctls(state.sysctls()));
        return new NamespaceReport(
                with, host.netnsIds(), host.filters(), host.ipvs(), host.listeners(), host.resolvConf());
    }

    private static <T> @Nullable List<T> kept(@Nullable List<T> list, Function<T, Boolean> keep) {
        return list == null ? null : list.stream().filter(keep::apply).toList();
    }

    private @Nullable List<Link> links(@Nullable List<Link> links) {
        if (links == null) {
            return null;
        }
        var result = new ArrayList<>(links);
        result.removeIf(link -> link.name().equals(removed));
        if (added != null) {
            result.removeIf(link -> link.name().equals(added.name()));
            result.add(added);
        }
        return result;
    }

    private List<IpAddress> addresses(Family family) {
        return addresses.stream()
                .filter(address -> address.family() == family)
                .sorted(Comparator.comparing(IpAddress::toString))
                .toList();
    }

    private @Nullable List<PolicyRule> rules(@Nullable List<PolicyRule> rules, Family family) {
        if (rules == null || addresses(family).isEmpty()) {
            return rules;
        }
        boolean there = rules.stream()
                .anyMatch(rule -> rule.selector().takesAll()
                        && rule.action() instanceof Action.Lookup(var to, var _, var _)
                        && to.equals(table));
        if (there) {
            return rules;
        }
        var result = new ArrayList<>(rules);
        result.add(new PolicyRule(PRIORITY, Selector.ALL, new Action.Lookup(table, -1, null)));
        result.sort(Comparator.comparingLong(PolicyRule::priority));
        return result;
    }

    /// The Pod's present host routes go with its device, or are replaced.
    private @Nullable List<Route> routes(@Nullable List<Route> routes, Family family, Set<IpAddress> own) {
        if (routes == null) {
            return null;
        }
        var result = new ArrayList<>(routes);
        result.removeIf(route -> (removed != null && route.uses(removed)) || isOfPod(route, own));
        addresses(family).forEach(address -> result.add(route(address)));
        return result;
    }

    private boolean isOfPod(Route route, Set<IpAddress> own) {
        return device != null
                && route.uses(device)
                && !route.table().equals(TableId.MAIN)
                && !route.table().equals(TableId.LOCAL)
                && route.destination().length() == route.family().bits()
                && own.contains(route.destination().network());
    }

    private Route route(IpAddress address) {
        var to = IpPrefix.around(address, address.family().bits());
        return FamilyLines.route(to, null, Objects.requireNonNull(device), null, table);
    }

    private @Nullable List<Neighbour> neighbours(@Nullable List<Neighbour> neighbours, Set<IpAddress> own) {
        if (neighbours == null) {
            return null;
        }
        var result = new ArrayList<>(neighbours);
        result.removeIf(entry -> entry.device().equals(removed)
                || (entry.device().equals(device) && own.contains(entry.address()) && entry.permanent()));
        for (var address : addresses) {
            result.add(new Neighbour(address, Objects.requireNonNull(device), mac, "PERMANENT", null));
        }
        return result;
    }

    /// A new device has the namespace's defaults.
    private @Nullable Map<String, String> sysctls(@Nullable Map<String, String> sysctls) {
        return added == null || sysctls == null ? sysctls : withDefaults(sysctls, added.name());
    }

    /// The parameters with those of one more device.
    static Map<String, String> withDefaults(Map<String, String> sysctls, DeviceName device) {
        var result = new TreeMap<>(sysctls);
        sysctls.forEach((key, value) -> asDefault(key, device).ifPresent(own -> result.put(own, value)));
        return result;
    }

    private static Optional<String> asDefault(String key, DeviceName device) {
        var own = device.value().replace('.', '/');
        return key.contains(".conf.default.")
                ? Optional.of(key.replace(".conf.default.", ".conf." + own + "."))
                : Optional.empty();
    }
}
