package dev.underpass.netfilter;

import dev.underpass.net.IpAddress.Family;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One table of iptables-save, filled line by line.
final class IptablesTable {

    static final Set<String> NAMES = Set.of("raw", "mangle", "nat", "filter", "security");

    private final String name;
    private final IptablesMatches matches;
    private final IptablesTargets targets;
    private final Map<String, String> declarations = new LinkedHashMap<>();
    private final Map<String, List<Rule>> rules = new LinkedHashMap<>();
    private final Map<String, Chain> chains = new HashMap<>();

    IptablesTable(String name, Family family) {
        this.name = name;
        this.matches = new IptablesMatches(family);
        this.targets = new IptablesTargets(family);
    }

    String name() {
        return name;
    }

    /// `:FORWARD ACCEPT [0:0]`.
    void declare(String line) {
        int space = line.indexOf(' ');
        if (space < 2) {
            throw new IllegalArgumentException("a chain without a policy");
        }
        var chain = line.substring(1, space);
        declarations.putIfAbsent(chain, line);
        rules.putIfAbsent(chain, new ArrayList<>());
    }

    /// `-A KUBE-SERVICES -d …`, perhaps after counters.
    void append(String line) {
        var text = withoutCounters(line);
        if (!text.startsWith("-A ")) {
            throw new IllegalArgumentException("not a line of iptables-save");
        }
        int end = text.indexOf(' ', 3);
        var chain = end < 0 ? text.substring(3) : text.substring(3, end);
        var own = rules.get(chain);
        if (own == null) {
            throw new IllegalArgumentException("chain " + chain + " is not declared");
        }
        var words = RuleWords.parse(end < 0 ? "" : text.substring(end));
        var statements = new ArrayList<Statement>();
        words.groups().forEach(group -> statements.addAll(matches.of(group)));
        statements.addAll(target(words));
        own.add(new Rule(name, chain, text, statements));
    }

    private static String withoutCounters(String line) {
        if (!line.startsWith("[")) {
            return line;
        }
        int close = line.indexOf(']');
        if (close < 0) {
            throw new IllegalArgumentException("counters without an end");
        }
        return line.substring(close + 1).stripLeading();
    }

    private List<Statement> target(RuleWords words) {
        if (!rules.containsKey(words.target())) {
            return words.isGoto()
                    ? List.of(new Verdict.Unknown(words.target()))
                    : targets.of(words.target(), words.targetOptions());
        }
        return List.of(words.isGoto() ? new Verdict.Goto(words.target()) : new Verdict.Jump(words.target()));
    }

    /// Makes the chains; nothing can be added any more.
    void complete() {
        rules.forEach((chain, own) -> chains.put(chain, new Chain(name, chain, own, chains)));
    }

    List<Rule> rules() {
        return rules.values().stream().flatMap(List::stream).toList();
    }

    /// The chains that the kernel calls, of those this table may have.
    ///
    /// @param registered when a chain of this name was registered, as far as known
    List<BaseChain> baseChains(Map<String, Long> registered) {
        var base = new ArrayList<BaseChain>();
        for (var hook : Hook.values()) {
            var priority = priority(hook);
            var chain = chains.get(hook.name());
            if (priority != null && chain != null) {
                var line = declarations.getOrDefault(hook.name(), "");
                var policy =
                        line.startsWith("DROP", hook.name().length() + 2) ? Verdict.Plain.DROP : Verdict.Plain.ACCEPT;
                long order = registered.getOrDefault(hook.name(), 0L);
                base.add(new BaseChain(chain, hook, type(), priority, order, policy, line));
            }
        }
        return base;
    }

    private BaseChain.Type type() {
        return switch (name) {
            case "nat" -> BaseChain.Type.NAT;
            case "mangle" -> BaseChain.Type.ROUTE;
            default -> BaseChain.Type.FILTER;
        };
    }

    /// When the table's chain is called at a hook; null if it has none there.
    private @Nullable Integer priority(Hook hook) {
        boolean local = hook == Hook.PREROUTING || hook == Hook.OUTPUT;
        boolean filtering = hook == Hook.INPUT || hook == Hook.FORWARD || hook == Hook.OUTPUT;
        return switch (name) {
            case "raw" -> local ? Priority.RAW : null;
            case "mangle" -> Priority.MANGLE;
            case "nat" -> hook == Hook.FORWARD ? null : local ? Priority.NAT_DESTINATION : Priority.NAT_SOURCE;
            case "security" -> filtering ? Priority.SECURITY : null;
            default -> filtering ? Priority.FILTER : null;
        };
    }
}
