package dev.underpass.console.web;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which single keys do something, as one person wants them.
///
/// @param keys a character each, in the order of what they do; empty where no key does it
record Keymap(List<String> keys) {

    /// What single keys do.
    enum Does {
        FILTER("/", "filter"),
        GO("g", "go"),
        NEXT_ROW("j", "rows"),
        PREVIOUS_ROW("k", "rows"),
        PREVIOUS_HOP("[", "hops"),
        NEXT_HOP("]", "hops"),
        PAUSE(".", "pause"),
        SHEET("?", "sheet");

        private final String standard;
        private final String line;

        /// @param standard the key that does it unless somebody wants another
        /// @param line of the list of keys that tells of it
        Does(String standard, String line) {
            this.standard = standard;
            this.line = line;
        }
    }

    static final Keymap STANDARD =
            new Keymap(Stream.of(Does.values()).map(does -> does.standard).toList());

    private static final int HEXADECIMAL = 16;

    Keymap {
        keys = List.copyOf(keys);
    }

    /// @param cookie the standard one where it says nothing that could be a keymap
    static Keymap of(String cookie) {
        try {
            var keys = Stream.of(cookie.split("\\.", -1))
                    .map(code -> code.isEmpty() ? "" : Character.toString(Integer.parseInt(code, HEXADECIMAL)))
                    .toList();
            var read = new Keymap(keys);
            return keys.size() == Does.values().length && read.wrong().isEmpty() ? read : STANDARD;
        } catch (IllegalArgumentException _) {
            return STANDARD;
        }
    }

    /// Empty where it is the standard one.
    String cookie() {
        return equals(STANDARD)
                ? ""
                : keys.stream()
                        .map(key -> key.isEmpty() ? "" : Integer.toHexString(key.codePointAt(0)))
                        .collect(Collectors.joining("."));
    }

    /// What is wrong, by what it is wrong with: `one` where it is not one visible character, `twice` where the
    /// character
    /// does something else already.
    Map<Does, String> wrong() {
        var wrong = new EnumMap<Does, String>(Does.class);
        var before = new ArrayList<String>();
        for (int i = 0; i < keys.size() && i < Does.values().length; i++) {
            var key = keys.get(i);
            if (key.isEmpty()) {
                continue;
            }
            if (!typed(key)) {
                wrong.put(Does.values()[i], "one");
            } else if (before.contains(key)) {
                wrong.put(Does.values()[i], "twice");
            }
            before.add(key);
        }
        return wrong;
    }

    /// Whether a key of a keyboard types it, as far as its kind tells.
    private static boolean typed(String key) {
        return key.codePointCount(0, key.length()) == 1
                && switch (Character.getType(key.codePointAt(0))) {
                    case Character.UPPERCASE_LETTER,
                            Character.LOWERCASE_LETTER,
                            Character.OTHER_LETTER,
                            Character.DECIMAL_DIGIT_NUMBER,
                            Character.CONNECTOR_PUNCTUATION,
                            Character.DASH_PUNCTUATION,
                            Character.START_PUNCTUATION,
                            Character.END_PUNCTUATION,
                            Character.INITIAL_QUOTE_PUNCTUATION,
                            Character.FINAL_QUOTE_PUNCTUATION,
                            Character.OTHER_PUNCTUATION,
                            Character.MATH_SYMBOL,
                            Character.CURRENCY_SYMBOL,
                            Character.MODIFIER_SYMBOL,
                            Character.OTHER_SYMBOL -> true;
                    default -> false;
                };
    }

    public String key(Does does) {
        return keys.get(List.of(Does.values()).indexOf(does));
    }

    /// The keys of a line of the list of keys, `j k`; a dash where there is none.
    public String line(String line) {
        return Stream.of(Does.values())
                .filter(does -> does.line.equals(line))
                .map(does -> key(does).isEmpty() ? "–" : key(does))
                .collect(Collectors.joining(" "));
    }

    /// For the page's scripts: all of them, in their order, a space between two.
    @Override
    public String toString() {
        return String.join(" ", keys);
    }
}
