package dev.underpass.diagnosis.edit;

import dev.underpass.cluster.NodeName;
import dev.underpass.cluster.ObjectName;
import dev.underpass.cluster.Policies.Namespace;
import dev.underpass.report.JsonValue;
import dev.underpass.words.Sentence;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/// The rules of what a pool says of the Pods, nodes, namespaces and networks that it is for.
final class AffinityRules {

    private final Review review;

    private AffinityRules(Review review) {
        this.review = review;
    }

    static void check(Review review) {
        var rules = new AffinityRules(review);
        review.spec().part("podAffinity").ifPresent(rules::podAffinity);
        for (var field : new String[] {"podAffinity", "namespaceAffinity", "nodeAffinity"}) {
            review.spec()
                    .part(field)
                    .ifPresent(selector -> selector.parts("matchExpressions").forEach(rules::values));
        }
        rules.names("nodeName", Known.NODES, rules.nodes(), PoolPhrases.A_NODE.with());
        rules.names("namespaceName", Known.NAMESPACES, rules.namespaces(), PoolPhrases.A_NAMESPACE.with());
        rules.names("multusName", Known.MULTUS_CONFIGS, rules.networks(), Sentence.line("SpiderMultusConfig"));
    }

    private void podAffinity(Part selector) {
        boolean empty = size(selector, "matchLabels") + size(selector, "matchExpressions") == 0;
        if (empty) {
            review.refuse(selector.path(), PoolPhrases.SELECTS_NOTHING.with());
        }
    }

    private static int size(Part selector, String field) {
        return switch (selector.fields().get(field)) {
            case JsonValue.Members(var labels) -> labels.size();
            case JsonValue.Items(var expressions) -> expressions.size();
            case null, default -> 0;
        };
    }

    private void values(Part expression) {
        var operator = expression.text("operator").orElse("");
        boolean any = size(expression, "values") > 0;
        if ((operator.equals("In") || operator.equals("NotIn")) && !any) {
            review.refuse(expression.at("values"), PoolPhrases.NEEDS_VALUE.with(operator));
        } else if ((operator.equals("Exists") || operator.equals("DoesNotExist")) && any) {
            review.refuse(expression.at("values"), PoolPhrases.TAKES_NO_VALUES.with(operator));
        }
    }

    private void names(String field, String resource, Set<String> known, Sentence what) {
        var entries = review.spec().texts(field);
        if (entries.isEmpty() || !review.knows(resource, "spec." + field, PoolPhrases.IF_EACH_THERE.with(what))) {
            return;
        }
        for (var entry : entries) {
            if (!known.contains(entry.text())) {
                review.warn(entry.path(), PoolPhrases.SERVES_NO_POD.with(what, Words.quoted(entry.text())));
            }
        }
    }

    private Set<String> nodes() {
        return review.now().nodes().stream()
                .map(node -> node.name())
                .map(NodeName::value)
                .collect(Collectors.toSet());
    }

    private Set<String> namespaces() {
        return review.now().policies().namespaces().stream()
                .map(Namespace::name)
                .collect(Collectors.toSet());
    }

    /// Networks are named with their namespace, or without it.
    private Set<String> networks() {
        var names = new HashSet<String>();
        review.now().spiderpool().multusConfigs().forEach(each -> add(names, each.name()));
        review.now().spiderpool().networkAttachments().forEach(each -> add(names, each.name()));
        return names;
    }

    private static void add(Set<String> names, ObjectName name) {
        names.add(name.toString());
        names.add(name.name());
    }
}
