package dev.underpass.netfilter;

import dev.underpass.netfilter.Statement.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The parts of a rule of nft. What is not understood becomes unknown, never an error.
final class NftStatements {

    /// Statements that change nothing a trace is about.
    private static final Set<String> WITHOUT_EFFECT = Set.of(
            "counter",
            "log",
            "set",
            "map",
            "flow",
            "dup",
            "ct helper",
            "ct timeout",
            "ct expectation",
            "last",
            "secmark",
            "comment",
            "continue");

    private final NftSets sets;
    private final NftExpressions expressions;

    NftStatements(NftSets sets) {
        this.sets = sets;
        this.expressions = new NftExpressions(sets);
    }

    List<Statement> of(List<?> nodes) {
        var statements = new ArrayList<Statement>();
        for (int i = 0; i < nodes.size(); i++) {
            boolean last = i == nodes.size() - 1;
            var tagged = Tree.tagged(nodes.get(i)).orElse(new Tree.Tagged("", null));
            statements.addAll(of(tagged.tag(), tagged.content(), last));
        }
        return statements;
    }

    private List<Statement> of(String tag, @Nullable Object content, boolean last) {
        var members = Tree.members(content);
        return switch (tag) {
            case "match" -> List.of(new NftComparison(sets, expressions).of(members));
            case "limit", "quota", "ct count" -> List.of(limit(content));
            case "vmap" -> List.of(verdictMap(members));
            case "mangle" -> NftChanges.of(members, expressions);
            case "reject" -> implied(reached(members), new Verdict.Reject(rejection(members)));
            case "notrack" -> List.of(Statement.Untrack.UNTRACK);
            case "dnat" -> implied(family(members), translation(Manip.DESTINATION, members));
            case "snat" -> implied(family(members), translation(Manip.SOURCE, members));
            case "masquerade" ->
                List.of(new Statement.Translate(Manip.SOURCE, new Target.Masquerade(ports(members.get("port")))));
            case "redirect" ->
                List.of(new Statement.Translate(Manip.DESTINATION, new Target.Redirect(ports(members.get("port")))));
            case "xt" -> xtables(members, last);
            default -> verdictOrUnknown(tag, content, last);
        };
    }

    private static List<Statement> implied(@Nullable Condition condition, Statement statement) {
        return condition == null ? List.of(statement) : List.of(condition, statement);
    }

    /// What nft leaves out of its listing: a reset answers TCP only, an ICMP error its own family.
    private static @Nullable Condition reached(Map<String, ?> rejection) {
        return switch (Tree.textOrEmpty(rejection, "type")) {
            case "tcp reset" -> is(Selector.PROTOCOL, "tcp");
            case "icmp" -> is(Selector.FAMILY, "ipv4");
            case "icmpv6" -> is(Selector.FAMILY, "ipv6");
            default -> null;
        };
    }

    /// `dnat ip to …` leaves packets of the other family alone (`nft_nat.c`).
    private static @Nullable Condition family(Map<String, ?> translation) {
        return switch (Tree.textOrEmpty(translation, "family")) {
            case "ip" -> is(Selector.FAMILY, "ipv4");
            case "ip6" -> is(Selector.FAMILY, "ipv6");
            default -> null;
        };
    }

    private static Condition is(Selector selector, String value) {
        return new Condition.OneOf(Expression.Field.of(selector), Elements.of(new Pattern.Exactly(Value.of(value))));
    }

    private static List<Statement> verdictOrUnknown(String tag, @Nullable Object content, boolean last) {
        if (WITHOUT_EFFECT.contains(tag)) {
            return List.of();
        }
        var verdict = verdict(tag, content);
        return List.of(verdict == null ? unknown(tag, last) : verdict);
    }

    /// What stands last acts, what stands earlier may well decide whether the rest acts.
    private static Statement unknown(String what, boolean last) {
        return last ? new Verdict.Unknown(what) : new Condition.Always(Truth.UNKNOWN);
    }

    /// The verdict of a verdict map's element; null if it is none.
    static @Nullable Verdict verdict(@Nullable Object node) {
        var tagged = Tree.tagged(node).orElse(null);
        return tagged == null ? null : verdict(tagged.tag(), tagged.content());
    }

    private static @Nullable Verdict verdict(String tag, @Nullable Object content) {
        return switch (tag) {
            case "accept" -> Verdict.Plain.ACCEPT;
            case "drop" -> Verdict.Plain.DROP;
            case "continue" -> Verdict.Plain.CONTINUE;
            case "return" -> Verdict.Plain.RETURN;
            case "jump" -> new Verdict.Jump(Tree.textOrEmpty(Tree.members(content), "target"));
            case "goto" -> new Verdict.Goto(Tree.textOrEmpty(Tree.members(content), "target"));
            case "reject" -> new Verdict.Reject(rejection(Tree.members(content)));
            default -> null;
        };
    }

    private static String rejection(Map<String, ?> content) {
        var reason = Tree.textOrEmpty(content, "expr");
        return switch (Tree.textOrEmpty(content, "type")) {
            case "tcp reset" -> "tcp-reset";
            case "icmp" -> "icmp-" + reason;
            case "icmpv6" -> "icmp6-" + reason;
            default -> "icmpx-" + (reason.isEmpty() ? "port-unreachable" : reason);
        };
    }

    private static Condition limit(@Nullable Object content) {
        if (!(content instanceof Map<?, ?> given)) {
            return new Condition.Always(Truth.UNKNOWN);
        }
        return new Condition.Assumed(!Boolean.TRUE.equals(given.get("inv")), Phrases.LIMIT_NOT_REACHED);
    }

    private Statement verdictMap(Map<String, ?> content) {
        var key = expressions.of(content.get("key"));
        return new Statement.VerdictMap(key, sets.verdicts(content.get("data"), key.kinds()));
    }

    private Statement translation(Manip manip, Map<String, ?> content) {
        var address = content.get("addr");
        if (Tree.items(content.get("type_flags")).contains("prefix") || Tree.content(address, "prefix") != null) {
            return new Verdict.Unknown("a translation of prefixes");
        }
        return new Statement.Translate(
                manip, new Target.To(address == null ? null : addresses(address), ports(content.get("port"))));
    }

    private Expression addresses(Object node) {
        var ends = Tree.items(Tree.content(node, "range"));
        if (ends.size() != 2
                || !(Kind.ADDRESS.value(ends.getFirst()) instanceof Value.Address(var first))
                || !(Kind.ADDRESS.value(ends.getLast()) instanceof Value.Address(var last))) {
            return expressions.of(node);
        }
        try {
            return AddressRange.drawn(first, last);
        } catch (IllegalArgumentException _) {
            return Expression.Opaque.UNKNOWN;
        }
    }

    private Statement.@Nullable Ports ports(@Nullable Object node) {
        if (node == null) {
            return null;
        }
        var ends = Tree.items(Tree.content(node, "range"));
        return ends.size() == 2
                ? new Statement.Ports(expressions.of(ends.getFirst()), expressions.of(ends.getLast()))
                : new Statement.Ports(expressions.of(node), null);
    }

    /// A match or target of iptables, of which nft shows the name at most.
    private static List<Statement> xtables(Map<String, ?> content, boolean last) {
        var name = Tree.textOrEmpty(content, "name");
        return switch (name) {
            case "comment", "LOG", "NFLOG", "TCPMSS", "CHECKSUM" -> List.of();
            default -> List.of(unknown("xt " + name, last));
        };
    }
}
