package dev.underpass.console.view;

import dev.underpass.cluster.ObjectName;
import dev.underpass.diagnosis.Analysis;
import dev.underpass.diagnosis.PodAnalysis;
import dev.underpass.diagnosis.Roles;
import dev.underpass.diagnosis.Verdict;
import dev.underpass.reachability.Path;
import dev.underpass.reachability.Place;
import dev.underpass.reachability.Trace;
import dev.underpass.words.Sentence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Two Pods' ways to the same target, or one Pod's at two times, decision by decision: "it works there, and not here".
///
/// @param facts what is different of the two Pods themselves
/// @param rows the decisions of both, in their order
/// @param then when the right one was; absent where both are of the same time
public record TraceComparison(
        Verdict left,
        Verdict right,
        List<Fact> facts,
        List<Row> rows,
        @Nullable Instant then) {

    public TraceComparison {
        facts = List.copyOf(facts);
        rows = List.copyOf(rows);
    }

    /// Something that is not the same of both Pods.
    ///
    /// @param key `node`, `attachment`, `mode`, `devices` or `kube-proxy`
    public record Fact(String key, String left, String right) {}

    /// One decision of either or of both.
    public record Row(@Nullable Decision left, @Nullable Decision right) {

        /// How the two sides stand to each other.
        public enum Kind {
            SAME,
            /// The same decision about other names and addresses.
            ALIKE,
            DIFFERENT,
            ONLY_LEFT,
            ONLY_RIGHT
        }

        public Kind kind() {
            if (left == null || right == null) {
                return left == null ? Kind.ONLY_RIGHT : Kind.ONLY_LEFT;
            }
            if (left.line().equals(right.line())) {
                return Kind.SAME;
            }
            return left.inRoles().equals(right.inRoles()) ? Kind.ALIKE : Kind.DIFFERENT;
        }
    }

    /// A decision, or the end of a way.
    ///
    /// @param step a hop's step, or the cause of the end
    /// @param line the evidence, or what there is to say without any
    /// @param inRoles the line with the Pod's and its node's own names and addresses replaced by what they are
    public record Decision(boolean end, Place place, String step, Sentence line, String inRoles) {

        /// What must be the same for two decisions to be held against each other.
        private String key() {
            return place.kind() + step;
        }
    }

    /// Compares the paths that decided the verdicts, or the right one's path to the left one's backend.
    ///
    /// @param there where the right one is from
    /// @param then when that was; absent where it is the same time
    public static TraceComparison of(
            Analysis analysis, Trace left, Analysis there, Trace right, @Nullable Instant then) {
        var one = left.worst();
        var other = right.paths().stream()
                .filter(path -> right.disposition() == left.disposition()
                        && path.backend() != null
                        && path.backend().equals(one.backend()))
                .findFirst()
                .orElse(right.worst());
        return new TraceComparison(
                analysis.verdict(left),
                there.verdict(right),
                facts(analysis, left.from(), there, right.from()),
                aligned(decisions(analysis, left, one), decisions(there, right, other)),
                then);
    }

    /// Where the two ways part; absent when they do not.
    public @Nullable Row parting() {
        return rows.stream()
                .filter(row -> row.kind() != Row.Kind.SAME && row.kind() != Row.Kind.ALIKE)
                .findFirst()
                .orElse(null);
    }

    /// The rows up to where the first of the two ends.
    public List<Row> head() {
        return rows.subList(0, firstEnd());
    }

    /// What only the other has still to do.
    public List<Row> rest() {
        return rows.subList(firstEnd(), rows.size());
    }

    private int firstEnd() {
        for (int i = 0; i < rows.size(); i++) {
            if (isEnd(rows.get(i).left()) || isEnd(rows.get(i).right())) {
                return i + 1;
            }
        }
        throw new IllegalStateException("a way has an end");
    }

    private static boolean isEnd(@Nullable Decision decision) {
        return decision != null && decision.end();
    }

    private static List<Fact> facts(Analysis analysis, ObjectName left, Analysis there, ObjectName right) {
        var one = analysis.pod(left).orElseThrow();
        var other = there.pod(right).orElseThrow();
        var facts = new ArrayList<Fact>();
        fact(facts, "node", one, other, pod -> String.valueOf(pod.pod().node()));
        fact(facts, "attachment", one, other, pod -> pod.network().attachment());
        fact(facts, "mode", one, other, pod -> pod.network().mode().name().toLowerCase(Locale.ROOT));
        fact(facts, "devices", one, other, TraceComparison::devices);
        fact(facts, "kube-proxy", proxy(analysis, one), proxy(there, other));
        return facts;
    }

    private static void fact(
            List<Fact> facts, String key, PodAnalysis one, PodAnalysis other, Function<PodAnalysis, String> of) {
        fact(facts, key, of.apply(one), of.apply(other));
    }

    private static void fact(List<Fact> facts, String key, String left, String right) {
        if (!left.equals(right)) {
            facts.add(new Fact(key, left, right));
        }
    }

    private static String devices(PodAnalysis pod) {
        return String.join(
                ", ",
                pod.network().nics().stream()
                        .map(nic -> nic.device() + " " + nic.kind())
                        .toList());
    }

    private static String proxy(Analysis analysis, PodAnalysis pod) {
        var node = pod.pod().node();
        var report = node == null ? null : analysis.snapshot().reports().get(node);
        var proxy = report == null ? null : report.host().kubeProxy();
        return proxy == null ? "unknown" : proxy.mode();
    }

    private static List<Decision> decisions(Analysis analysis, Trace trace, Path path) {
        var roles = Roles.of(analysis, trace.from());
        var hops = Stream.concat(path.forward().stream(), path.reply().stream())
                .map(hop -> decision(
                        roles,
                        false,
                        hop.where(),
                        hop.step().name(),
                        hop.evidence().isEmpty() ? hop.detail() : Sentence.line(hop.evidence())));
        var end = path.end();
        var last = decision(roles, true, end.where(), end.cause().name(), end.noted());
        return Stream.concat(hops, Stream.of(last)).toList();
    }

    private static Decision decision(Roles roles, boolean end, Place place, String step, Sentence line) {
        return new Decision(end, place, step, line, roles.in(line.toString()));
    }

    /// A longest common subsequence, and what stands between in pairs of the same step.
    private static List<Row> aligned(List<Decision> left, List<Decision> right) {
        int[][] common = common(left, right);
        var rows = new ArrayList<Row>();
        int i = 0;
        int j = 0;
        while (i < left.size() || j < right.size()) {
            boolean both = i < left.size() && j < right.size();
            if (both && matches(left.get(i), right.get(j))) {
                rows.add(new Row(left.get(i++), right.get(j++)));
            } else if (j == right.size() || (both && common[i + 1][j] >= common[i][j + 1])) {
                rows.add(new Row(left.get(i++), null));
            } else {
                rows.add(new Row(null, right.get(j++)));
            }
        }
        return rows;
    }

    private static int[][] common(List<Decision> left, List<Decision> right) {
        int[][] common = new int[left.size() + 1][right.size() + 1];
        for (int i = left.size() - 1; i >= 0; i--) {
            for (int j = right.size() - 1; j >= 0; j--) {
                common[i][j] = matches(left.get(i), right.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }

    private static boolean matches(Decision left, Decision right) {
        return Objects.equals(left.key(), right.key());
    }
}
