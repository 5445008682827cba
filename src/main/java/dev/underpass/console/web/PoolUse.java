package dev.underpass.console.web;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.Node;
import dev.underpass.cluster.ObjectName;
import dev.underpass.cluster.Pod;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Which pools the wizard's workload may use on the chosen network, by what the pools say of whom they are for.
///
/// Names count before labels: beside `namespaceName` Spiderpool does not look at `namespaceAffinity`, nor beside
/// `nodeName` at `nodeAffinity`.
///
/// @param pools their objects, and why not where they cannot be read
/// @param network absent while it is not known
record PoolUse(
        Read pools,
        ClusterSnapshot now,
        WizardWorkload workload,
        @Nullable ObjectName network) {

    /// Spiderpool's own labels, which tie a pool to the workload that it was made for; no Pod has them.
    private static final String OWN = "ipam.spidernet.io/app-";

    /// The pools' objects by name.
    ///
    /// @param unread empty where they were read
    record Read(Map<String, ? extends JsonNode> all, String unread) {

        Read {
            all = Map.copyOf(all);
        }
    }

    /// How a restriction stands to the workload.
    enum Answer {
        YES,
        /// To some of its Pods, or to where they run now.
        SOME,
        NO,
        UNKNOWN
    }

    /// A restriction that is not known to be in order.
    record Barrier(Answer answer, PoolWho rule) {

        public String text() {
            return rule.field() + " " + rule.text();
        }
    }

    /// What keeps the workload from the pool, wholly or partly.
    List<Barrier> barriers(String pool) {
        var object = pools.all().get(pool);
        if (object == null) {
            return List.of();
        }
        var spec = object.path("spec");
        return PoolWho.of(object).stream()
                .map(rule -> new Barrier(answer(spec, rule.field()), rule))
                .filter(barrier -> barrier.answer() != Answer.YES)
                .toList();
    }

    private Answer answer(JsonNode spec, String field) {
        var selector = new LabelSelector(spec.path(field));
        return switch (field) {
            case "podAffinity" -> pods(selector);
            case "namespaceName" ->
                names(spec.path(field)).anyMatch(workload.namespace()::equals) ? Answer.YES : Answer.NO;
            case "namespaceAffinity" -> spec.path("namespaceName").isEmpty() ? namespace(selector) : Answer.YES;
            case "nodeName" ->
                nodes(node -> names(spec.path(field)).anyMatch(node.name().value()::equals));
            case "nodeAffinity" ->
                spec.path("nodeName").isEmpty() ? nodes(node -> selector.matches(node.labels())) : Answer.YES;
            case "multusName" -> network(spec.path(field));
            default -> Answer.UNKNOWN;
        };
    }

    private static Stream<String> names(JsonNode list) {
        return list.valueStream().map(each -> each.asString(""));
    }

    /// Of a workload that is yet to be made, nobody knows the labels.
    private Answer pods(LabelSelector selector) {
        return all(workload.pods().stream()
                .map(pod -> selector.matches(labels(pod.analysis().pod(), selector)))
                .toList());
    }

    /// The API group and version of a workload are not recorded: they count as those that the pool asks for.
    private Map<String, String> labels(Pod pod, LabelSelector selector) {
        var labels = new HashMap<>(pod.labels());
        selector.node().path("matchLabels").properties().stream()
                .filter(label -> label.getKey().startsWith(OWN + "api-"))
                .forEach(label -> labels.put(label.getKey(), label.getValue().asString("")));
        labels.put(OWN + "namespace", workload.namespace());
        labels.put(OWN + "kind", workload.kind());
        labels.put(OWN + "name", workload.name());
        return labels;
    }

    private Answer namespace(LabelSelector selector) {
        return now.policies().namespaces().stream()
                .filter(each -> each.name().equals(workload.namespace()))
                .findFirst()
                .map(each -> selector.matches(each.labels()) ? Answer.YES : Answer.NO)
                .orElse(Answer.UNKNOWN);
    }

    /// Pods that are made anew may come to other nodes: what no node is fit for is in the way.
    private Answer nodes(Predicate<Node> fits) {
        var fit = now.nodes().stream().filter(fits).map(Node::name).collect(toSet());
        if (now.nodes().isEmpty() || fit.isEmpty()) {
            return now.nodes().isEmpty() ? Answer.UNKNOWN : Answer.NO;
        }
        var places = workload.pods().stream()
                .flatMap(pod -> Stream.ofNullable(pod.analysis().pod().node()))
                .toList();
        boolean everywhere = places.isEmpty() ? fit.size() == now.nodes().size() : fit.containsAll(places);
        return everywhere ? Answer.YES : Answer.SOME;
    }

    /// Networks are named with their namespace, or without it.
    private Answer network(JsonNode list) {
        return network == null
                        || names(list).anyMatch(name -> name.equals(network.toString()) || name.equals(network.name()))
                ? Answer.YES
                : Answer.NO;
    }

    private static Answer all(List<Boolean> answers) {
        if (answers.isEmpty()) {
            return Answer.UNKNOWN;
        }
        if (answers.stream().allMatch(each -> each)) {
            return Answer.YES;
        }
        return answers.stream().anyMatch(each -> each) ? Answer.SOME : Answer.NO;
    }

    /// What keeps all of the workload from the pool; empty where nothing does.
    String forbids(String pool) {
        return barriers(pool).stream()
                .filter(barrier -> barrier.answer() == Answer.NO)
                .map(Barrier::text)
                .collect(joining("; "));
    }

    /// Says at the field what is in the way of a pool.
    void judge(String field, String pool, WizardProblems problems) {
        if (!pools.unread().isEmpty()) {
            problems.warn(field, "untold", pool, pools.unread());
        }
        for (var barrier : barriers(pool)) {
            switch (barrier.answer()) {
                case NO -> problems.refuse(field, "barred", pool, barrier.text());
                case SOME -> problems.warn(field, "barredSome", pool, barrier.text());
                case UNKNOWN, YES -> problems.warn(field, "untold", pool, barrier.text());
            }
        }
    }
}
