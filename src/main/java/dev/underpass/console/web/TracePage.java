package dev.underpass.console.web;

import dev.underpass.cluster.NodeName;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.diagnosis.Analysis;
import dev.underpass.diagnosis.Verdict;
import dev.underpass.reachability.Disposition;
import dev.underpass.reachability.Hop;
import dev.underpass.reachability.Path;
import dev.underpass.reachability.Place;
import dev.underpass.reachability.Trace;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the trace page shows.
///
/// @param error what is wrong with the form, empty when nothing is
/// @param result absent until something was asked
record TracePage(Form form, String error, @Nullable Result result) {

    /// The form, with what may be chosen in it.
    record Form(String from, String to, List<String> pods, List<String> targets) {}

    /// The answer.
    record Result(
            Verdict verdict,
            String remedy,
            List<WayView> ways,
            List<String> alternatives,
            String text,
            List<NodeName> nodes) {

        static Result of(Analysis analysis, Trace trace, String text) {
            var remedy = analysis.attribution(trace, trace.worst())
                    .map(each -> each.code().remedy())
                    .orElse("");
            return new Result(
                    analysis.verdict(trace),
                    remedy,
                    trace.paths().stream()
                            .map(path -> WayView.of(analysis, trace, path))
                            .toList(),
                    trace.alternatives(),
                    text,
                    nodes(analysis, trace));
        }

        /// The nodes whose reports the answer rests on: the client's and the backends'.
        private static List<NodeName> nodes(Analysis analysis, Trace trace) {
            var nodes = new LinkedHashSet<NodeName>();
            var client = analysis.pod(trace.from()).orElseThrow().pod().node();
            if (client != null) {
                nodes.add(client);
            }
            for (var path : trace.paths()) {
                var backend = path.backend();
                if (backend != null && backend.node() != null) {
                    nodes.add(backend.node());
                }
            }
            return List.copyOf(nodes);
        }
    }

    /// One way to one backend.
    record WayView(
            Path path,
            String backend,
            @Nullable String code,
            boolean delivered,
            List<Box> forward,
            List<Box> reply,
            List<String> rewriting) {

        static WayView of(Analysis analysis, Trace trace, Path path) {
            var backend = path.backend();
            var code = analysis.attribution(trace, path).map(each -> each.code().name());
            return new WayView(
                    path,
                    backend == null
                            ? ""
                            : "%s:%d %s"
                                    .formatted(
                                            backend.address(),
                                            backend.port(),
                                            backend.pod() == null ? "" : backend.pod()),
                    code.orElse(null),
                    path.disposition() == Disposition.DELIVERED,
                    boxes(path.forward(), 1),
                    boxes(path.reply(), path.forward().size() + 1),
                    rewriting(path));
        }

        public boolean stopsForward() {
            return !delivered && path.end().phase().forward();
        }

        public boolean stopsReply() {
            return !delivered && !path.end().phase().forward();
        }

        public boolean unsure() {
            return path.disposition().fold() == Disposition.Fold.UNDETERMINED;
        }

        /// The packet's addresses each time that a node changed them.
        private static List<String> rewriting(Path path) {
            var seen = new ArrayList<String>();
            for (var hop : path.forward()) {
                var packet = hop.packet();
                var ends = "%s → %s:%d".formatted(packet.source(), packet.destination(), packet.destinationPort());
                if (seen.isEmpty() || !seen.getLast().equals(ends)) {
                    seen.add(ends);
                }
            }
            return seen;
        }
    }

    /// The hops at one place, in a row.
    ///
    /// @param first the number of its first hop
    record Box(Place place, int first, List<Hop> hops) {}

    private static List<Box> boxes(List<Hop> hops, int first) {
        var boxes = new ArrayList<Box>();
        int start = 0;
        for (int i = 1; i <= hops.size(); i++) {
            if (i == hops.size() || !hops.get(i).where().equals(hops.get(start).where())) {
                boxes.add(new Box(hops.get(start).where(), first + start, hops.subList(start, i)));
                start = i;
            }
        }
        return boxes;
    }

    /// What the form offers as targets: every Service port.
    static List<String> targets(ClusterView cluster) {
        return cluster.analysis().snapshot().services().stream()
                .filter(service -> !service.clusterIps().isEmpty())
                .flatMap(service -> service.ports().stream().map(port -> service.name() + ":" + port.port()))
                .sorted()
                .toList();
    }
}
