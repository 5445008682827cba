package dev.underpass.netfilter;

import dev.underpass.netfilter.RuleWords.Group;
import dev.underpass.netfilter.RuleWords.Option;
import java.util.List;

/// Matches that chance or earlier packets decide: `statistic` and `recent`.
final class IptablesLuck {

    private IptablesLuck() {}

    static List<Condition> statistic(Group group, Option option) {
        return switch (option.name()) {
            case "--probability" -> List.of(new Condition.Always(likely(Double.parseDouble(option.argument()))));
            case "--every" -> List.of(new Condition.Always(option.argument().equals("1") ? Truth.YES : Truth.CHANCE));
            case "--mode", "--packet" -> List.of();
            default -> throw new IllegalArgumentException(group.module() + " " + option.name());
        };
    }

    private static Truth likely(double probability) {
        if (probability >= 1) {
            return Truth.YES;
        }
        return probability > 0 ? Truth.CHANCE : Truth.NO;
    }

    /// A list of recent addresses is taken not to hold the packet's: the client is new.
    static List<Condition> recent(Option option) {
        return switch (option.name()) {
            case "--rcheck", "--update", "--remove" -> List.of(new Condition.Assumed(false, Phrases.CLIENT_IS_NEW));
            default -> List.of();
        };
    }
}
