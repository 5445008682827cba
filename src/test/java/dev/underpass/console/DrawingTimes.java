package dev.underpass.console;

import com.microsoft.playwright.Page;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// How long a browser takes to show pages, to move the drawing, and to draw grids again.
final class DrawingTimes {

    private static final PrintStream OUT = System.out;
    private static final int FIRST_PAINT_MILLIS = 800;
    private static final double FRAME_P50_MILLIS = 20;
    private static final double FRAME_P95_MILLIS = 40;

    /// Waits for frames while the drawing is moved, scaled, or both, and tells how long each was.
    private static final String FRAMES = """
            async () => {
              const frame = document.querySelector('.lanes'), zoom = document.querySelectorAll('[data-zoom] button');
              const times = [];
              let last = await new Promise(requestAnimationFrame);
              for (let i = 0; i < 120; i++) {
                frame.scrollLeft = (i % 30) * 12;
                frame.scrollTop = (i % 40) * 20;
                if (i % 10 === 0) { zoom[i % 20 === 0 ? 2 : 0].click(); }
                const now = await new Promise(requestAnimationFrame);
                times.push(now - last);
                last = now;
              }
              return times.sort((a, b) => a - b);
            }""";

    /// Puts other cells into the grid before the page's own script reads them.
    private static final String CELLS = """
            document.addEventListener('readystatechange', () => {
              const canvas = document.querySelector('canvas.heat-cells');
              if (document.readyState === 'interactive' && canvas !== null) {
                canvas.dataset.names = JSON.stringify(Array.from({length: COUNT}, (_, i) => 'node' + i));
                canvas.dataset.shares = Array.from({length: COUNT}, (_, i) => i % 7 === 0 ? '4' : i % 5 === 0 ? 'u' : 'r').join('');
              }
            });""";

    /// Draws the grid again and waits until its pixels can be read.
    private static final String REDRAW = """
            () => {
              const context = document.querySelector('canvas.heat-cells').getContext('2d');
              const times = [];
              for (let i = 0; i < 25; i++) {
                const begun = performance.now();
                window.dispatchEvent(new Event('resize'));
                context.getImageData(0, 0, 1, 1);
                times.push(performance.now() - begun);
              }
              return times.slice(5).sort((a, b) => a - b);
            }""";

    private final TimedBrowser timed;

    DrawingTimes(TimedBrowser timed) {
        this.timed = timed;
    }

    void measure() {
        OUT.printf(
                "  in %s %s%n",
                Chromium.executable().orElseThrow(), timed.browser().version());
        for (var path : List.of(
                "/",
                "/pods",
                "/topology",
                "/topology?view=nodes",
                "/topology?q=verdict:unreachable",
                "/reachability")) {
            paint(path);
        }
        frames();
        grid(10_000, 10);
        grid(100_000, 60);
    }

    /// In windows that keep nothing of each other; the very first one of a browser waits for the browser too.
    private void paint(String path) {
        var paints = new ArrayList<Double>();
        for (int i = 0; i < timed.effort().windows(); i++) {
            var page = timed.page();
            timed.open(page, path);
            paints.add(TimedBrowser.firstPaintMillis(page));
            if (i == 0) {
                sizes(page, path);
            }
            page.context().close();
        }
        OUT.printf(
                "  first paint of %-20s best %.0f ms, p50 %.0f ms, the first time %.0f ms%n",
                path, sorted(paints).getFirst(), Effort.at(sorted(paints), 50), paints.getFirst());
        timed.check(path + " first paint", timed.effort().counted(sorted(paints), 50), FIRST_PAINT_MILLIS);
    }

    private void sizes(Page page, String path) {
        var nodes = TimedBrowser.number(page.evaluate("document.querySelectorAll('*').length"));
        var drawn = TimedBrowser.number(page.evaluate("document.querySelectorAll('#lanes, #lanes *').length"));
        OUT.printf("  %-35s %,.0f nodes, %,.0f of them drawn%n", path, nodes, drawn);
        timed.check(path + " nodes", nodes, PageSize.MOST_ELEMENTS);
        timed.check(path + " drawn", drawn, PageSize.MOST_DRAWN);
    }

    private static List<Double> sorted(List<Double> times) {
        return times.stream().sorted().toList();
    }

    /// The best walk is the one whose frames are the shortest; a single frame says nothing.
    private void frames() {
        var page = timed.page();
        timed.open(page, "/topology");
        page.waitForSelector("[data-zoom]:not([data-scripted])");
        var tiles = TimedBrowser.number(page.evaluate("document.querySelectorAll('#lanes > .tile').length"));
        var p50 = new ArrayList<Double>();
        var p95 = new ArrayList<Double>();
        for (int i = 0; i < timed.effort().walks(); i++) {
            var times = TimedBrowser.numbers(page.evaluate(FRAMES));
            report("move and scale %,.0f tiles".formatted(tiles), times);
            p50.add(Effort.at(times, 50));
            p95.add(Effort.at(times, 95));
        }
        timed.check("frame p50", Collections.min(p50), FRAME_P50_MILLIS);
        timed.check("frame p95", Collections.min(p95), FRAME_P95_MILLIS);
        page.context().close();
    }

    private void grid(int cells, double most) {
        var page = timed.page();
        page.addInitScript(CELLS.replace("COUNT", Integer.toString(cells)));
        timed.open(page, "/topology?view=nodes");
        page.waitForSelector("canvas.heat-cells:not([hidden])");
        var times = TimedBrowser.numbers(page.evaluate(REDRAW));
        report("draw %,d cells again".formatted(cells), times);
        timed.check("%,d cells".formatted(cells), timed.effort().counted(times, 50), most);
        page.context().close();
    }

    private static void report(String what, List<Double> times) {
        OUT.printf(
                "  %-35s best %.1f ms, p50 %.1f ms, p95 %.1f ms%n",
                what, times.getFirst(), Effort.at(times, 50), Effort.at(times, 95));
    }
}
