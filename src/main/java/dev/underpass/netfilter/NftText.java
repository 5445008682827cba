package dev.underpass.netfilter;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes rules of nft as `nft list ruleset` does, without counts.
final class NftText {

    private NftText() {}

    static String rule(Map<String, ?> rule) {
        var text = Tree.items(rule.get("expr")).stream().map(NftText::statement).collect(joining(" "));
        var comment = Tree.textOrEmpty(rule, "comment");
        return comment.isEmpty() ? text : text + " comment \"" + comment + "\"";
    }

    private static String statement(@Nullable Object node) {
        var tagged = Tree.tagged(node).orElse(new Tree.Tagged("", node));
        var content = Tree.members(tagged.content());
        return switch (tagged.tag()) {
            case "match" -> match(content);
            case "counter" -> "counter";
            case "jump", "goto" -> tagged.tag() + " " + value(content.get("target"));
            case "vmap" -> value(content.get("key")) + " vmap " + value(content.get("data"));
            case "mangle" -> {
                var key = value(content.get("key"));
                yield key + " set " + value(content.get("value"), isMark(key));
            }
            case "dnat", "snat" -> tagged.tag() + address(content);
            case "masquerade", "redirect" -> tagged.tag() + port(content, " to :") + words(content.get("flags"));
            case "reject" -> "reject" + rejection(content);
            case "set" ->
                value(content.get("op")) + " " + value(content.get("set")) + " { " + value(content.get("elem")) + " }";
            case "xt" -> "xt" + words(content.get("type")) + words(content.get("name"));
            case "log" -> "log" + (content.get("prefix") instanceof String prefix ? " prefix \"" + prefix + "\"" : "");
            case "limit" -> "limit rate" + (Boolean.TRUE.equals(content.get("inv")) ? " over " : " ") + rate(content);
            default -> tagged.content() == null ? tagged.tag() : (tagged.tag() + " " + value(tagged.content())).strip();
        };
    }

    private static String match(Map<String, ?> content) {
        var left = value(content.get("left"));
        var operator = Tree.textOrEmpty(content, "op");
        boolean implied = operator.equals("==") || operator.equals("in");
        return left + (implied ? " " : " " + operator + " ") + value(content.get("right"), isMark(left));
    }

    private static boolean isMark(String key) {
        return key.contains("mark");
    }

    private static String address(Map<String, ?> content) {
        var family = words(content.get("family"));
        var address = content.get("addr");
        return family + " to " + (address == null ? "" : value(address)) + port(content, ":");
    }

    private static String port(Map<String, ?> content, String before) {
        var port = content.get("port");
        return port == null ? "" : before + value(port);
    }

    private static String words(@Nullable Object node) {
        var words = Tree.items(node).stream().map(String::valueOf).collect(joining(","));
        return words.isEmpty() ? "" : " " + words;
    }

    private static String rejection(Map<String, ?> content) {
        var text = words(content.get("type")) + words(content.get("expr"));
        return text.isEmpty() ? "" : " with" + text;
    }

    private static String rate(Map<String, ?> content) {
        return value(content.get("rate")) + "/" + value(content.get("per"));
    }

    private static String value(@Nullable Object node) {
        return value(node, false);
    }

    private static String value(@Nullable Object node, boolean hex) {
        return switch (node) {
            case null -> "";
            case Number number -> hex ? "0x%08x".formatted(number.longValue()) : number.toString();
            case List<?> list -> list.stream().map(item -> value(item, hex)).collect(joining(","));
            case Map<?, ?> map ->
                Tree.tagged(map).map(tagged -> expression(tagged, hex)).orElseGet(() -> object(map));
            default -> node.toString();
        };
    }

    private static String expression(Tree.Tagged tagged, boolean hex) {
        var content = Tree.members(tagged.content());
        return switch (tagged.tag()) {
            case "payload" ->
                content.containsKey("protocol")
                        ? joined(content, "protocol", "field")
                        : "@" + value(content.get("base")) + "," + value(content.get("offset")) + ","
                                + value(content.get("len"));
            case "meta" -> meta(Tree.textOrEmpty(content, "key"));
            case "ct" -> "ct " + joined(content, "dir", "key");
            case "fib" ->
                "fib " + separated(Tree.items(content.get("flags")), " . ", false) + " " + value(content.get("result"));
            case "numgen" -> "numgen " + value(content.get("mode")) + " mod " + value(content.get("mod"));
            case "concat" -> separated(Tree.items(tagged.content()), " . ", hex);
            case "set" -> "{ " + separated(Tree.items(tagged.content()), ", ", hex) + " }";
            case "map" -> value(content.get("key")) + " map " + value(content.get("data"));
            case "prefix" -> value(content.get("addr")) + "/" + value(content.get("len"));
            case "range" -> separated(Tree.items(tagged.content()), "-", hex);
            case "elem" -> value(content.get("val"), hex);
            case "&", "|", "^", "<<", ">>" -> operation(tagged);
            case "jump", "goto" -> tagged.tag() + " " + value(content.get("target"));
            default -> (tagged.tag() + " " + value(tagged.content(), hex)).strip();
        };
    }

    private static String meta(String key) {
        return switch (key) {
            case "iifname", "oifname", "iif", "oif" -> key;
            default -> "meta " + key;
        };
    }

    private static String operation(Tree.Tagged tagged) {
        var operands = Tree.items(tagged.content());
        boolean hex = !operands.isEmpty() && isMark(value(operands.getFirst()));
        return separated(operands, " " + tagged.tag() + " ", hex);
    }

    private static String joined(Map<String, ?> content, String first, String second) {
        return (Tree.textOrEmpty(content, first) + " " + Tree.textOrEmpty(content, second)).strip();
    }

    /// A pair inside a set is an element of a map.
    private static String separated(List<?> items, String separator, boolean hex) {
        return items.stream()
                .map(item -> item instanceof List<?> pair && pair.size() == 2
                        ? value(pair.getFirst(), hex) + " : " + value(pair.getLast(), hex)
                        : value(item, hex))
                .collect(joining(separator));
    }

    private static String object(Map<?, ?> map) {
        return map.entrySet().stream()
                .map(entry -> entry.getKey() + " " + value(entry.getValue()))
                .collect(joining(" "));
    }
}
