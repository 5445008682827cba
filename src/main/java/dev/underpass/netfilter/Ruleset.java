package dev.underpass.netfilter;

import dev.underpass.net.IpAddress.Family;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// All rules of one network namespace, both families. Immutable, parsed once, shared.
public final class Ruleset {

    private static final Ruleset EMPTY = parse("", "", "", "", Map.of("nftables", List.of()));

    private final Map<Family, Stages> stages = new EnumMap<>(Family.class);
    private final Map<Family, List<Rule>> rules = new EnumMap<>(Family.class);
    private final Map<Family, Boolean> observed = new EnumMap<>(Family.class);
    private final List<Rule> deviceRules;
    private final boolean nativeTablesObserved;

    private Ruleset(RulesetParts parts) {
        for (var family : Family.values()) {
            stages.put(family, new Stages(parts.baseChains(family)));
            rules.put(family, List.copyOf(parts.rules(family)));
            observed.put(family, parts.observed(family));
        }
        deviceRules = List.copyOf(parts.deviceRules());
        nativeTablesObserved = parts.nativeTablesObserved();
    }

    /// A namespace that was read and has no rules.
    public static Ruleset empty() {
        return EMPTY;
    }

    /// Reads what a report says of one namespace; each argument may be null for "not readable".
    ///
    /// @param nftables the tree of `nft -j list ruleset`
    /// @throws IllegalArgumentException naming section, line and reason for text that is not
    ///   iptables-save output, or for a tree that is not of this form
    public static Ruleset parse(
            @Nullable String iptables,
            @Nullable String ip6tables,
            @Nullable String iptablesLegacy,
            @Nullable String ip6tablesLegacy,
            @Nullable Map<String, ?> nftables) {
        var parts = new RulesetParts(nftables == null ? null : new NftParser(nftables));
        parts.add("iptables", Family.IPV4, iptables);
        parts.add("ip6tables", Family.IPV6, ip6tables);
        parts.addLegacy("iptablesLegacy", Family.IPV4, iptablesLegacy);
        parts.addLegacy("ip6tablesLegacy", Family.IPV6, ip6tablesLegacy);
        parts.addNative();
        return new Ruleset(parts);
    }

    /// Every rule that packets of the family can meet, in the order of the reports.
    public List<Rule> rules(Family family) {
        return rules.getOrDefault(family, List.of());
    }

    /// Whether any source said which rules the family has; if not, nothing is known.
    public boolean observed(Family family) {
        return observed.getOrDefault(family, false);
    }

    /// Whether tables that only nft shows could be read; if not, there may be some.
    public boolean nativeTablesObserved() {
        return nativeTablesObserved;
    }

    /// Rules bound to single devices (family netdev, ingress and egress), which are not evaluated.
    public List<Rule> deviceRules() {
        return deviceRules;
    }

    Stages stages(Family family) {
        return Objects.requireNonNull(stages.get(family));
    }
}
