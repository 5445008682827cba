package dev.underpass.console.web;

import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.analysis.PodSummary;
import dev.underpass.console.objects.EditedObjects;
import dev.underpass.console.view.WhatIfView;
import dev.underpass.diagnosis.Pair;
import dev.underpass.diagnosis.Reattachment;
import dev.underpass.diagnosis.RecreatedPod;
import dev.underpass.diagnosis.RecreatedPod.Effect;
import dev.underpass.diagnosis.Verdict;
import dev.underpass.reachability.Disposition.Fold;
import dev.underpass.report.Fields;
import dev.underpass.report.ReportFormatException;
import dev.underpass.words.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What the wizard comes to.
///
/// @param objects those that are to be made, in this order
/// @param annotations of the Pods' template, as YAML
/// @param patch of the workload, as YAML; empty where none can be told
/// @param command that patches the workload; empty where none can be told
/// @param pods that must be made anew, and what each then reaches
/// @param whatIf what else changes; absent where no Pod is known
/// @param stays what the Pods do not reach then either
record WizardResult(
        List<Made> objects,
        String annotations,
        String patch,
        String command,
        List<Row> pods,
        @Nullable WhatIfView whatIf,
        List<Verdict> stays,
        List<Sentence> notes) {

    /// How many pairs of these Pods and Service ports cannot be told.
    public long undetermined() {
        return pods.stream().mapToLong(row -> row.then().undetermined()).sum();
    }

    /// An object that is to be made.
    ///
    /// @param path where its review is
    record Made(String kind, String name, String yaml, String path) {}

    /// What becomes of a Pod.
    ///
    /// @param effect `differs`, `cannot-start` or `unknown`
    /// @param reason why it cannot start, or cannot be told
    /// @param now the Service ports that it reaches today
    /// @param then and those that it reaches made anew
    record Row(PodSummary pod, String effect, Sentence reason, Counts now, Counts then) {}

    /// Service ports by what becomes of connections to them.
    record Counts(long reachable, long unreachable, long undetermined) {

        static final Counts NONE = new Counts(0, 0, 0);

        public long all() {
            return reachable + unreachable + undetermined;
        }

        /// The worst of them, as a verdict.
        public Fold worst() {
            if (unreachable > 0) {
                return Fold.UNREACHABLE;
            }
            return undetermined > 0 || reachable == 0 ? Fold.UNDETERMINED : Fold.REACHABLE;
        }

        private static Counts of(List<Pair> pairs, Reattachment.Result result) {
            long untold = pairs.stream().filter(pair -> untold(pair, result)).count();
            return new Counts(
                    count(pairs, result, Fold.REACHABLE),
                    count(pairs, result, Fold.UNREACHABLE),
                    count(pairs, result, Fold.UNDETERMINED) + untold);
        }

        private static long count(List<Pair> pairs, Reattachment.Result result, Fold fold) {
            return pairs.stream()
                    .filter(pair -> !untold(pair, result)
                            && pair.outcome().disposition().fold() == fold)
                    .count();
        }

        private static boolean untold(Pair pair, Reattachment.Result result) {
            var service = pair.to().service();
            return service != null && result.untold().contains(service);
        }
    }

    static WizardResult of(ClusterView cluster, WizardPage.Choices choices) {
        var network = choices.network();
        var workload = choices.workload();
        var annotations = choices.annotations(cluster.analysis().snapshot());
        var objects = Stream.concat(
                        choices.pools().stream().map(WizardPool::object),
                        Stream.of(network).map(WizardNetwork::object))
                .flatMap(Stream::ofNullable)
                .toList();
        var result = workload.pods().isEmpty() ? null : predicted(cluster, objects, choices, annotations);
        boolean patched = workload.templated();
        return new WizardResult(
                objects.stream().map(WizardResult::made).toList(),
                annotations.yaml(),
                patched ? annotations.patchYaml() : "",
                patched ? annotations.command(workload) : "",
                result == null ? List.of() : rows(cluster, result),
                result == null ? null : WhatIfView.of(result.whatIf()),
                result == null ? List.of() : stays(result),
                result == null ? List.of() : result.whatIf().notes());
    }

    private static Made made(ObjectNode object) {
        var kind = object.path("kind").asString("");
        var metadata = object.path("metadata");
        var namespace = metadata.path("namespace").asString("");
        var name = metadata.path("name").asString("");
        return new Made(
                kind,
                namespace.isEmpty() ? name : namespace + "/" + name,
                ObjectText.yaml(object),
                kind.equals("SpiderIPPool") ? "/pools/new/review" : "/networks/new/review");
    }

    private static Reattachment.Result predicted(
            ClusterView cluster, List<ObjectNode> objects, WizardPage.Choices choices, WizardAnnotations annotations) {
        try {
            var fields = new ArrayList<Fields>();
            for (var object : objects) {
                fields.add(Fields.of(object, ""));
            }
            var edited = new EditedObjects(fields, List.of())
                    .applied(cluster.analysis().snapshot());
            var plan = new Reattachment.Plan(
                    choices.networkName(),
                    annotations.device(),
                    choices.network().parent(),
                    choices.only(),
                    choices.pools().stream().map(WizardPool::name).toList(),
                    annotations.networks());
            return Reattachment.of(
                    cluster.analysis(), edited, choices.workload().names(), plan);
        } catch (ReportFormatException e) {
            // The rules have passed every object that comes here.
            throw new IllegalStateException("an object cannot be read: " + e.getMessage(), e);
        }
    }

    private static List<Verdict> stays(Reattachment.Result result) {
        var after = result.whatIf().after();
        return result.whatIf().pods().stream()
                .filter(pod -> pod.effect() instanceof Effect.Differs)
                .flatMap(pod -> after.pairs(pod.pod()).stream())
                .filter(pair -> !Counts.untold(pair, result)
                        && pair.outcome().disposition().fold() == Fold.UNREACHABLE)
                .map(pair -> after.verdict(pair.from(), pair.to()))
                .toList();
    }

    private static List<Row> rows(ClusterView cluster, Reattachment.Result result) {
        return result.whatIf().pods().stream()
                .map(pod -> row(cluster, pod, result))
                .toList();
    }

    private static Row row(ClusterView cluster, RecreatedPod pod, Reattachment.Result result) {
        var summary = cluster.pod(pod.pod()).orElseThrow();
        var now = new Counts(summary.reachable(), summary.unreachable(), summary.undetermined());
        return switch (pod.effect()) {
            case Effect.Differs _ ->
                new Row(
                        summary,
                        "differs",
                        Sentence.NONE,
                        now,
                        Counts.of(result.whatIf().after().pairs(pod.pod()), result));
            case Effect.CannotStart(var reason) -> new Row(summary, "cannot-start", reason, now, Counts.NONE);
            case Effect.Unknown(var reason) -> new Row(summary, "unknown", reason, now, Counts.NONE);
        };
    }
}
