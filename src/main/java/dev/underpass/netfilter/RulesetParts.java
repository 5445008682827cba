package dev.underpass.netfilter;

import dev.underpass.net.IpAddress.Family;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A rule set while it is put together from its sources.
final class RulesetParts {

    private final Map<Family, List<BaseChain>> baseChains = new EnumMap<>(Family.class);
    private final Map<Family, List<Rule>> rules = new EnumMap<>(Family.class);
    private final Map<Family, Boolean> read = new EnumMap<>(Family.class);
    private final List<Rule> deviceRules = new ArrayList<>();
    private final boolean nativeTablesObserved;

    RulesetParts(@Nullable Map<String, ?> nftables) {
        nativeTablesObserved = nftables != null;
        for (var family : Family.values()) {
            baseChains.put(family, new ArrayList<>());
            rules.put(family, new ArrayList<>());
        }
    }

    void add(String section, Family family, @Nullable String text) {
        if (text != null) {
            read.put(family, true);
            addLegacy(section, family, text);
        }
    }

    void addLegacy(String section, Family family, @Nullable String text) {
        if (text != null) {
            for (var table : new IptablesParser(section, family).parse(text)) {
                baseChains(family).addAll(table.baseChains(Map.of()));
                rules(family).addAll(table.rules());
            }
        }
    }

    List<BaseChain> baseChains(Family family) {
        return baseChains.getOrDefault(family, List.of());
    }

    List<Rule> rules(Family family) {
        return rules.getOrDefault(family, List.of());
    }

    boolean observed(Family family) {
        return nativeTablesObserved || read.getOrDefault(family, false);
    }

    List<Rule> deviceRules() {
        return deviceRules;
    }

    boolean nativeTablesObserved() {
        return nativeTablesObserved;
    }
}
