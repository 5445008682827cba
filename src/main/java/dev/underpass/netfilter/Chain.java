package dev.underpass.netfilter;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A list of rules with a name in a table. Two chains of the same content are two chains.
final class Chain {

    private final String table;
    private final String name;
    private final RuleIndex rules;
    private final Map<String, Chain> siblings;

    /// A chain with its rules.
    ///
    /// @param siblings the chains of its table by name, which the parser completes later
    Chain(String table, String name, List<Rule> rules, Map<String, Chain> siblings) {
        this.table = table;
        this.name = name;
        this.rules = new RuleIndex(rules);
        this.siblings = siblings;
    }

    String table() {
        return table;
    }

    String name() {
        return name;
    }

    RuleIndex rules() {
        return rules;
    }

    /// The chain that a jump of this one leads to; null if the table has none of that name.
    @Nullable
    Chain sibling(String target) {
        return siblings.get(target);
    }

    @Override
    public String toString() {
        return table + " " + name;
    }
}
