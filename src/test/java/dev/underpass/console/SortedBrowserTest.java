package dev.underpass.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Sorting by the heads of columns, in a real browser.
class SortedBrowserTest extends RecordedConsole {

    private @Nullable BrowserContext context;

    @AfterEach
    void close() {
        Objects.requireNonNull(context).close();
    }

    private Page open(String path, boolean scripts) {
        context = browser().newContext(new Browser.NewContextOptions().setJavaScriptEnabled(scripts));
        var page = context.newPage();
        page.navigate(url(path));
        return page;
    }

    /// Waits for a page whose list is by one column.
    private static void isBy(Page page, String address, String head, String order) {
        page.waitForURL(Pattern.compile(".*" + Pattern.quote(address)));
        page.waitForSelector("th[aria-sort=%s] > #sort-%s".formatted(order, head));
        assertThat(page.locator("[aria-sort]").count()).isEqualTo(1);
    }

    private static String pods(Page page) {
        return String.join(" ", page.locator("#rows-pods tr > th").allInnerTexts())
                .replace("lab/", "");
    }

    @Test
    void aHeadSortsInPlaceAndKeepsTheFocus() {
        var page = open("/pods?q=-b2", true);
        page.evaluate("window.marked = true");
        page.locator("#sort-addresses").focus();
        page.keyboard().press("Enter");
        isBy(page, "/pods?q=-b2&sort=addresses", "addresses", "ascending");
        assertThat(pods(page)).isEqualTo("u20 u1 u2 b1 o20 o1 o4");
        assertThat(page.evaluate("document.activeElement.id")).isEqualTo("sort-addresses");
        page.keyboard().press("Enter");
        isBy(page, "sort=-addresses", "addresses", "descending");
        assertThat(pods(page)).isEqualTo("o4 o1 o20 b1 u2 u1 u20");
        assertThat(page.locator("#save-view").getAttribute("href")).contains("sort%3D-addresses");
        page.locator("#q").fill("u");
        page.locator("#q").press("Enter");
        isBy(page, "q=u&sort=-addresses", "addresses", "descending");
        page.goBack();
        page.goBack();
        isBy(page, "/pods?q=-b2&sort=addresses", "addresses", "ascending");
        page.goBack();
        isBy(page, "/pods?q=-b2", "pod", "ascending");
        assertThat(pods(page)).isEqualTo("b1 o1 o4 o20 u1 u2 u20");
        page.goForward();
        isBy(page, "/pods?q=-b2&sort=addresses", "addresses", "ascending");

        assertThat(pods(page)).isEqualTo("u20 u1 u2 b1 o20 o1 o4");
        assertThat(page.evaluate("window.marked === true")).isEqualTo(true);
    }

    @Test
    void aHeadSortsWithoutScripts() {
        var page = open("/pods", false);
        page.locator("#sort-unreachable").click();
        isBy(page, "/pods?sort=unreachable", "unreachable", "descending");
        page.locator("#sort-unreachable").click();

        isBy(page, "/pods?sort=-unreachable", "unreachable", "ascending");
    }

    /// U22 is critical, U54 hits the most Pods, and U73 is muted.
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "'', U22 U54 U74 U73",
        "-severity, U73 U54 U74 U22",
        "pods, U54 U22 U74 U73",
        "code, U22 U54 U73 U74",
        "-code, U74 U73 U54 U22"
    })
    void findingsStandWorstFirstUnlessAskedOtherwise(String sort, String codes) {
        var page = open("/findings?sort=" + sort, true);

        assertThat(String.join(" ", page.locator(".card h3 a").allInnerTexts())).isEqualTo(codes);
    }
}
