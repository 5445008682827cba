package dev.underpass.coordinator;

import dev.underpass.net.DeviceName;
import dev.underpass.net.IpAddress;
import dev.underpass.net.IpAddress.Family;
import dev.underpass.net.IpPrefix;
import dev.underpass.net.NextHop;
import dev.underpass.net.PolicyRule;
import dev.underpass.net.PolicyRule.Action;
import dev.underpass.net.PolicyRule.Selector;
import dev.underpass.net.Route;
import dev.underpass.net.Scope;
import dev.underpass.net.TableId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rules and routes of one family in a Pod's namespace, while the coordinator writes them.
final class FamilyLines {

    private static final int MARK_PRIORITY = 1000;
    private static final long IPV6_METRIC = 1024;

    private final Family family;
    private final List<PolicyRule> rules;
    private final List<Route> routes;

    FamilyLines(Family family, List<PolicyRule> rules, List<Route> routes) {
        this.family = family;
        this.rules = new ArrayList<>(rules);
        this.routes = new ArrayList<>(routes);
    }

    Family family() {
        return family;
    }

    List<PolicyRule> rules() {
        return rules;
    }

    List<Route> routes() {
        return routes;
    }

    /// A route by one device; those of IPv4 tell the source.
    void add(IpPrefix to, @Nullable IpAddress gateway, DeviceName device, IpAddress source, TableId table) {
        add(route(to, gateway, device, source, table));
    }

    /// As the coordinator writes one.
    ///
    /// @param source told by routes of IPv4 only
    static Route route(
            IpPrefix to, @Nullable IpAddress gateway, DeviceName device, @Nullable IpAddress source, TableId table) {
        boolean six = to.network().family() == Family.IPV6;
        return new Route(
                Route.Type.UNICAST,
                to,
                table,
                List.of(new NextHop(device, gateway, 1, Set.of())),
                gateway == null && !six ? Scope.LINK : Scope.GLOBAL,
                six ? null : source,
                six ? IPV6_METRIC : 0,
                0,
                "boot",
                six ? "medium" : "");
    }

    private void add(Route route) {
        boolean taken = routes.stream()
                .anyMatch(each -> each.destination().equals(route.destination())
                        && each.table().equals(route.table())
                        && each.metric() == route.metric()
                        && !each.toString().equals(route.toString()));
        if (taken && !route.isDefault()) {
            throw new Unpredictable(Phrases.TWO_ROUTES.with(route.destination(), route.table()));
        }
        if (routes.stream().noneMatch(each -> each.toString().equals(route.toString()))) {
            routes.add(route);
        }
    }

    /// A route by one device without a source.
    void addVia(IpPrefix to, IpAddress gateway, DeviceName device) {
        add(route(to, gateway, device, null, TableId.MAIN));
    }

    void remove(IpPrefix to, DeviceName device) {
        routes.removeIf(route -> route.destination().equals(to)
                && route.uses(device)
                && !route.table().equals(TableId.LOCAL)
                && !route.protocol().equals("kernel"));
    }

    /// @param gateway null for no default route by the device
    void replaceDefault(DeviceName device, @Nullable IpAddress gateway) {
        var everything = new IpPrefix(IpAddress.parse(family == Family.IPV4 ? "0.0.0.0" : "::"), 0);
        boolean there = main(device).stream().anyMatch(Route::isDefault);
        remove(everything, device);
        if (there && gateway != null) {
            addVia(everything, gateway, device);
        }
    }

    /// The device's default routes go from table main to another.
    void moveDefaults(DeviceName device, TableId table) {
        var moved = main(device).stream().filter(Route::isDefault).toList();
        routes.removeAll(moved);
        moved.forEach(route -> add(route.in(table)));
    }

    void copyDefaults(DeviceName device, TableId table) {
        main(device).stream().filter(Route::isDefault).forEach(route -> add(route.in(table)));
    }

    /// The routes that the kernel made for the device's addresses, once more in another table.
    void copySubnets(DeviceName device, TableId table) {
        for (var route : main(device)) {
            if (route.protocol().equals("kernel")
                    && !IpPrefix.parse("fe80::/10").contains(route.destination().network())) {
                add(route(route.destination(), null, device, route.preferredSource(), table));
            }
        }
    }

    /// All but the kernel's routes of the device, once more in another table.
    void copyOthers(DeviceName device, TableId table) {
        main(device).stream()
                .filter(route -> !route.protocol().equals("kernel") && !route.isDefault())
                .forEach(route -> add(route.in(table)));
    }

    private List<Route> main(DeviceName device) {
        return routes.stream()
                .filter(route -> route.table().equals(TableId.MAIN) && route.uses(device))
                .toList();
    }

    /// Marked packets are routed by a table of their own.
    void markRule(TableId table) {
        var marked = new Selector(false, null, null, 0, 1, -1, null, null, false, null, null, null, null);
        add(new PolicyRule(MARK_PRIORITY, marked, new Action.Lookup(table, -1, null)));
    }

    /// Packets of an address are routed by a table of their own; the kernel gives the priority
    /// (`fib_default_rule_pref`).
    void sourceRule(IpAddress source, TableId table) {
        var from = IpPrefix.around(source, family.bits());
        var selector = new Selector(false, from, null, 0, 0, 0, null, null, false, null, null, null, null);
        long next = rules.stream()
                .mapToLong(PolicyRule::priority)
                .filter(priority -> priority > 0)
                .min()
                .orElse(1);
        add(new PolicyRule(next - 1, selector, new Action.Lookup(table, -1, null)));
    }

    private void add(PolicyRule rule) {
        rules.add(rule);
        rules.sort(Comparator.comparingLong(PolicyRule::priority));
    }
}
