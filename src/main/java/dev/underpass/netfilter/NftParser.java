package dev.underpass.netfilter;

import dev.underpass.net.IpAddress.Family;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// Reads the tree of `nft -j list ruleset` (`libnftables-json(5)`).
final class NftParser {

    private static final Set<String> FAMILIES = Set.of("ip", "ip6", "inet", "netdev");

    private final Map<String, NftTable> tables = new LinkedHashMap<>();

    /// Reads all tables but those of families that carry no routed packets.
    ///
    /// @throws IllegalArgumentException naming the item and the reason for any other tree
    NftParser(Map<String, ?> tree) {
        if (!(tree.get("nftables") instanceof List<?> items)) {
            throw new IllegalArgumentException("nftables: no list \"nftables\"");
        }
        // Definitions first: rules refer to sets and chains that the list may bring later.
        each(items, Set.of("table", "set", "map", "chain"));
        each(items, Set.of("rule"));
        tables.values().forEach(NftTable::complete);
    }

    private void each(List<?> items, Set<String> tags) {
        for (int i = 0; i < items.size(); i++) {
            try {
                Tree.tagged(items.get(i))
                        .filter(tagged -> tags.contains(tagged.tag()))
                        .ifPresent(tagged -> item(tagged.tag(), Tree.members(tagged.content())));
                if (!(items.get(i) instanceof Map<?, ?>)) {
                    throw new IllegalArgumentException("not an object");
                }
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("nftables item " + (i + 1) + ": " + e.getMessage(), e);
            }
        }
    }

    private void item(String tag, Map<String, ?> item) {
        var family = Tree.text(item, "family");
        if (!FAMILIES.contains(family)) {
            return;
        }
        var name = Tree.text(item, tag.equals("table") ? "name" : "table");
        var table = tables.computeIfAbsent(family + " " + name, _ -> new NftTable(family, name));
        switch (tag) {
            case "table" -> table.handle(Tree.number(item, "handle"));
            case "chain" -> table.declare(item);
            case "rule" -> table.append(item);
            default -> table.define(item);
        }
    }

    /// The base chains of a family's routed packets.
    ///
    /// @param without the tables that another source speaks for
    List<BaseChain> baseChains(Family family, Predicate<NftTable> without) {
        return of(family, without).stream()
                .flatMap(table -> table.baseChains().stream())
                .toList();
    }

    List<Rule> rules(Family family, Predicate<NftTable> without) {
        return of(family, without).stream()
                .flatMap(table -> table.rules().stream())
                .toList();
    }

    private List<NftTable> of(Family family, Predicate<NftTable> without) {
        return tables.values().stream()
                .filter(table -> table.concerns(family) && !without.test(table))
                .toList();
    }

    /// Rules at the ingress or egress of single devices.
    List<Rule> deviceRules() {
        var rules = new ArrayList<Rule>();
        tables.values().forEach(table -> rules.addAll(table.deviceRules()));
        return rules;
    }

    /// When each chain of a table was registered, by chain; empty if nft shows no such table.
    Map<String, Long> registrations(Family family, String table) {
        var found = tables.get((family == Family.IPV4 ? "ip " : "ip6 ") + table);
        return found == null ? new HashMap<>() : found.registrations();
    }
}
