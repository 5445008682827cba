package dev.underpass.netfilter;

import dev.underpass.words.Phrase;
import dev.underpass.words.Sentence;
import java.util.List;

/// One line of a rule set.
public final class Rule {

    private final String table;
    private final String chain;
    private final String text;
    private final List<Statement> statements;
    private final List<Phrase> assumptions;

    Rule(String table, String chain, String text, List<Statement> statements) {
        this.table = table;
        this.chain = chain;
        this.text = text;
        this.statements = List.copyOf(statements);
        this.assumptions = statements.stream()
                .filter(Condition.Assumed.class::isInstance)
                .map(statement -> ((Condition.Assumed) statement).why())
                .distinct()
                .toList();
    }

    /// `nat` for iptables, `ip kube-proxy` for nft.
    public String table() {
        return table;
    }

    public String chain() {
        return chain;
    }

    /// The line as iptables-save has it, without counters, or in nft's notation.
    public String text() {
        return text;
    }

    List<Statement> statements() {
        return statements;
    }

    /// What the rule did, and what its evaluation takes for granted: nothing for most.
    Sentence assuming(Sentence did) {
        var said = did;
        for (var assumption : assumptions) {
            said = Phrases.ASSUMED.with(said, assumption.with());
        }
        return said;
    }

    @Override
    public String toString() {
        return table + ": " + text;
    }
}
