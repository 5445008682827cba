package dev.underpass.diagnosis.edit;

import java.util.Collection;
import java.util.stream.Collectors;

/// How messages name what they speak of, however long it is.
final class Words {

    private static final int LONGEST = 60;
    private static final int MOST = 5;

    private Words() {}

    /// A text in quotes; the rest of a long one is cut off.
    static String quoted(String text) {
        return "'" + shortened(text) + "'";
    }

    /// A text without line ends; the rest of a long one is cut off.
    static String shortened(String text) {
        var start = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        return start.chars().anyMatch(Character::isISOControl) ? start.replaceAll("\\p{Cntrl}", " ") : start;
    }

    /// The first of many, and how many more there are.
    static String some(Collection<?> things) {
        var first = things.stream().limit(MOST).map(String::valueOf).collect(Collectors.joining(", "));
        return things.size() <= MOST ? first : "%s and %d more".formatted(first, things.size() - MOST);
    }
}
