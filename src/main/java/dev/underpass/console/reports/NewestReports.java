package dev.underpass.console.reports;

import dev.underpass.console.RefusedException;
import dev.underpass.report.NodeReport;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/// The newest report of each node as its agent sent it, and which agent starts are over.
@Component
class NewestReports {

    private static final int MAX_ENDED = 64;

    private final Map<String, Node> nodes = new HashMap<>();

    /// @param ended the starts before that of the newest report
    private record Node(NodeReport newest, Instant receivedAt, Deque<String> ended) {}

    /// The newest report of a node, and when it came.
    record Received(NodeReport report, Instant at) {}

    synchronized Set<String> nodes() {
        return Set.copyOf(nodes.keySet());
    }

    synchronized Optional<Received> newest(String node) {
        return Optional.ofNullable(nodes.get(node)).map(known -> new Received(known.newest(), known.receivedAt()));
    }

    /// The report that changes may refer to.
    synchronized @Nullable NodeReport base(String node, String bootId, long sequence) {
        var known = nodes.get(node);
        return known != null
                        && known.newest().bootId().equals(bootId)
                        && known.newest().sequence() == sequence
                ? known.newest()
                : null;
    }

    /// Keeps the report where it is newer than what is known.
    ///
    /// @throws RefusedException if it is not
    synchronized void keep(NodeReport report, Instant receivedAt) {
        var known = nodes.get(report.node());
        if (known == null) {
            nodes.put(report.node(), new Node(report, receivedAt, new ArrayDeque<>()));
            return;
        }
        var ended = known.ended();
        if (known.newest().bootId().equals(report.bootId())) {
            later(known.newest(), report);
        } else if (ended.contains(report.bootId())) {
            throw new RefusedException(
                    HttpStatus.CONFLICT, "superseded-start", "a later start of the agent has reported already");
        } else {
            ended.addLast(known.newest().bootId());
            if (ended.size() > MAX_ENDED) {
                ended.removeFirst();
            }
        }
        nodes.put(report.node(), new Node(report, receivedAt, ended));
    }

    /// Keeps a report that another replica took; false where a newer one is known.
    synchronized boolean learn(NodeReport report, Instant receivedAt) {
        try {
            keep(report, receivedAt);
            return true;
        } catch (RefusedException _) {
            return false;
        }
    }

    private static void later(NodeReport newest, NodeReport report) {
        if (report.sequence() <= newest.sequence()) {
            throw new RefusedException(
                    HttpStatus.CONFLICT,
                    "old-sequence",
                    "sequence %d is not newer than %d".formatted(report.sequence(), newest.sequence()));
        }
    }
}
