package dev.underpass.netfilter;

import dev.underpass.net.IpAddress.Family;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the text of `iptables-save` and `ip6tables-save`, with or without counters.
final class IptablesParser {

    private static final int LONGEST_QUOTE = 120;

    private final String section;
    private final Family family;
    private final List<IptablesTable> tables = new ArrayList<>();
    private @Nullable IptablesTable open;

    /// A parser of one text.
    ///
    /// @param section names the text in errors
    IptablesParser(String section, Family family) {
        this.section = section;
        this.family = family;
    }

    /// The tables in their order.
    ///
    /// @throws IllegalArgumentException naming section, line and reason for any other text
    List<IptablesTable> parse(String text) {
        int number = 0;
        for (int start = 0; start < text.length(); ) {
            int newline = text.indexOf('\n', start);
            int end = newline < 0 ? text.length() : newline;
            number++;
            try {
                line(text, start, end);
            } catch (IllegalArgumentException e) {
                throw failure(number, e.getMessage(), text.substring(start, Math.min(end, start + LONGEST_QUOTE)), e);
            }
            start = end + 1;
        }
        if (open != null) {
            throw failure(number, "table " + open.name() + " has no COMMIT", "", null);
        }
        return tables;
    }

    private IllegalArgumentException failure(
            int line, @Nullable String reason, String quote, @Nullable Throwable cause) {
        return new IllegalArgumentException(
                "%s line %d: %s%s".formatted(section, line, reason, quote.isEmpty() ? "" : ": " + quote), cause);
    }

    private void line(String text, int start, int end) {
        char first = start == end ? '#' : text.charAt(start);
        switch (first) {
            case '#', '\r' -> {}
            case '*' -> begin(text.substring(start + 1, end).strip());
            case ':' -> table().declare(text.substring(start, end).strip());
            case '-', '[' -> table().append(text.substring(start, end).strip());
            case 'C' -> commit(text.substring(start, end).strip());
            default -> throw new IllegalArgumentException("not a line of iptables-save");
        }
    }

    private void begin(String name) {
        if (open != null) {
            throw new IllegalArgumentException("table " + open.name() + " has no COMMIT");
        }
        if (!IptablesTable.NAMES.contains(name)) {
            throw new IllegalArgumentException("no table of iptables");
        }
        open = new IptablesTable(name, family);
    }

    private IptablesTable table() {
        if (open == null) {
            throw new IllegalArgumentException("outside of a table");
        }
        return open;
    }

    private void commit(String line) {
        if (!line.equals("COMMIT")) {
            throw new IllegalArgumentException("not a line of iptables-save");
        }
        table().complete();
        tables.add(table());
        open = null;
    }

    /// Whether the text was printed by the legacy variant, whose tables nft does not see.
    static boolean isLegacy(String text) {
        int end = text.indexOf('\n');
        var first = end < 0 ? text : text.substring(0, Math.min(end, LONGEST_QUOTE));
        return first.contains("(legacy)");
    }

    static Set<String> names(List<IptablesTable> tables) {
        return tables.stream().map(IptablesTable::name).collect(java.util.stream.Collectors.toSet());
    }
}
