package dev.underpass.netfilter;

import dev.underpass.netfilter.RuleWords.Group;
import dev.underpass.netfilter.RuleWords.Option;
import java.util.Arrays;
import java.util.Locale;

/// `-m conntrack` and `-m state` (`xt_conntrack.c`).
final class IptablesConntrack {

    private static final String STATE = "--ctstate";

    private IptablesConntrack() {}

    /// What one option asks.
    ///
    /// @throws IllegalArgumentException if the option or its argument cannot be read
    static Condition condition(Group group, Option option) {
        var condition = condition(option);
        boolean beside = !option.name().equals(STATE)
                && group.options().stream().anyMatch(other -> other.name().equals(STATE));
        return beside ? new Condition.IfTracked(condition) : condition;
    }

    private static Condition condition(Option option) {
        var argument = option.argument();
        return switch (option.name()) {
            case STATE, "--state" -> anyOf(Selector.CT_STATE_AND_NAT, argument);
            case "--ctstatus" ->
                anyOf(Selector.CT_STATUS, argument.replace("NONE", "").replace('_', '-'));
            case "--ctproto" -> IptablesValues.protocol(Selector.CT_PROTOCOL, argument);
            case "--ctdir" ->
                new Condition.OneOf(
                        Expression.Field.of(Selector.CT_DIRECTION),
                        Elements.of(new Pattern.Exactly(Value.of(argument.toLowerCase(Locale.ROOT)))));
            case "--ctorigsrc" -> IptablesValues.addresses(Selector.CT_SOURCE, argument, null);
            case "--ctorigdst" -> IptablesValues.addresses(Selector.CT_DESTINATION, argument, null);
            case "--ctreplsrc" -> IptablesValues.addresses(Selector.CT_REPLY_SOURCE, argument, null);
            case "--ctrepldst" -> IptablesValues.addresses(Selector.CT_REPLY_DESTINATION, argument, null);
            case "--ctorigsrcport" -> ports(Selector.CT_SOURCE_PORT, argument);
            case "--ctorigdstport" -> ports(Selector.CT_DESTINATION_PORT, argument);
            case "--ctreplsrcport" -> ports(Selector.CT_REPLY_SOURCE_PORT, argument);
            case "--ctrepldstport" -> ports(Selector.CT_REPLY_DESTINATION_PORT, argument);
            default -> throw new IllegalArgumentException(option.name());
        };
    }

    private static Condition ports(Selector selector, String argument) {
        return IptablesValues.ports(Expression.Field.of(selector), argument);
    }

    private static Condition anyOf(Selector selector, String words) {
        long bits = Arrays.stream(words.toLowerCase(Locale.ROOT).split(",", -1))
                .filter(word -> !word.isEmpty())
                .mapToLong(word -> bit(selector.kind(), word))
                .reduce(0, (a, b) -> a | b);
        return new Condition.AnyBit(Expression.Field.of(selector), bits);
    }

    private static long bit(Kind kind, String word) {
        if (kind.value(word) instanceof Value.Numeric(var bit)) {
            return bit;
        }
        throw new IllegalArgumentException("no such state: " + word);
    }
}
