package dev.underpass.console;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import java.util.List;

/// A browser in which a console's pages are timed.
///
/// @param pods of how many the console's cluster is
/// @param broken the budgets that were not kept
record TimedBrowser(Browser browser, Effort effort, int pods, int port, List<String> broken) {

    private static final String PAINTS = "performance.getEntriesByName('first-contentful-paint')";

    /// A window that keeps nothing of others.
    Page page() {
        var page = browser.newContext(new Browser.NewContextOptions().setViewportSize(1440, 900))
                .newPage();
        page.setDefaultTimeout(120_000);
        return page;
    }

    void open(Page page, String path) {
        page.navigate("http://127.0.0.1:" + port + path);
    }

    /// How long it took until a page showed something, once it does.
    static double firstPaintMillis(Page page) {
        page.waitForCondition(() -> Boolean.TRUE.equals(page.evaluate(PAINTS + ".length > 0")));
        return number(page.evaluate(PAINTS + "[0].startTime"));
    }

    void check(String what, double measured, double most) {
        if (measured > most) {
            broken.add("%,d Pods, %s: %.1f, may be %.0f".formatted(pods, what, measured, most));
        }
    }

    static double number(Object value) {
        return ((Number) value).doubleValue();
    }

    static List<Double> numbers(Object value) {
        return ((List<?>) value).stream().map(TimedBrowser::number).toList();
    }
}
