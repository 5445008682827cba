package dev.underpass.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A translation may be 40 % longer than the English: then too nothing is cut, and nothing stands on something else.
class LongerTextsTest extends RecordedConsole {

    private static final int HEIGHT = 900;
    private static final List<Integer> WIDTHS = List.of(1440, 390);
    private static final String LONGER = Scripts.read("longer.js");

    private @Nullable BrowserContext context;

    @BeforeAll
    void openWindow() {
        context = browser().newContext();
        // What is told live would put the texts back.
        context.route("**/api/v1/events*", Route::abort);
    }

    static Stream<String> pages() {
        return Pages.names();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void fitWideAndNarrow(String name) {
        try (var page = Objects.requireNonNull(context).newPage()) {
            page.setViewportSize(WIDTHS.getFirst(), HEIGHT);
            Pages.open(page, url(""), name);
            var before = page.locator("main").innerText();
            page.evaluate(LONGER + ".lengthen()");
            assertThat(page.locator("main").innerText()).hasSizeGreaterThan(before.length());

            for (int width : WIDTHS) {
                page.setViewportSize(width, HEIGHT);
                assertThat(list(page, "cut")).as("cut at %d", width).isEmpty();
                assertThat(list(page, "overlapping"))
                        .as("overlapping at %d", width)
                        .isEmpty();
            }
        }
    }

    private static List<?> list(Page page, String question) {
        return (List<?>) page.evaluate(LONGER + "." + question + "()");
    }
}
