package dev.underpass.reachability;

import dev.underpass.report.FilterReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a namespace's packet filters hold, line by line as words, without comments, counters and handles.
final class FilterLines {

    /// One rule, chain, set or element.
    ///
    /// @param chain the chain that it is in; empty where it is in none
    record Line(String chain, List<String> words) {}

    /// Stands in a line that compares an address by its bits or its order.
    static final String BY_VALUE = "by value";

    private static final Set<String> BITWISE = Set.of("&", "|", "^", "<<", ">>");
    private static final Set<String> EQUAL = Set.of("==", "!=", "in");
    private static final Pattern COMMENT = Pattern.compile("-m comment --comment (?:\"(?:\\\\.|[^\"\\\\])*\"|\\S+) ?");
    private static final Pattern COUNTERS = Pattern.compile(" ?\\[\\d+:\\d+\\]");
    private static final Pattern ENDPOINT =
            Pattern.compile("(\\d+\\.\\d+\\.\\d+\\.\\d+|\\[[0-9a-fA-F:.]+\\])(:\\d+(?:-\\d+)?)");
    private static final Pattern HOST_PREFIX = Pattern.compile("(.+)/(?:32|128)");
    private static final List<String> RUNNING_ON = List.of("handle", "packets", "bytes", "expires", "comment");

    private final List<Line> lines = new ArrayList<>();

    private FilterLines() {}

    static List<Line> of(FilterReport report) {
        var all = new FilterLines();
        all.add("iptables", report.iptables());
        all.add("ip6tables", report.ip6tables());
        all.add("iptables-legacy", report.iptablesLegacy());
        all.add("ip6tables-legacy", report.ip6tablesLegacy());
        var tree = report.nftTree();
        if (tree == null) {
            all.lines.add(new Line("", List.of("nftables", "-")));
        } else if (tree.get("nftables") instanceof List<?> objects) {
            objects.forEach(all::addObject);
        }
        var sets = report.ipsets();
        if (sets != null) {
            sets.forEach(set -> set.members()
                    .forEach(member -> all.lines.add(
                            new Line("", words("ipset %s %s %s".formatted(set.name(), set.type(), member))))));
        }
        return all.lines;
    }

    private void add(String section, @Nullable String text) {
        if (text == null) {
            lines.add(new Line("", List.of(section, "-")));
            return;
        }
        var table = "";
        for (var line : text.split("\n", -1)) {
            if (line.startsWith("*")) {
                table = line;
            } else if (!line.startsWith("#") && !line.isBlank()) {
                var plain =
                        COUNTERS.matcher(COMMENT.matcher(line).replaceAll("")).replaceAll("");
                var words = words(section + " " + table + " " + plain);
                lines.add(new Line(words.size() > 3 && words.get(2).equals("-A") ? words.get(3) : "", words));
            }
        }
    }

    private static List<String> words(String line) {
        var words = new ArrayList<String>();
        for (var word : line.trim().split("[ ,]+", -1)) {
            addWord(words, word);
        }
        return words;
    }

    private static void addWord(List<String> words, String word) {
        var endpoint = ENDPOINT.matcher(word);
        var host = HOST_PREFIX.matcher(word);
        if (endpoint.matches()) {
            words.add(endpoint.group(1).replaceAll("[\\[\\]]", ""));
            words.add(endpoint.group(2));
        } else if (host.matches()) {
            words.add(host.group(1));
            words.add(Words.HOST);
        } else {
            words.add(word);
        }
    }

    private void addObject(Object object) {
        if (object instanceof Map<?, ?> fields) {
            fields.forEach((kind, value) -> {
                if (!kind.equals("metainfo") && value instanceof Map<?, ?> body) {
                    addBody(String.valueOf(kind), new HashMap<>(body));
                }
            });
        }
    }

    private void addBody(String kind, Map<Object, Object> body) {
        var elements = body.remove("elem");
        var chain = kind.equals("rule") ? String.valueOf(body.get("chain")) : "";
        lines.add(new Line(chain, flat(kind, body)));
        if (elements instanceof List<?> each) {
            var set = flat(kind, body);
            each.forEach(element -> {
                var words = new ArrayList<>(set);
                flatten(words, element);
                lines.add(new Line("", words));
            });
        }
    }

    private static List<String> flat(String kind, Object body) {
        var words = new ArrayList<String>();
        words.add(kind);
        flatten(words, body);
        return words;
    }

    private static void flatten(List<String> words, @Nullable Object value) {
        switch (value) {
            case null -> words.add("-");
            case Map<?, ?> fields
            when fields.get("prefix") instanceof Map<?, ?> prefix && prefix.containsKey("addr") ->
                addWord(words, prefix.get("addr") + "/" + prefix.get("len"));
            case Map<?, ?> fields
            when fields.get("range") instanceof List<?> range && range.size() == 2 ->
                words.add(range.get(0) + "-" + range.get(1));
            case Map<?, ?> fields
            when isByValue(fields) -> {
                words.add(BY_VALUE);
                flattenFields(words, fields);
            }
            case Map<?, ?> fields -> flattenFields(words, fields);
            case List<?> items -> items.forEach(item -> flatten(words, item));
            default -> addWord(words, value.toString());
        }
    }

    private static boolean isByValue(Map<?, ?> fields) {
        boolean bitwise = fields.keySet().stream().anyMatch(BITWISE::contains);
        boolean ordered = fields.get("op") instanceof String operator && !EQUAL.contains(operator);
        var text = fields.toString();
        return (bitwise || ordered) && (text.contains("saddr") || text.contains("daddr"));
    }

    private static void flattenFields(List<String> words, Map<?, ?> fields) {
        fields.entrySet().stream()
                .filter(field -> !RUNNING_ON.contains(String.valueOf(field.getKey())))
                .sorted(Comparator.comparing(field -> String.valueOf(field.getKey())))
                .forEach(field -> {
                    words.add(field.getKey() + "=");
                    flatten(words, field.getValue());
                });
    }
}
