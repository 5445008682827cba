package dev.underpass.console;

import dev.underpass.bench.GeneratedCluster;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.analysis.CurrentAnalysis;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/// What pages of generated clusters cost: `PageTimes [--best] PODS:SERVICES...`. Run it with `scripts/page-times`,
/// which
/// ends with an error where a budget of time or size is broken; with `--best` only where even the best time is over it.
public final class PageTimes {

    private static final PrintStream OUT = System.out;
    private static final String BEST = "--best";
    private static final Duration PATIENCE = Duration.ofMinutes(60);

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> broken = new ArrayList<>();
    private final Effort effort;
    private final int pods;
    private final int port;

    /// A page, and what its server may take, by section 4.3 of the design.
    private record Asked(String name, String path, int millis) {}

    private PageTimes(Effort effort, int pods, int port) {
        this.effort = effort;
        this.pods = pods;
        this.port = port;
    }

    public static void main(String[] arguments) {
        var sizes = new ArrayList<>(List.of(arguments));
        var effort = sizes.remove(BEST) ? Effort.BEST : Effort.TYPICAL;
        var broken = new ArrayList<String>();
        for (var size : sizes) {
            int colon = size.indexOf(':');
            int pods = Integer.parseInt(size.substring(0, colon));
            broken.addAll(measured(effort, pods, Integer.parseInt(size.substring(colon + 1))));
        }
        broken.forEach(each -> OUT.println("BROKEN " + each));
        System.exit(broken.isEmpty() ? 0 : 1);
    }

    private static List<String> measured(Effort effort, int pods, int services) {
        var cluster = new GeneratedCluster(pods, services);
        var folder = Path.of("target", "generated-%d-%d".formatted(pods, services));
        if (!Files.isDirectory(folder)) {
            cluster.write(folder);
        }
        long begun = System.nanoTime();
        try (var console = console(folder)) {
            long read = System.nanoTime();
            var view = Objects.requireNonNull(
                    console.getBean(CurrentAnalysis.class).current().block(PATIENCE));
            long analysed = System.nanoTime();
            OUT.printf(
                    "%n%,d Pods, %,d nodes, %,d Services, %,d groups: read in %.1f s, analysed in %.1f s, heap %,d MiB, load %.1f%n",
                    pods,
                    view.analysis().snapshot().nodes().size(),
                    services,
                    view.analysis().groups(),
                    seconds(begun, read),
                    seconds(read, analysed),
                    heapMebibytes(),
                    ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
            var times = new PageTimes(effort, pods, port(console));
            times.pages(view);
            times.drawings();
            return times.broken;
        }
    }

    private static double seconds(long from, long to) {
        return (to - from) / 1e9;
    }

    private static ConfigurableApplicationContext console(Path folder) {
        return new SpringApplicationBuilder(ConsoleApplication.class)
                .run(
                        "--server.port=0",
                        "--management.server.port=0",
                        "--underpass.source=bundle:" + folder,
                        "--logging.level.root=WARN",
                        "--spring.main.banner-mode=off");
    }

    private static int port(ConfigurableApplicationContext console) {
        return Objects.requireNonNull(console.getEnvironment().getProperty("local.server.port", Integer.class));
    }

    private static long heapMebibytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20;
    }

    private static List<Asked> asked(ClusterView view) {
        var pod = "lab/macvlan-" + view.clients() / 2 * 2 % 1000;
        var first = view.pods().stream()
                .filter(each -> each.unreachable() > 0)
                .findFirst()
                .map(each -> each.name().toString())
                .orElse(pod);
        return List.of(
                new Asked("overview", "/", 150),
                new Asked("pods", "/pods", 150),
                new Asked(
                        "pods, last page",
                        "/pods?page=" + Math.max(1, view.pods().size() / 50),
                        150),
                new Asked("pods, filtered", "/pods?q=verdict:unreachable", 150),
                new Asked("pods, by disposition", "/pods?q=disposition:no_route", 150),
                new Asked("pods, the worst first", "/pods?sort=unreachable", 150),
                new Asked("pods, by address", "/pods?sort=addresses", 150),
                new Asked("pods, by node", "/pods?sort=node", 150),
                new Asked("pods, by report", "/pods?sort=report", 150),
                new Asked("services", "/services", 150),
                new Asked("services, by verdict", "/services?sort=unreachable", 150),
                new Asked("services, filtered", "/services?q=verdict:unreachable", 150),
                new Asked("one Service", "/services/lab/service-00001", 150),
                new Asked("nodes", "/nodes", 150),
                new Asked("nodes, by findings", "/nodes?sort=findings", 150),
                new Asked("nodes, by proxy", "/nodes?sort=proxy", 150),
                new Asked("one node", "/nodes/node1", 150),
                new Asked("findings", "/findings", 150),
                new Asked("pools", "/pools", 150),
                new Asked("one pool", "/pools/v4-10-6", 150),
                new Asked("networks", "/networks", 150),
                new Asked("coordinator", "/coordinator", 150),
                new Asked("one Pod's Services", "/pods/" + first + "/services", 150),
                new Asked("topology", "/topology", 250),
                new Asked("topology, table", "/topology?view=table", 250),
                new Asked("topology, every node", "/topology?view=nodes", 250),
                new Asked("topology, one node", "/topology?level=node&id=node1", 250),
                new Asked("topology, filtered", "/topology?q=verdict:unreachable", 250),
                new Asked("trace", "/trace?from=" + first + "&to=lab/service-00001:80", 300),
                new Asked("matrix", "/reachability", 400));
    }

    private void drawings() {
        if (Chromium.executable().isEmpty()) {
            OUT.println("  No Chromium: what it takes to show pages is not measured");
            return;
        }
        try (var playwright = Chromium.playwright();
                var browser = Chromium.launch(playwright)) {
            var timed = new TimedBrowser(browser, effort, pods, port, broken);
            new DrawingTimes(timed).measure();
            new AnswerTimes(timed).measure();
        }
    }

    private void pages(ClusterView view) {
        OUT.printf(
                "  %-22s %8s %8s %8s %8s %10s %9s %9s%n",
                "page", "first ms", "best ms", "p50 ms", "p95 ms", "bytes", "gzip", "elements");
        for (var asked : asked(view)) {
            page(asked);
        }
    }

    private void page(Asked asked) {
        double first = millis(asked.path());
        for (int i = 0; i < effort.warmUp(); i++) {
            millis(asked.path());
        }
        var times = Stream.generate(() -> millis(asked.path()))
                .limit(effort.asks())
                .sorted()
                .toList();
        var size = PageSize.of(body(asked.path()));
        OUT.printf(
                "  %-22s %8.0f %8.1f %8.1f %8.1f %,10d %,9d %,9d%n",
                asked.name(),
                first,
                times.getFirst(),
                Effort.at(times, 50),
                Effort.at(times, 95),
                size.bytes(),
                size.packed(),
                size.elements());
        double counted = effort.counted(times, 95);
        if (counted > asked.millis()) {
            broken.add("%,d Pods, %s: %.1f ms, may take %d".formatted(pods, asked.name(), counted, asked.millis()));
        }
        size.broken().ifPresent(what -> broken.add("%,d Pods, %s: %s".formatted(pods, asked.name(), what)));
    }

    private double millis(String path) {
        long begun = System.nanoTime();
        body(path);
        return (System.nanoTime() - begun) / (double) TimeUnit.MILLISECONDS.toNanos(1);
    }

    private byte[] body(String path) {
        try {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .timeout(PATIENCE)
                    .build();
            var answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException("%s answers %d".formatted(path, answer.statusCode()));
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
