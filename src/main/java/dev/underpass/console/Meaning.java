package dev.underpass.console;

import dev.underpass.net.IpAddress;
import dev.underpass.net.IpPrefix;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a key of a query asks.
///
/// @param possible the values, or examples of them
/// @param read what a value asks; empty where it is none
/// @param <T> what is asked
public record Meaning<T>(List<String> possible, Function<String, Optional<Predicate<T>>> read) {

    private static final Pattern COMPARISON = Pattern.compile("([<>])(\\d{1,9}(?:\\.\\d{1,3})?)([smhd]?)");
    private static final Map<String, Long> SECONDS = Map.of("s", 1L, "m", 60L, "h", 3_600L, "d", 86_400L);

    public Meaning {
        possible = List.copyOf(possible);
    }

    /// One of the texts, whole.
    public static <T> Meaning<T> name(Function<T, Stream<String>> texts) {
        return new Meaning<>(
                List.of("NAME"),
                value -> Optional.of(subject -> texts.apply(subject).anyMatch(value::equals)));
    }

    /// A part of one of the texts, in upper or lower case.
    public static <T> Meaning<T> part(Function<T, Stream<String>> texts) {
        return new Meaning<>(List.of("TEXT"), value -> {
            var wanted = value.toLowerCase(Locale.ROOT);
            return Optional.of(subject -> texts.apply(subject)
                    .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(wanted)));
        });
    }

    /// One of the words that there are.
    public static <T> Meaning<T> word(List<String> words, Function<T, Stream<String>> texts) {
        return new Meaning<>(words, value -> {
            var wanted = value.toLowerCase(Locale.ROOT);
            return words.contains(wanted)
                    ? Optional.of(subject -> texts.apply(subject).anyMatch(wanted::equals))
                    : Optional.empty();
        });
    }

    /// The words of an enumeration as people write them.
    public static List<String> words(Enum<?>[] values) {
        return Stream.of(values).map(Meaning::word).toList();
    }

    /// One of them: `HOST_NETWORK` is `host-network`.
    public static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The start of an address, or a prefix that one is in.
    public static <T> Meaning<T> address(Function<T, Stream<IpAddress>> addresses) {
        return new Meaning<>(List.of("10.6.212", "10.6.0.0/16", "fd00::/64"), value -> {
            if (!value.contains("/")) {
                return Optional.of(subject -> startsWith(addresses.apply(subject), value));
            }
            try {
                var prefix = IpPrefix.parse(value);
                return Optional.of(subject -> addresses.apply(subject).anyMatch(prefix::contains));
            } catch (IllegalArgumentException _) {
                return Optional.empty();
            }
        });
    }

    /// Whether an address begins like that.
    public static boolean startsWith(Stream<IpAddress> addresses, String value) {
        var wanted = value.toLowerCase(Locale.ROOT);
        return addresses.anyMatch(address -> address.toString().startsWith(wanted));
    }

    /// `KEY=VALUE`, or a key alone.
    public static <T> Meaning<T> label(Function<T, Map<String, String>> labels) {
        return new Meaning<>(List.of("KEY", "KEY=VALUE"), value -> {
            var parts = value.split("=", 2);
            return Optional.of(subject -> {
                var actual = labels.apply(subject).get(parts[0]);
                return actual != null && (parts.length == 1 || actual.equals(parts[1]));
            });
        });
    }

    /// More or less than a number; what has none is neither.
    public static <T> Meaning<T> number(Function<T, Optional<BigDecimal>> number) {
        return compared(List.of(">80", "<10.5"), Map.of("", 1L), number);
    }

    /// Older or younger than a time; what has no age is neither.
    public static <T> Meaning<T> age(Function<T, Optional<Duration>> age) {
        return compared(
                List.of(">10m", "<90s"),
                SECONDS,
                subject -> age.apply(subject).map(each -> BigDecimal.valueOf(each.toSeconds())));
    }

    private static <T> Meaning<T> compared(
            List<String> examples, Map<String, Long> units, Function<T, Optional<BigDecimal>> number) {
        return new Meaning<>(examples, value -> {
            var parts = COMPARISON.matcher(value);
            var unit = parts.matches() ? units.get(parts.group(3)) : null;
            if (unit == null) {
                return Optional.empty();
            }
            var limit = new BigDecimal(parts.group(2)).multiply(BigDecimal.valueOf(unit));
            int sign = parts.group(1).equals("<") ? -1 : 1;
            return Optional.of(subject -> number.apply(subject)
                    .filter(each -> Integer.signum(each.compareTo(limit)) == sign)
                    .isPresent());
        });
    }

    /// The values as one text.
    String text() {
        return possible.stream().collect(Collectors.joining(", "));
    }
}
