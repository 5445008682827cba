package dev.underpass.netfilter;

import dev.underpass.net.IpAddress.Family;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A rule set while it is put together from its sources.
final class RulesetParts {

    /// What is known of one address family.
    private static final class Part {
        private final List<BaseChain> baseChains = new ArrayList<>();
        private final List<Rule> rules = new ArrayList<>();
        /// Tables of nft that the text of iptables already brought.
        private final Set<String> covered = new HashSet<>();
        private boolean read;
    }

    private final Map<Family, Part> parts = new EnumMap<>(Family.class);
    private final @Nullable NftParser nft;

    RulesetParts(@Nullable NftParser nft) {
        this.nft = nft;
    }

    private Part part(Family family) {
        return parts.computeIfAbsent(family, _ -> new Part());
    }

    /// Takes the rules of iptables; where they are written through nft, nft's copy does not count.
    void add(String section, Family family, @Nullable String text) {
        if (text == null) {
            return;
        }
        part(family).read = true;
        boolean legacy = IptablesParser.isLegacy(text);
        for (var table : new IptablesParser(section, family).parse(text)) {
            add(family, table, nft == null || legacy ? Map.of() : nft.registrations(family, table.name()));
            if (!legacy) {
                part(family).covered.add(table.name());
            }
        }
    }

    /// Takes the rules of the legacy variant, which nft does not show.
    void addLegacy(String section, Family family, @Nullable String text) {
        if (text != null) {
            new IptablesParser(section, family).parse(text).forEach(table -> add(family, table, Map.of()));
        }
    }

    private void add(Family family, IptablesTable table, Map<String, Long> registrations) {
        part(family).baseChains.addAll(table.baseChains(registrations));
        part(family).rules.addAll(table.rules());
    }

    /// Takes the tables that only nft shows.
    void addNative() {
        if (nft == null) {
            return;
        }
        for (var family : Family.values()) {
            var part = part(family);
            part.baseChains.addAll(nft.baseChains(family, table -> isCovered(table, part)));
            part.rules.addAll(nft.rules(family, table -> isCovered(table, part)));
        }
    }

    private static boolean isCovered(NftTable table, Part part) {
        return table.mayBelongToIptables() && part.covered.contains(table.name());
    }

    List<BaseChain> baseChains(Family family) {
        return part(family).baseChains;
    }

    List<Rule> rules(Family family) {
        return part(family).rules;
    }

    boolean observed(Family family) {
        return nft != null || part(family).read;
    }

    List<Rule> deviceRules() {
        return nft == null ? List.of() : nft.deviceRules();
    }

    boolean nativeTablesObserved() {
        return nft != null;
    }
}
