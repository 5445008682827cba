package dev.underpass.console;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a page shows otherwise than it should.
final class Shown {

    private static final Pattern GAP = Pattern.compile("id=\"(gap-[a-z-]+)\"");

    private Shown() {}

    static List<String> gaps(String page) {
        return GAP.matcher(page)
                .results()
                .map(match -> match.group(1))
                .filter(id -> !id.equals("gap-commands"))
                .toList();
    }

    static List<String> missing(String page, String... texts) {
        return List.of(texts).stream()
                .filter(text -> !page.contains(text))
                .map(text -> "says not '" + text + "'")
                .toList();
    }

    static List<String> exactly(String page, String... ids) {
        var found = gaps(page);
        return found.equals(List.of(ids)) ? List.of() : List.of("shows " + found + " for " + List.of(ids));
    }

    static List<String> all(List<?>... lists) {
        return Stream.of(lists).flatMap(List::stream).map(Object::toString).toList();
    }
}
