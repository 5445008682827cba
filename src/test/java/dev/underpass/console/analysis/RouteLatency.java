package dev.underpass.console.analysis;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.underpass.Recordings;
import dev.underpass.Shell;
import dev.underpass.cluster.NodeName;
import dev.underpass.console.bundle.BundleException;
import dev.underpass.console.bundle.BundleReader;
import dev.underpass.net.Route;
import dev.underpass.report.NodeReport;
import dev.underpass.report.ReportFormatException;
import dev.underpass.report.ReportReader;
import dev.underpass.report.UnknownBaseException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/// How long a deleted route takes from `ip route del` in a Pod to the console's snapshot. Run it with
/// `scripts/agent-weight`.
///
/// Takes an agent's reports as the console does, and publishes them by the console's own [LiveCluster]; the analysis
/// that would follow is not part of it.
final class RouteLatency implements AutoCloseable {

    private static final NodeName NODE = new NodeName("node1");
    private static final String ROUTE = "10.77.0.0/16";
    private static final long TIMEOUT_NANOS = TimeUnit.MINUTES.toNanos(5);
    private static final int MAX_PAUSE_MILLIS = 250;

    private final LiveCluster cluster;
    private final HttpServer server;
    private final String uid;
    private final List<Integer> sizes = new CopyOnWriteArrayList<>();
    private @Nullable NodeReport newest;
    private @Nullable NodeReport published;

    private RouteLatency(int port, String uid) throws IOException, BundleException {
        this.uid = uid;
        var resources = BundleReader.bundle(Recordings.path("healthy")).resources();
        cluster = new LiveCluster(
                () -> resources, Map.of(), Clock.systemUTC(), Schedulers.newSingle("writer", true), this::publish);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(
                Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory()));
        server.createContext("/", this::handle);
        server.start();
    }

    private synchronized void publish(LiveCluster.Published now) {
        published = now.snapshot().reports().get(NODE);
        notifyAll();
    }

    private void handle(HttpExchange exchange) throws IOException {
        int status = exchange.getRequestMethod().equals("PUT")
                ? take(exchange.getRequestBody().readAllBytes())
                : 404;
        exchange.getResponseHeaders().set("Underpass-Changes", "accepted");
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private int take(byte[] packed) throws IOException {
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            var report = ReportReader.read(gzip.readAllBytes(), (_, _, _) -> newest);
            newest = report;
            sizes.add(packed.length);
            cluster.accept(named(report), Clock.systemUTC().instant());
            return 204;
        } catch (UnknownBaseException _) {
            return 409;
        } catch (ReportFormatException e) {
            System.err.println("refused: " + e.getMessage());
            return 400;
        }
    }

    /// No API object tells the names of Pods that are known by their uid.
    private static NodeReport named(NodeReport report) {
        return report.withPods(report.pods().stream()
                .map(pod -> pod.name().isEmpty() ? pod.withName("bench", pod.uid()) : pod)
                .toList());
    }

    private synchronized void await(Predicate<NodeReport> condition) throws InterruptedException {
        long end = System.nanoTime() + TIMEOUT_NANOS;
        while (published == null || !condition.test(published)) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                throw new IllegalStateException("not published in time");
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    private static boolean hasRoute(NodeReport report, String pod) {
        return report.pods().stream()
                .filter(each ->
                        each.uid().equals(pod) && each.network().network().routes() != null)
                .flatMap(each -> each.network().network().routes().stream())
                .map(Route::destination)
                .anyMatch(to -> to.toString().equals(ROUTE));
    }

    private long nanosToDelete(int number, int pauseMillis) throws InterruptedException {
        var pod = uid.formatted(number);
        var namespace = "bench-" + number;
        Shell.run("ip", "-n", namespace, "route", "add", ROUTE, "via", "10.1.%d.254".formatted(number));
        await(report -> hasRoute(report, pod));
        // Now soon after a publication, whose pause delays the next one, now long after it.
        Thread.sleep(pauseMillis);
        long start = System.nanoTime();
        Shell.run("ip", "-n", namespace, "route", "del", ROUTE);
        await(report -> !hasRoute(report, pod));
        return System.nanoTime() - start;
    }

    /// Measures when there is a line on standard input, and prints median and 99th percentile.
    ///
    /// @param arguments the port to listen on, the format of the uid of the Pod in namespace `bench-N`, how many of
    ///     them there are, and how many routes to delete
    public static void main(String[] arguments) throws Exception {
        int pods = Integer.parseInt(arguments[2]);
        try (var latency = new RouteLatency(Integer.parseInt(arguments[0]), arguments[1])) {
            latency.await(report -> report.pods().size() == pods);
            if (System.in.read() < 0) {
                throw new IllegalStateException("not told to begin");
            }
            var nanos = latency.deletions(pods, Integer.parseInt(arguments[3]));
            System.out.printf(
                    "%d deleted routes of %d Pods, to the snapshot: median %.1f ms, 99th of 100 %.1f ms, most %.1f ms%n",
                    nanos.length,
                    pods,
                    nanos[nanos.length / 2] / 1e6,
                    nanos[nanos.length * 99 / 100] / 1e6,
                    nanos[nanos.length - 1] / 1e6);
            var sizes = latency.sizes.stream().sorted().toList();
            System.out.printf(
                    "%d reports on the wire: median %d bytes, largest %d bytes%n",
                    sizes.size(), sizes.get(sizes.size() / 2), sizes.getLast());
        }
    }

    private long[] deletions(int pods, int count) throws InterruptedException {
        var random = new Random(1);
        var nanos = new long[count];
        for (int i = 0; i < count; i++) {
            nanos[i] = nanosToDelete(random.nextInt(pods), random.nextInt(MAX_PAUSE_MILLIS));
        }
        Arrays.sort(nanos);
        return nanos;
    }

    @Override
    public void close() {
        server.stop(0);
        cluster.dispose();
    }
}
