package dev.underpass.console;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// How long a browser takes to answer keys, and to show pages where machine and line are slow.
final class AnswerTimes {

    private static final PrintStream OUT = System.out;
    private static final double ANSWER_P75_MILLIS = 100;
    private static final double ANSWER_P95_MILLIS = 200;
    private static final double SLOW_PAINT_MILLIS = 1_500;
    private static final int ROUNDS = 6;

    /// Much slower than an office's: 10 Mbit/s, and a processor that takes four times as long.
    private static final int CPU_RATE = 4;

    private static final int LATENCY_MILLIS = 40;
    private static final int BYTES_A_SECOND = 1_250_000;

    private static final String PAINTS = "performance.getEntriesByName('first-contentful-paint')";

    /// Notes how long it is from each key to the frame that shows what it did.
    private static final String WATCH = """
            window.answers = [];
            new PerformanceObserver(list => window.answers.push(...list.getEntries()))
              .observe({ type: 'event', durationThreshold: 16 });""";

    /// The time of each key; browsers keep silent about the shortest.
    private static final String ANSWERS = """
            pressed => new Promise(done => requestAnimationFrame(() => setTimeout(() => {
              const longest = {};
              window.answers.filter(each => each.interactionId > 0).forEach(({ interactionId, duration }) => {
                longest[interactionId] = Math.max(duration, longest[interactionId] ?? 0);
              });
              const times = Object.values(longest).slice(-pressed);
              window.answers = [];
              done([...Array(pressed - times.length).fill(16), ...times].sort((a, b) => a - b));
            }, 200)))
            """;

    /// Keys that are pressed one after the other on a page, from where the focus is put.
    private record Walk(String path, String from, List<String> keys) {}

    private static final List<Walk> WALKS = List.of(
            new Walk("/topology", "#lanes a[tabindex='0']", List.of("ArrowRight", "ArrowDown", "ArrowLeft", "End")),
            new Walk("/topology", "[data-zoom] [data-by='1']", List.of("Enter")),
            new Walk("/reachability", ".matrix td a[tabindex='0']", List.of("ArrowRight", "ArrowDown", "End", "Home")),
            new Walk("/pods", "main", List.of("j", "j", "j", "k", "Control+k", "Escape")));

    private final Effort effort;
    private final int pods;
    private final int port;
    private final List<String> broken = new ArrayList<>();

    AnswerTimes(Effort effort, int pods, int port) {
        this.effort = effort;
        this.pods = pods;
        this.port = port;
        try (var playwright = Chromium.playwright();
                var browser = Chromium.launch(playwright)) {
            WALKS.forEach(walk -> answers(browser, walk));
            Stream.of("/", "/pods", "/topology", "/reachability").forEach(path -> slowPaint(browser, path));
        }
    }

    List<String> broken() {
        return broken;
    }

    private Page page(Browser browser) {
        var page = browser.newContext(new Browser.NewContextOptions().setViewportSize(1440, 900))
                .newPage();
        page.setDefaultTimeout(120_000);
        return page;
    }

    private String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    /// The best of several walks counts: a machine that is busy for a moment makes any of them long.
    private void answers(Browser browser, Walk walk) {
        var page = page(browser);
        page.addInitScript(WATCH);
        page.navigate(url(walk.path()));
        page.waitForSelector("#live:not([data-scripted])");
        var walks = new ArrayList<List<Double>>();
        for (int i = 0; i < effort.walks(); i++) {
            walks.add(walked(page, walk));
        }
        page.context().close();
        var what = walk.path() + ": " + String.join(" ", walk.keys());
        double p75 = best(walks, 75);
        double p95 = best(walks, 95);
        OUT.printf("  answer to %-50s p75 %.0f ms, p95 %.0f ms%n", what, p75, p95);
        check(what + " answer p75", p75, ANSWER_P75_MILLIS);
        check(what + " answer p95", p95, ANSWER_P95_MILLIS);
    }

    private static List<Double> walked(Page page, Walk walk) {
        for (int i = 0; i < ROUNDS; i++) {
            page.locator(walk.from()).first().focus();
            walk.keys().forEach(page.keyboard()::press);
        }
        return DrawingTimes.numbers(page.evaluate(ANSWERS, ROUNDS * walk.keys().size()));
    }

    private static double best(List<List<Double>> walks, int percent) {
        return walks.stream()
                .mapToDouble(times -> Effort.at(times, percent))
                .min()
                .orElseThrow();
    }

    private void slowPaint(Browser browser, String path) {
        var paints = Stream.generate(() -> slowPaintMillis(browser, path))
                .limit(effort.windows())
                .sorted()
                .toList();
        OUT.printf(
                "  first paint of %-20s best %.0f ms, p50 %.0f ms, on a slow machine and line%n",
                path, paints.getFirst(), Effort.at(paints, 50));
        check(path + " first paint, slow", effort.counted(paints, 50), SLOW_PAINT_MILLIS);
    }

    private double slowPaintMillis(Browser browser, String path) {
        var page = page(browser);
        slowDown(page);
        page.navigate(url(path));
        page.waitForCondition(() -> Boolean.TRUE.equals(page.evaluate(PAINTS + ".length > 0")));
        var millis = ((Number) page.evaluate(PAINTS + "[0].startTime")).doubleValue();
        page.context().close();
        return millis;
    }

    private static void slowDown(Page page) {
        var session = page.context().newCDPSession(page);
        var processor = new JsonObject();
        processor.addProperty("rate", CPU_RATE);
        session.send("Emulation.setCPUThrottlingRate", processor);
        var line = new JsonObject();
        line.addProperty("offline", false);
        line.addProperty("latency", LATENCY_MILLIS);
        line.addProperty("downloadThroughput", BYTES_A_SECOND);
        line.addProperty("uploadThroughput", BYTES_A_SECOND);
        session.send("Network.enable");
        session.send("Network.emulateNetworkConditions", line);
    }

    private void check(String what, double measured, double most) {
        if (measured > most) {
            broken.add("%,d Pods, %s: %.1f, may be %.0f".formatted(pods, what, measured, most));
        }
    }
}
