package dev.underpass.coordinator;

import dev.underpass.coordinator.DriftItem.Change;
import dev.underpass.net.DeviceName;
import dev.underpass.net.IpAddress;
import dev.underpass.net.IpAddress.Family;
import dev.underpass.net.IpPrefix;
import dev.underpass.net.NetworkState;
import dev.underpass.net.PolicyRule;
import dev.underpass.net.Route;
import dev.underpass.net.TableId;
import dev.underpass.words.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Compares a Pod's policy rules with what the coordinator writes: a marked table in underlay mode, one table for each
/// NIC's address in overlay mode.
final class RuleDrift {

    private final PodNetwork network;
    private final EffectiveSettings settings;
    private final NetworkState state;
    private final List<DriftItem> items = new ArrayList<>();

    private RuleDrift(PodNetwork network, EffectiveSettings settings, NetworkState state) {
        this.network = network;
        this.settings = settings;
        this.state = state;
    }

    static List<DriftItem> of(PodNetwork network, EffectiveSettings settings, NetworkState state) {
        var drift = new RuleDrift(network, settings, state);
        for (var family : Family.values()) {
            var rules = family == Family.IPV4 ? state.rules() : state.rules6();
            if (rules != null) {
                drift.compare(rules, family);
            }
        }
        return drift.items;
    }

    private void add(Change change, Family family, String text, Sentence reason, String code) {
        items.add(new DriftItem(change, family, text, reason, code, false));
    }

    private void compare(List<PolicyRule> rules, Family family) {
        boolean used = network.primary().flatMap(nic -> nic.address(family)).isPresent();
        if (network.mode() == PodNetwork.Mode.UNDERLAY && network.nodeLeg() != null && used) {
            compareMarked(rules, family, network.nodeLeg());
        }
        for (var nic : sourceRouted()) {
            nic.address(family).ifPresent(address -> compareSourceRule(rules, nic, address));
        }
        rules.stream()
                .filter(rule -> !isBuiltIn(rule) && !isOurs(rule))
                .forEach(rule -> add(Change.UNEXPECTED, family, rule.toString(), Phrases.FOREIGN_RULE.with(), "U21"));
        missingBuiltIn(rules, family);
    }

    private void compareSourceRule(List<PolicyRule> rules, PodNetwork.Nic nic, IpAddress address) {
        var from = IpPrefix.around(address, address.family().bits());
        var own = rules.stream()
                .filter(rule -> from.equals(rule.selector().from()) && isLookup(rule))
                .findFirst();
        if (own.isEmpty()) {
            add(
                    Change.MISSING,
                    address.family(),
                    "from %s lookup …".formatted(address),
                    Phrases.OWN_RULE.with(nic.device()),
                    "U21");
            return;
        }
        table(own.get()).ifPresent(table -> compareTable(table, nic, address.family()));
    }

    /// An underlay NIC's own table holds its default route and a copy of its subnet's route.
    private void compareTable(TableId table, PodNetwork.Nic nic, Family family) {
        var held = Drift.routes(state, family).stream()
                .filter(route -> route.table().equals(table))
                .toList();
        for (var gateway : settings.gateways()) {
            boolean concerns =
                    gateway.device().equals(nic.device()) && gateway.address().family() == family;
            if (concerns && held.stream().noneMatch(route -> route.isDefault() && route.uses(nic.device()))) {
                missingIn(table, nic, family, "default via " + gateway.address());
            }
        }
        if (nic.role() == PodNetwork.Role.UNDERLAY) {
            Drift.routes(state, family).stream()
                    .filter(route -> route.table().equals(TableId.MAIN) && route.uses(nic.device()))
                    .filter(route -> route.protocol().equals("kernel") && !isLinkLocal(route.destination()))
                    .map(Route::destination)
                    .filter(subnet ->
                            held.stream().noneMatch(route -> route.destination().equals(subnet)))
                    .forEach(subnet -> missingIn(table, nic, family, subnet.toString()));
        }
    }

    private static boolean isLinkLocal(IpPrefix prefix) {
        return IpPrefix.parse("fe80::/10").contains(prefix);
    }

    private void missingIn(TableId table, PodNetwork.Nic nic, Family family, String route) {
        add(
                Change.MISSING,
                family,
                "%s dev %s table %s".formatted(route, nic.device(), table),
                Phrases.OWN_TABLE.with(nic.device()),
                "U21");
    }

    /// In overlay mode every NIC has a rule for its address, in underlay mode every further one.
    private List<PodNetwork.Nic> sourceRouted() {
        var underlay = network.nics(PodNetwork.Role.UNDERLAY);
        if (network.mode() == PodNetwork.Mode.OVERLAY_MULTI_NIC) {
            var all = new ArrayList<>(underlay);
            all.addAll(network.nics(PodNetwork.Role.OVERLAY));
            return all;
        }
        return underlay.isEmpty() ? List.of() : underlay.subList(1, underlay.size());
    }

    private void compareMarked(List<PolicyRule> rules, Family family, DeviceName leg) {
        var marked = rules.stream()
                .filter(rule -> rule.selector().mark() == 1
                        && isLookup(rule)
                        && !rule.selector().inverted())
                .findFirst();
        if (marked.isEmpty()) {
            add(Change.MISSING, family, "1000: from all fwmark 0x1 lookup 100", Phrases.MARKED_RULE.with(), "U27");
            return;
        }
        boolean leads = table(marked.get())
                .map(table -> Drift.routes(state, family).stream()
                        .anyMatch(route -> route.table().equals(table) && route.isDefault() && route.uses(leg)))
                .orElse(false);
        if (!leads) {
            add(
                    Change.MISSING,
                    family,
                    "default via … dev %s table %s"
                            .formatted(
                                    leg, table(marked.get()).map(TableId::name).orElse("100")),
                    Phrases.MARKED_TABLE.with(),
                    "U27");
        }
    }

    private static boolean isLookup(PolicyRule rule) {
        return rule.action() instanceof PolicyRule.Action.Lookup;
    }

    private static Optional<TableId> table(PolicyRule rule) {
        return rule.action() instanceof PolicyRule.Action.Lookup(var table, var _, var _)
                ? Optional.of(table)
                : Optional.empty();
    }

    static boolean isBuiltIn(PolicyRule rule) {
        return rule.selector().takesAll()
                && (rule.priority() == 0 || rule.priority() == 32766 || rule.priority() == 32767)
                && isLookup(rule);
    }

    private boolean isOurs(PolicyRule rule) {
        if (!isLookup(rule) || rule.selector().inverted()) {
            return false;
        }
        boolean plain = ((PolicyRule.Action.Lookup) rule.action()).suppressPrefixLength() < 0;
        boolean marked = rule.selector().mark() == 1 && network.isUnderlay();
        var from = rule.selector().from();
        boolean own = from != null
                && rule.selector().to() == null
                && network.nics().stream()
                        .flatMap(nic -> nic.addresses().stream())
                        .anyMatch(address -> from.equals(
                                IpPrefix.around(address, address.family().bits())));
        return plain && (marked || own);
    }

    private void missingBuiltIn(List<PolicyRule> rules, Family family) {
        for (var name : List.of("local", "main")) {
            if (rules.stream()
                    .noneMatch(rule ->
                            table(rule).filter(new TableId(name)::equals).isPresent())) {
                add(Change.MISSING, family, "from all lookup " + name, Phrases.BUILT_IN_RULE.with(), "U21");
            }
        }
    }
}
