package dev.underpass.coordinator;

import dev.underpass.coordinator.DriftItem.Change;
import dev.underpass.coordinator.EffectiveSettings.Cidr;
import dev.underpass.net.DeviceName;
import dev.underpass.net.IpAddress.Family;
import dev.underpass.net.IpPrefix;
import dev.underpass.net.NetworkState;
import dev.underpass.net.PolicyRule;
import dev.underpass.net.Route;
import dev.underpass.net.TableId;
import dev.underpass.words.Sentence;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Compares a Pod's routes with its plan: what is missing, what hides the way to the node, what is left of older
/// settings.
final class RouteDrift {

    private final PodNetwork network;
    private final EffectiveSettings settings;
    private final ExpectedPlan plan;
    private final NetworkState state;
    private final DeviceName leg;
    private final List<DriftItem> items = new ArrayList<>();

    private RouteDrift(
            PodNetwork network, EffectiveSettings settings, ExpectedPlan plan, NetworkState state, DeviceName leg) {
        this.network = network;
        this.settings = settings;
        this.plan = plan;
        this.state = state;
        this.leg = leg;
    }

    static List<DriftItem> of(PodNetwork network, EffectiveSettings settings, ExpectedPlan plan, NetworkState state) {
        var leg = network.hostLeg();
        if (leg.isEmpty()) {
            return List.of();
        }
        var drift = new RouteDrift(network, settings, plan, state, leg.get());
        for (var family : Family.values()) {
            drift.compare(family);
        }
        return drift.items;
    }

    private void compare(Family family) {
        var reported = family == Family.IPV4 ? state.routes() : state.routes6();
        if (reported == null) {
            return;
        }
        var older = olderSteering(reported, family);
        boolean defaultElsewhere = defaultLeavesByUnderlay(reported);
        for (var line : plan.lines()) {
            if (line.route().family() == family
                    && reported.stream().noneMatch(r -> ExpectedPlan.same(line.route(), r))) {
                var cidr = cidr(line.route());
                add(
                        Change.MISSING,
                        family,
                        line.route().toString(),
                        expected(line.because(), cidr),
                        missingCode(line.route(), cidr, older, defaultElsewhere));
            }
        }
        older.forEach(route ->
                add(Change.UNEXPECTED, family, route.toString(), Phrases.NO_LONGER_ASKED.with(), olderCode(route)));
        reported.stream()
                .filter(this::hidesTheWay)
                .forEach(route -> add(Change.UNEXPECTED, family, route.toString(), Phrases.HIDES.with(leg), "U18"));
        compareDefault(reported, family, defaultElsewhere);
        compareConnected(reported, family);
    }

    private void add(Change change, Family family, String text, Sentence reason, String code) {
        items.add(new DriftItem(change, family, text, reason, code, false));
    }

    /// What asks for a route, where that came after the Pod was made.
    private @Nullable Cidr cidr(Route route) {
        return settings.cidrs().stream()
                .filter(each -> each.came() != null && each.prefix().equals(route.destination()))
                .findFirst()
                .orElse(null);
    }

    private static Sentence expected(Sentence because, @Nullable Cidr cidr) {
        return cidr == null || cidr.came() == null
                ? Phrases.EXPECTED.with(because)
                : Phrases.EXPECTED_SINCE.with(because, cidr.came().truncatedTo(ChronoUnit.SECONDS));
    }

    /// Why a range is not steered: it grew after the Pod was made (U05), settings changed (U10), the overlay's default
    /// was moved (U17), or nobody knows why (U22).
    private String missingCode(Route expected, @Nullable Cidr later, List<Route> older, boolean defaultElsewhere) {
        if (expected.destination().length() == expected.family().bits() && isNodeRoute(expected)) {
            return "U22";
        }
        if (later != null) {
            return later.services() ? "U05" : "U10";
        }
        if (older.stream().anyMatch(route -> expected.destination().contains(route.destination()))) {
            return "U05";
        }
        if (!older.isEmpty()) {
            return "U10";
        }
        return defaultElsewhere ? "U17" : "U22";
    }

    private static boolean isNodeRoute(Route route) {
        return route.nextHops().getFirst().gateway() == null;
    }

    private String olderCode(Route route) {
        boolean within =
                settings.cidrs().stream().anyMatch(cidr -> cidr.prefix().contains(route.destination()));
        return within ? "U05" : "U10";
    }

