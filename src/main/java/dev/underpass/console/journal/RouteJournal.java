package dev.underpass.console.journal;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.ObjectName;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.net.NetworkState;
import dev.underpass.report.NodeReport;
import dev.underpass.report.PodReport;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;

/// The rules and routes that came and went in Pods while this replica looked on: what two reports of a running Pod, one
/// after the other, have different. The oldest go.
///
/// What was there when the replica began, or when a Pod was read for the first time, did not come.
@Component
public class RouteJournal implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(RouteJournal.class);
    private static final int MOST = 2_000;
    private static final int LINES = 20;

    private final Deque<Entry> entries = new ArrayDeque<>();
    private final Clock clock;
    private final Instant since;
    private final Disposable subscription;
    private @Nullable ClusterSnapshot last;

    /// What came and went in a Pod at once.
    ///
    /// @param at when the console heard of it
    /// @param came the lines as `ip` prints them, at most 20; `cameAll` how many there were
    /// @param went the same of those that were not there any more
    public record Entry(
            Instant at, ObjectName pod, String uid, List<String> came, int cameAll, List<String> went, int wentAll) {

        public Entry {
            came = List.copyOf(came);
            went = List.copyOf(went);
        }
    }

    RouteJournal(CurrentAnalysis analysis, Clock clock) {
        this.clock = clock;
        this.since = clock.instant();
        this.subscription =
                analysis.snapshots().subscribe(this::take, e -> LOG.error("No more routes are compared", e));
    }

    private synchronized void take(ClusterSnapshot snapshot) {
        if (last != null) {
            for (var report : snapshot.reports().entrySet()) {
                var before = last.reports().get(report.getKey());
                if (before != null && !isSame(before, report.getValue())) {
                    compare(before, report.getValue());
                }
            }
        }
        last = snapshot;
    }

    private static boolean isSame(NodeReport before, NodeReport now) {
        return before.sequence() == now.sequence() && before.bootId().equals(now.bootId());
    }

    private void compare(NodeReport before, NodeReport now) {
        var known = new HashMap<String, PodReport>();
        before.pods().forEach(pod -> known.put(pod.key(), pod));
        for (var pod : now.pods()) {
            var earlier = known.get(pod.key());
            if (earlier != null) {
                var difference =
                        Difference.of(earlier.network().network(), pod.network().network());
                keep(pod, difference);
            }
        }
    }

    private void keep(PodReport pod, Difference difference) {
        if (difference.came().isEmpty() && difference.went().isEmpty()) {
            return;
        }
        entries.addFirst(new Entry(
                clock.instant(),
                new ObjectName(pod.namespace(), pod.name()),
                pod.uid(),
                difference.came().stream().limit(LINES).toList(),
                difference.came().size(),
                difference.went().stream().limit(LINES).toList(),
                difference.went().size()));
        if (entries.size() > MOST) {
            entries.removeLast();
        }
    }

    /// Lines of two reports.
    private record Difference(Set<String> came, Set<String> went) {

        private static Difference of(NetworkState was, NetworkState is) {
            var difference = new Difference(new LinkedHashSet<>(), new LinkedHashSet<>());
            difference.add("ip rule ", was.rules(), is.rules());
            difference.add("ip -6 rule ", was.rules6(), is.rules6());
            difference.add("ip route ", was.routes(), is.routes());
            difference.add("ip -6 route ", was.routes6(), is.routes6());
            return difference;
        }

        /// Of a section that one of them does not have, nothing is known.
        private void add(String start, @Nullable List<?> was, @Nullable List<?> is) {
            if (was == null || is == null || was.equals(is)) {
                return;
            }
            var before = new HashSet<>(was);
            var now = new HashSet<>(is);
            is.stream().filter(line -> !before.contains(line)).forEach(line -> came.add(start + line));
            was.stream().filter(line -> !now.contains(line)).forEach(line -> went.add(start + line));
        }
    }

    /// Those of a Pod, the newest first; of one that had its name before, too.
    public synchronized List<Entry> of(ObjectName pod) {
        return entries.stream().filter(entry -> entry.pod().equals(pod)).toList();
    }

    /// Since when this replica looks.
    public Instant since() {
        return since;
    }

    @Override
    public void destroy() {
        subscription.dispose();
    }
}
