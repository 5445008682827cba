package dev.underpass.console;

import com.google.gson.JsonObject;
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

    private final TimedBrowser timed;

    AnswerTimes(TimedBrowser timed) {
        this.timed = timed;
    }

    void measure() {
        WALKS.forEach(this::answers);
        Stream.of("/", "/pods", "/topology", "/reachability").forEach(this::slowPaint);
    }

    /// The best of several walks counts: a machine that is busy for a moment makes any of them long.
    private void answers(Walk walk) {
        var page = timed.page();
        page.addInitScript(WATCH);
        timed.open(page, walk.path());
        page.waitForSelector("#live:not([data-scripted])");
        var walks = new ArrayList<List<Double>>();
        for (int i = 0; i < timed.effort().walks(); i++) {
            walks.add(walked(page, walk));
        }
        page.context().close();
        var what = walk.path() + ": " + String.join(" ", walk.keys());
        double p75 = best(walks, 75);
        double p95 = best(walks, 95);
        OUT.printf("  answer to %-50s p75 %.0f ms, p95 %.0f ms%n", what, p75, p95);
        timed.check(what + " answer p75", p75, ANSWER_P75_MILLIS);
        timed.check(what + " answer p95", p95, ANSWER_P95_MILLIS);
    }

    private static List<Double> walked(Page page, Walk walk) {
        for (int i = 0; i < ROUNDS; i++) {
            page.locator(walk.from()).first().focus();
            walk.keys().forEach(page.keyboard()::press);
        }
        return TimedBrowser.numbers(page.evaluate(ANSWERS, ROUNDS * walk.keys().size()));
    }

    private static double best(List<List<Double>> walks, int percent) {
        return walks.stream()
                .mapToDouble(times -> Effort.at(times, percent))
                .min()
                .orElseThrow();
    }

    private void slowPaint(String path) {
        var paints = Stream.generate(() -> slowPaintMillis(path))
                .limit(timed.effort().windows())
                .sorted()
                .toList();
        OUT.printf(
                "  first paint of %-20s best %.0f ms, p50 %.0f ms, on a slow machine and line%n",
                path, paints.getFirst(), Effort.at(paints, 50));
        timed.check(path + " first paint, slow", timed.effort().counted(paints, 50), SLOW_PAINT_MILLIS);
    }

    private double slowPaintMillis(String path) {
        var page = timed.page();
        slowDown(page);
        timed.open(page, path);
        var millis = TimedBrowser.firstPaintMillis(page);
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
}
