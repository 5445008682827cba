package dev.underpass.console;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.WaitUntilState;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Nothing that somebody has begun to read moves when the scripts come, however late they are.
class LayoutShiftTest extends RecordedConsole {

    private static final double MOST = 0.02;
    private static final int HEIGHT = 844;
    private static final List<Integer> WIDTHS = List.of(1440, 390);

    private static final String PAINTED =
            "performance.getEntriesByName('first-contentful-paint').length > 0 && document.readyState !== 'loading'";

    /// The live bar is the last to come to rest; where there is none, the scripts are done once they are loaded.
    private static final String SETTLED = """
            document.readyState === 'complete'
              && (document.querySelector('#live')?.dataset.state ?? 'live') !== 'connecting'
            """;

    private static final String SHIFTS = """
            () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => {
              const moved = [];
              const say = ({ node }) => (node?.outerHTML ?? node?.nodeValue ?? 'something gone').slice(0, 100);
              const note = list => moved.push(...list);
              const watch = new PerformanceObserver(list => note(list.getEntries()));
              watch.observe({ type: 'layout-shift', buffered: true });
              setTimeout(() => {
                note(watch.takeRecords());
                done([moved.reduce((sum, each) => sum + each.value, 0),
                      ...moved.map(each => `${each.value.toFixed(3)}: ${each.sources.map(say).join(' | ')}`)]);
              }, 50);
            })))
            """;

    static Stream<String> pages() {
        return Pages.framed();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void isAlmostNone(String name) {
        try (var page = browser().newPage()) {
            if (Pages.pressed(name)) {
                Pages.open(page, url(""), name);
            }
            SoftAssertions.assertSoftly(softly -> {
                for (int width : WIDTHS) {
                    page.setViewportSize(width, HEIGHT);
                    var shifts = shifts(page, name);
                    softly.assertThat(((Number) shifts.getFirst()).doubleValue())
                            .as("at %d pixels: %s", width, shifts)
                            .isLessThanOrEqualTo(MOST);
                }
            });
        }
    }

    /// What moves on a page, and how much in all. Its scripts are held back until it has been painted without them.
    private List<?> shifts(Page page, String name) {
        var held = new ArrayList<Route>();
        page.route("**/*.js", held::add);
        if (Pages.pressed(name)) {
            page.reload(new Page.ReloadOptions().setWaitUntil(WaitUntilState.COMMIT));
        } else {
            page.navigate(url(Pages.path(name)), new Page.NavigateOptions().setWaitUntil(WaitUntilState.COMMIT));
        }
        page.waitForCondition(() -> !held.isEmpty() && Boolean.TRUE.equals(page.evaluate(PAINTED)));
        held.forEach(Route::resume);
        page.unroute("**/*.js");
        page.waitForCondition(() -> Boolean.TRUE.equals(page.evaluate(SETTLED)));
        return (List<?>) page.evaluate(SHIFTS);
    }
}
