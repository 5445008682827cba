package dev.underpass.console;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds on every page: its address shows the same screen again, it needs no script, and the Tab key reaches all
/// of it. Each page is visited once for all of that.
class PageWalkTest extends RecordedConsole {

    /// All of a page's content that may be there with scripts only: the buttons that copy, those that scale a drawing,
    /// and the picture of every node, whose table stands beside it.
    private static final String ONLY_WITH_SCRIPT = "[data-copy], [data-zoom], canvas.heat-cells, [data-heat-at]";

    private static final String QUESTIONS = Scripts.read("walk.js");

    private @Nullable BrowserContext scripted;
    private @Nullable Page plain;

    @BeforeAll
    void openWindows() {
        // As wide as the rail stands beside the page, and low enough that most pages have to be scrolled.
        scripted = browser().newContext(new Browser.NewContextOptions().setViewportSize(1024, 500));
        plain = browser()
                .newContext(new Browser.NewContextOptions()
                        .setJavaScriptEnabled(false)
                        .setViewportSize(1024, 500))
                .newPage();
    }

    static Stream<String> pages() {
        return Pages.framed();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void showsTheSameAgainNeedsNoScriptAndIsReachedByTheTabKey(String name) {
        try (var page = Objects.requireNonNull(scripted).newPage()) {
            Pages.open(page, url(""), name);
            var first = list(page, "screen");
            SoftAssertions.assertSoftly(softly -> {
                needsNoScript(softly, page);
                page.reload();
                softly.assertThat(list(page, "screen")).as("after a reload").isEqualTo(first);
                isWalked(softly, page);
                comesBack(softly, page, first);
            });
        }
    }

    private void needsNoScript(SoftAssertions softly, Page page) {
        var without = Objects.requireNonNull(plain);
        without.navigate(page.url());

        softly.assertThat(list(without, "facts", ONLY_WITH_SCRIPT))
                .as("facts without scripts")
                .isEqualTo(list(page, "facts", ONLY_WITH_SCRIPT));
        softly.assertThat(list(without, "dead"))
                .as("controls without effect, forms without a button")
                .isEmpty();
    }

    private static void isWalked(SoftAssertions softly, Page page) {
        var stops = list(page, "begin");
        stops.forEach(each -> page.keyboard().press("Tab"));
        var seen = list(page, "seen").stream().map(Stop::of).toList();
        page.keyboard().press("Tab");
        var after = ask(page, "focus");

        softly.assertThat(seen.stream().map(Stop::what))
                .as("order of the Tab key")
                .containsExactlyElementsOf(texts(stops));
        softly.assertThat(seen.stream().filter(each -> !each.named()))
                .as("no accessible name")
                .isEmpty();
        softly.assertThat(seen.stream().filter(each -> !each.uncovered()))
                .as("out of sight")
                .isEmpty();
        softly.assertThat(seen.stream().filter(each -> !each.marked()))
                .as("no mark of the focus")
                .isEmpty();
        softly.assertThat(after).as("where the last Tab leads").isNotEqualTo(stops.getLast());
        softly.assertThat(stops.getFirst()).asString().as("first stop").startsWith("a #content");
        skips(softly, page);
    }

    private static void comesBack(SoftAssertions softly, Page page, List<?> first) {
        page.locator(".rail nav a[href$='/settings']").click();
        page.waitForURL("**/settings");
        var other = list(page, "screen");
        page.goBack();
        softly.assertThat(list(page, "screen")).as("after going back").isEqualTo(first);
        page.goForward();
        softly.assertThat(list(page, "screen")).as("after going forward").isEqualTo(other);
    }

    private static void skips(SoftAssertions softly, Page page) {
        var next = ask(page, "first");
        page.locator("body > .skip").focus();
        page.keyboard().press("Enter");
        softly.assertThat(page.evaluate("document.activeElement.id"))
                .as("skipped to")
                .isEqualTo("content");
        page.keyboard().press("Tab");
        if (!"".equals(next)) {
            softly.assertThat(ask(page, "focus"))
                    .as("first stop of the content")
                    .isEqualTo(next);
        }
    }

    /// Where the Tab key led.
    ///
    /// @param named whether assistive technology has a name for it
    /// @param uncovered whether any of it can be seen
    /// @param marked whether it looks otherwise than without the focus
    private record Stop(String what, boolean named, boolean uncovered, boolean marked) {

        static Stop of(Object seen) {
            var map = (Map<?, ?>) seen;
            return new Stop(
                    String.valueOf(map.get("what")),
                    Boolean.TRUE.equals(map.get("named")),
                    Boolean.TRUE.equals(map.get("uncovered")),
                    Boolean.TRUE.equals(map.get("marked")));
        }
    }

    private static Object ask(Page page, String question, String... about) {
        return page.evaluate("about => " + QUESTIONS + "." + question + "(...about)", about);
    }

    private static List<?> list(Page page, String question, String... about) {
        return (List<?>) ask(page, question, about);
    }

    private static List<String> texts(List<?> list) {
        return list.stream().map(String::valueOf).toList();
    }
}
