package dev.underpass.console.watch;

import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.kubeapi.FakeKubeApi;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.slf4j.LoggerFactory;

/// Measures how long a changed Pod takes to be in the snapshot, while 500 of 10,000 Pods change each second:
/// `scripts/watch-lag`.
public final class WatchLag {

    private static final int PODS = 10_000;
    private static final int EVENTS_PER_SECOND = 500;
    private static final int SECONDS = 60;
    private static final long NANOS_PER_MILLI = 1_000_000;

    /// When each Pod's newest change was made, by the label that it wrote; the snapshot's label says it has arrived.
    private final Map<String, ArrayDeque<Long>> waiting = new HashMap<>();

    private final List<Long> lags = new ArrayList<>();
    private int snapshots;

    private WatchLag() {}

    public static void main(String[] arguments) throws Exception {
        new WatchLag().measure();
        System.exit(0);
    }

    private void measure() throws Exception {
        var random = new Random(1);
        try (var api = new FakeKubeApi()) {
            api.start();
            for (int i = 0; i < PODS; i++) {
                put(api, i, 0);
            }
            var analysis = new CurrentAnalysis("kubernetes", "lag", Clock.systemUTC());
            var clients = new ApiClients(api.kubeconfig().toString(), "");
            var watch = new ClusterWatch(clients, analysis, Clock.systemUTC());
            analysis.snapshots()
                    .filter(snapshot -> snapshot.pods().size() == PODS)
                    .blockFirst();
            var subscription = analysis.snapshots().subscribe(snapshot -> {
                long now = System.nanoTime();
                synchronized (this) {
                    snapshots++;
                    snapshot.pods()
                            .forEach(pod ->
                                    arrived(pod.name().name(), pod.labels().getOrDefault("v", "0"), now));
                }
            });
            long before = heap();
            churn(api, random);
            Thread.sleep(1_000);
            api.expire();
            Thread.sleep(2_000);
            LoggerFactory.getLogger(WatchLag.class).info("{}", result(before, heap()));
            subscription.dispose();
            watch.destroy();
        }
    }

    private void churn(FakeKubeApi api, Random random) throws InterruptedException {
        long start = System.nanoTime();
        for (int event = 1; event <= EVENTS_PER_SECOND * SECONDS; event++) {
            int pod = random.nextInt(PODS);
            synchronized (this) {
                waiting.computeIfAbsent("p" + pod, _ -> new ArrayDeque<>()).add(System.nanoTime());
                waiting.computeIfAbsent("p" + pod + " v", _ -> new ArrayDeque<>())
                        .add((long) event);
            }
            put(api, pod, event);
            long due = start + event * (1_000 * NANOS_PER_MILLI / EVENTS_PER_SECOND);
            long rest = (due - System.nanoTime()) / NANOS_PER_MILLI;
            if (rest > 0) {
                Thread.sleep(rest);
            }
        }
    }

    /// All changes of the Pod up to this version are in the snapshot.
    private void arrived(String pod, String version, long now) {
        var versions = waiting.get(pod + " v");
        var times = waiting.get(pod);
        while (versions != null && times != null && !versions.isEmpty() && versions.peek() <= Long.parseLong(version)) {
            versions.poll();
            lags.add(now - times.poll());
        }
    }

    private static void put(FakeKubeApi api, int pod, int version) {
        api.load("""
                {"kind": "Pod", "apiVersion": "v1",
                 "metadata": {"name": "p%1$d", "namespace": "a", "uid": "u%1$d", "labels": {"v": "%2$d"}},
                 "spec": {"nodeName": "n"}, "status": {"podIPs": [{"ip": "10.6.%3$d.%4$d"}]}}
                """.formatted(pod, version, pod / 250, pod % 250 + 1));
    }

    private static long heap() throws InterruptedException {
        System.gc();
        Thread.sleep(200);
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private synchronized String result(long before, long after) {
        var sorted = lags.stream().sorted().toList();
        return "%d of %d changes arrived in %d snapshots; lag median %.1f ms, p99 %.1f ms, worst %.1f ms; heap %d MiB, then %d MiB"
                .formatted(
                        sorted.size(),
                        EVENTS_PER_SECOND * SECONDS,
                        snapshots,
                        millis(sorted, 0.5),
                        millis(sorted, 0.99),
                        millis(sorted, 1),
                        before >> 20,
                        after >> 20);
    }

    private static double millis(List<Long> sorted, double share) {
        int index = Math.min(sorted.size() - 1, (int) (sorted.size() * share));
        return sorted.get(index) / (double) NANOS_PER_MILLI;
    }
}
