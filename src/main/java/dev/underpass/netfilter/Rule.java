package dev.underpass.netfilter;

import static java.util.stream.Collectors.joining;

import java.util.List;

/// One line of a rule set.
public final class Rule {

    private final String table;
    private final String chain;
    private final String text;
    private final List<Statement> statements;
    private final String assumption;

    Rule(String table, String chain, String text, List<Statement> statements) {
        this.table = table;
        this.chain = chain;
        this.text = text;
        this.statements = List.copyOf(statements);
        this.assumption = statements.stream()
                .filter(Condition.Assumed.class::isInstance)
                .map(statement -> "; " + ((Condition.Assumed) statement).why())
                .distinct()
                .collect(joining());
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

    /// What its evaluation takes for granted, for evidence; empty for most.
    String assumption() {
        return assumption;
    }

    @Override
    public String toString() {
        return table + ": " + text;
    }
}
