package dev.underpass.netfilter;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// nft's `… set …`: of the mark, of the connection's mark, of header fields.
final class NftChanges {

    private static final Set<String> ROUTED_BY = Set.of("saddr", "daddr", "sport", "dport");

    private NftChanges() {}

    static List<Statement> of(Map<String, ?> content, NftExpressions expressions) {
        var value = expressions.of(content.get("value"));
        var tagged = Tree.tagged(content.get("key")).orElse(new Tree.Tagged("", null));
        var key = Tree.members(tagged.content());
        return switch (tagged.tag()) {
            case "meta" ->
                Tree.textOrEmpty(key, "key").equals("mark") ? List.of(new Statement.SetMark(value)) : List.of();
            case "ct" -> connection(Tree.textOrEmpty(key, "key"), value);
            case "payload" ->
                ROUTED_BY.contains(Tree.textOrEmpty(key, "field"))
                        ? List.of(new Verdict.Unknown("a header rewritten without connection tracking"))
                        : List.of();
            default -> List.of();
        };
    }

    private static List<Statement> connection(String key, Expression value) {
        return switch (key) {
            case "mark" -> List.of(new Statement.SetConnectionMark(value));
            case "zone" -> List.of(new Verdict.Unknown("a zone of connection tracking"));
            default -> List.of();
        };
    }
}