    /// Routes by the leg, through the node, for ranges that no setting names today.
    private List<Route> olderSteering(List<Route> reported, Family family) {
        var wanted = settings.cidrs(family).stream().map(Cidr::prefix).toList();
        return reported.stream()
                .filter(route -> route.table().equals(TableId.MAIN) && route.type() == Route.Type.UNICAST)
                .filter(route -> !route.isDefault() && route.uses(leg))
                .filter(route -> viaNode(route) && !wanted.contains(route.destination()))
                .toList();
    }

    private boolean viaNode(Route route) {
        return plan.lines().stream()
                        .map(line -> line.route().nextHops().getFirst().gateway())
                        .filter(Objects::nonNull)
                        .anyMatch(gateway ->
                                gateway.equals(route.nextHops().getFirst().gateway()))
                || (plan.lines().stream().allMatch(line -> isNodeRoute(line.route()))
                        && route.nextHops().getFirst().gateway() != null
                        && network.isUnderlay());
    }

    /// A route, in a table that a rule without a mark or source leads to, that covers a part of what is to be steered
    /// and does not leave by the leg.
    private boolean hidesTheWay(Route route) {
        if (route.isDefault() || route.table().equals(TableId.LOCAL) || !isConsulted(route) || route.uses(leg)) {
            return false;
        }
        if (route.protocol().equals("kernel") || route.type() == Route.Type.BROADCAST) {
            return false;
        }
        return route.type().refuses()
                || route.type() == Route.Type.THROW
                || settings.cidrs().stream().map(Cidr::prefix).anyMatch(range -> hides(route.destination(), range));
    }

    private static boolean hides(IpPrefix destination, IpPrefix range) {
        return range.contains(destination) || (destination.contains(range) && destination.length() > 0);
    }

    private boolean isConsulted(Route route) {
        if (route.table().equals(TableId.MAIN)) {
            return true;
        }
        var rules = route.family() == Family.IPV4 ? state.rules() : state.rules6();
        return rules != null
                && rules.stream()
                        .anyMatch(rule -> rule.action() instanceof PolicyRule.Action.Lookup(var table, var _, var _)
                                && table.equals(route.table())
                                && rule.selector().mark() == 0
                                && rule.selector().from() == null);
    }

    private boolean defaultLeavesByUnderlay(List<Route> reported) {
        return network.mode() == PodNetwork.Mode.OVERLAY_MULTI_NIC
                && settings.podDefaultRouteNic().value().isEmpty()
                && settings.tunePodRoutes().value()
                && mainDefaults(reported).stream()
                        .findFirst()
                        .filter(route -> !route.uses(leg))
                        .isPresent();
    }

    private static List<Route> mainDefaults(List<Route> reported) {
        return reported.stream()
                .filter(route -> route.isDefault() && route.table().equals(TableId.MAIN))
                .toList();
    }

    private void compareDefault(List<Route> reported, Family family, boolean defaultElsewhere) {
        boolean used = network.primary().flatMap(nic -> nic.address(family)).isPresent();
        if (!used) {
            return;
        }
        var defaults = mainDefaults(reported);
        if (defaultElsewhere) {
            add(Change.DIFFERENT, family, defaults.getFirst().toString(), Phrases.DEFAULT_MOVED.with(leg), "U17");
        } else if (defaults.isEmpty()) {
            add(Change.MISSING, family, "default", Phrases.NO_DEFAULT.with(), "U20");
        }
    }

    /// The kernel makes a route for each address's subnet; only somebody in the namespace can have removed it.
    private void compareConnected(List<Route> reported, Family family) {
        if (state.addresses() == null) {
            return;
        }
        for (var address : state.addresses()) {
            boolean underlay = network.nics(PodNetwork.Role.UNDERLAY).stream()
                    .anyMatch(nic -> nic.device().equals(address.device())
                            && nic.addresses().contains(address.local()));
            boolean there = reported.stream()
                    .anyMatch(route -> route.destination().equals(address.subnet())
                            && route.table().equals(TableId.MAIN)
                            && route.uses(address.device()));
            if (underlay && address.family() == family && runs(address.device()) && !there) {
                add(
                        Change.MISSING,
                        family,
                        "%s dev %s".formatted(address.subnet(), address.device()),
                        Phrases.CONNECTED_GONE.with(address.local()),
                        "U33");
            }
        }
    }

    private boolean runs(DeviceName device) {
        return Drift.link(state, device).filter(link -> link.running()).isPresent();
    }
}
