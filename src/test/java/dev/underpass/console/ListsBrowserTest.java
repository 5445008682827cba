package dev.underpass.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Route;
import dev.underpass.bench.GeneratedCluster;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// Lists that change in place, in a real browser: a page that stays the same document keeps a mark that is put on its
/// window.
@Tag("browser")
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "management.server.port=0")
class ListsBrowserTest {

    private static final double PATIENCE_MILLIS = 20_000;
    private static final int PODS = 120;
    private static final String ROWS = "#rows-pods tr";

    @TempDir
    private static Path folder;

    @LocalServerPort
    private int port;

    private static @Nullable Playwright playwright;
    private static @Nullable Browser browser;

    private @Nullable BrowserContext context;
    private final List<String> complaints = new ArrayList<>();

    @DynamicPropertySource
    static void source(DynamicPropertyRegistry registry) {
        registry.add("underpass.source", () -> {
            new GeneratedCluster(PODS, 3).write(folder);
            return "bundle:" + folder;
        });
    }

    @BeforeAll
    static void start() {
        playwright = Chromium.playwright();
        browser = Chromium.launch(playwright);
    }

    @AfterEach
    void close() {
        Objects.requireNonNull(context).close();
    }

    @AfterAll
    static void stop() {
        Objects.requireNonNull(playwright).close();
    }

    private Page open(String path) {
        return open(path, new Browser.NewContextOptions());
    }

    private Page open(String path, Browser.NewContextOptions options) {
        context = Objects.requireNonNull(browser).newContext(options.setViewportSize(1280, 700));
        var page = context.newPage();
        page.setDefaultTimeout(PATIENCE_MILLIS);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.addInitScript("document.addEventListener('securitypolicyviolation',"
                + " e => console.error('CSP: ' + e.violatedDirective + ' ' + e.blockedURI));");
        page.navigate("http://127.0.0.1:" + port + path);
        if (!Boolean.FALSE.equals(options.javaScriptEnabled)) {
            page.evaluate("window.marked = true");
        }
        return page;
    }

    private static boolean sameDocument(Page page) {
        return Boolean.TRUE.equals(page.evaluate("window.marked === true"));
    }

    private static String focused(Page page) {
        return String.valueOf(page.evaluate("document.activeElement.id"));
    }

    private static void filter(Page page, String words) {
        page.locator("#q").fill(words);
        page.locator("#q").press("Enter");
    }

    private static void isAt(Page page, String address) {
        page.waitForURL(Pattern.compile(".*" + Pattern.quote(address)));
    }

    private static void says(Page page, String words) {
        page.waitForCondition(
                () -> page.locator("#status").innerText().equals(words),
                new Page.WaitForConditionOptions().setTimeout(PATIENCE_MILLIS));
    }

    /// Has every request of htmx for a list kept, until it is let go.
    private static List<Route> held(Page page) {
        var held = new ArrayList<Route>();
        page.route("**/pods*", route -> {
            if (route.request().headers().containsKey("hx-request")) {
                held.add(route);
            } else {
                route.resume();
            }
        });
        return held;
    }

    @Test
    void aFilterAndItsChipsChangeTheListInPlace() {
        var page = open("/pods");

        filter(page, "ns:lab macvlan-11");
        isAt(page, "/pods?q=ns%3Alab+macvlan-11");
        says(page, "7 of 120 Pods");

        assertThat(page.locator(ROWS).count()).isEqualTo(7);
        assertThat(focused(page)).isEqualTo("q");
        assertThat(page.locator("#save-view").getAttribute("href")).contains("macvlan-11");
        page.locator(".chips a").first().click();
        isAt(page, "/pods?q=macvlan-11");
        page.locator(".chips a").first().focus();
        page.keyboard().press("Enter");
        says(page, "120 of 120 Pods");
        assertThat(page.locator("#q").inputValue()).isEmpty();
        assertThat(focused(page)).as("the chip is gone").isEqualTo("content");
        assertThat(sameDocument(page)).isTrue();
        assertThat(complaints).isEmpty();
    }

    @Test
    void anotherPageKeepsFocusAndPlace() {
        var page = open("/pods");
        page.locator("#page-next").focus();
        var scrolled = page.evaluate("window.scrollY");
        page.keyboard().press("Enter");
        isAt(page, "page=2");

        assertThat(focused(page)).isEqualTo("page-next");
        assertThat(page.evaluate("window.scrollY")).isEqualTo(scrolled).isNotEqualTo(0);
        page.keyboard().press("Enter");
        isAt(page, "page=3");
        assertThat(page.locator(ROWS).count()).isEqualTo(20);
        assertThat(sameDocument(page)).isTrue();
    }

    @Test
    void backAndForwardShowWhatWasThere() {
        var page = open("/pods");
        filter(page, "macvlan-1");
        isAt(page, "macvlan-1");
        filter(page, "macvlan-11");
        isAt(page, "macvlan-11");
        page.goBack();
        says(page, "16 of 120 Pods");
        assertThat(page.locator("#q").inputValue()).isEqualTo("macvlan-1");
        assertThat(page.locator("#save-view").getAttribute("href")).doesNotContain("macvlan-11");
        page.goBack();
        says(page, "120 of 120 Pods");
        assertThat(page.locator("#q").inputValue()).isEmpty();
        page.goForward();
        page.goForward();
        says(page, "7 of 120 Pods");

        assertThat(page.url()).endsWith("macvlan-11");
        assertThat(sameDocument(page)).isTrue();
        page.locator(ROWS + " a").first().click();
        isAt(page, "/pods/lab/macvlan-11");
        page.goBack();
        isAt(page, "/pods?q=macvlan-11");
        assertThat(page.locator(ROWS).count()).isEqualTo(7);
        page.goBack();
        isAt(page, "/pods?q=macvlan-1");
        page.waitForCondition(() -> page.locator(ROWS).count() == 16);
        assertThat(page.locator("#q").inputValue()).isEqualTo("macvlan-1");
        assertThat(complaints).isEmpty();
    }

    @Test
    void backLeadsToThePlaceThatWasLeft() {
        var page = open("/pods");
        page.locator("#page-next").scrollIntoViewIfNeeded();
        var place = page.evaluate("window.scrollY");
        page.locator("#page-next").click();
        isAt(page, "page=2");
        page.evaluate("window.scrollTo(0, 0)");
        page.goBack();
        page.waitForCondition(() -> page.locator("#page-previous").count() == 0);

        page.waitForCondition(() -> page.evaluate("window.scrollY").equals(place));
        assertThat(place).isNotEqualTo(0);
    }

    @Test
    void aWordThatIsNotUnderstoodIsShownInPlace() {
        var page = open("/pods");
        filter(page, "ns:lab foo:bar");
        isAt(page, "foo%3Abar");
        page.waitForSelector("#q-error");

        assertThat(page.locator("#q-error mark").innerText()).isEqualTo("foo:bar");
        assertThat(page.locator("#q").getAttribute("aria-invalid")).isEqualTo("true");
        assertThat(page.locator("#q").getAttribute("aria-describedby")).contains("q-error");
        assertThat(focused(page)).isEqualTo("q");
        filter(page, "ns:lab");
        page.waitForCondition(() -> page.locator("#q-error").count() == 0);
        assertThat(page.locator("#q").getAttribute("aria-invalid")).isNull();
        assertThat(sameDocument(page)).isTrue();
    }

    @Test
    void aSlowAnswerSaysSoAndKeepsWhatIsTypedMeanwhile() {
        var page = open("/pods");
        var held = held(page);
        filter(page, "macvlan-1");
        page.waitForSelector("main[aria-busy=true]");
        says(page, "Loading…");
        assertThat(page.locator("#loading").isVisible()).isTrue();
        page.locator("#q").press("End");
        page.keyboard().type("1 and");
        held.getFirst().resume();
        says(page, "16 of 120 Pods");

        assertThat(page.locator("#q").inputValue()).isEqualTo("macvlan-11 and");
        assertThat(page.locator("#loading").isVisible()).isFalse();
        assertThat(page.locator("main").getAttribute("aria-busy")).isNull();
    }

    @Test
    void anAnswerThatIsOutdatedIsDropped() {
        var page = open("/pods");
        var held = held(page);
        filter(page, "macvlan-1");
        page.waitForCondition(() -> held.size() == 1);
        filter(page, "macvlan-11");
        page.waitForCondition(() -> held.size() == 2);
        held.getLast().resume();
        says(page, "7 of 120 Pods");
        held.getFirst().resume();
        page.goBack();
        page.waitForCondition(() -> held.size() == 3);
        filter(page, "macvlan-111");
        page.waitForCondition(() -> held.size() == 4);
        held.getLast().resume();
        says(page, "1 of 120 Pods");
        held.get(2).resume();
        page.evaluate("fetch('/settings').then(answer => answer.text())");

        assertThat(page.url()).endsWith("/pods?q=macvlan-111");
        assertThat(page.locator(ROWS).count()).isEqualTo(1);
    }

    @Test
    void whatIsNoListIsShownAsTheWholePageThatItIs() {
        var page = open("/pods");
        for (int status : new int[] {400, 401, 403, 500, 503}) {
            page.navigate("http://127.0.0.1:" + port + "/pods");
            page.evaluate("window.marked = true");
            page.route(
                    "**/pods?*",
                    route -> route.fulfill(new Route.FulfillOptions()
                            .setStatus(status)
                            .setContentType("text/html")
                            .setBody("<h1>Answer " + status + "</h1>")));
            filter(page, "macvlan-1");
            page.waitForSelector("h1:has-text('Answer " + status + "')");

            assertThat(sameDocument(page)).as("%d", status).isFalse();
            assertThat(page.url()).endsWith("/pods?q=macvlan-1");
            page.unroute("**/pods?*");
        }
    }

    @Test
    void aPageThatIsNoNumberIsTheConsolesOwnError() {
        var page = open("/pods");
        page.evaluate("document.querySelector('#page-next').href = '/pods?page=ninety'");
        page.locator("#page-next").click();
        page.waitForSelector("main .error[role=alert]:visible");

        assertThat(page.locator("main").innerText()).contains("ninety");
        assertThat(sameDocument(page)).isFalse();
    }

    @Test
    void aRedirectIsFollowedByTheBrowser() {
        var page = open("/pods");
        page.route(
                "**/pods?*",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setStatus(302)
                        .setHeaders(java.util.Map.of("Location", "/signed-out"))));
        filter(page, "macvlan-1");
        isAt(page, "/signed-out");

        assertThat(page.locator("h1").innerText()).isEqualTo("You are logged out");
    }

    @Test
    void saysThatNobodyAnsweredAndHowToTryAgain() {
        var page = open("/pods");
        page.route("**/pods?*", Route::abort);
        filter(page, "macvlan-1");
        page.waitForSelector("#unanswered:visible");

        assertThat(page.locator(ROWS).count()).isEqualTo(50);
        assertThat(page.url()).endsWith("/pods");
        page.unroute("**/pods?*");
        page.locator("#unanswered a").click();
        isAt(page, "/pods?q=macvlan-1");
        assertThat(page.locator(ROWS).count()).isEqualTo(16);
        assertThat(page.locator("#unanswered").isVisible()).isFalse();
    }

    @Test
    void aLinkStillOpensInAnotherTab() {
        var page = open("/pods");
        var other = page.context()
                .waitForPage(() -> page.locator("#page-next")
                        .click(new com.microsoft.playwright.Locator.ClickOptions()
                                .setModifiers(List.of(com.microsoft.playwright.options.KeyboardModifier.CONTROL))));
        isAt(other, "page=2");

        assertThat(page.url()).endsWith("/pods");
        assertThat(page.locator("#page-previous").count()).isZero();
    }

    @Test
    void theDrawingComesNewAndItsButtonsWork() {
        var page = open("/topology?group=pod");
        filter(page, "macvlan-11");
        isAt(page, "macvlan-11");
        page.waitForSelector(".chips");
        var width = page.locator("#lanes").getAttribute("width");
        page.locator("[data-by='1']").click();

        assertThat(Double.parseDouble(page.locator("#lanes").getAttribute("width")))
                .isEqualTo(Double.parseDouble(width) * 1.25);
        assertThat(page.evaluate("document.querySelectorAll('#lanes a[tabindex=\"0\"]').length"))
                .isEqualTo(1);
        page.locator("#as-grid").click();
        isAt(page, "view=nodes");
        page.waitForSelector("canvas.heat-cells:visible");
        page.goBack();
        page.waitForSelector("#lanes");
        page.waitForSelector("[data-zoom]:visible");
        assertThat(sameDocument(page)).isTrue();
        assertThat(complaints).isEmpty();
    }

    @Test
    void allOfItWorksWithoutScripts() {
        var page = open("/pods", new Browser.NewContextOptions().setJavaScriptEnabled(false));
        page.locator("#q").fill("macvlan-1");
        page.locator("#q").press("Enter");
        isAt(page, "/pods?q=macvlan-1");
        assertThat(page.locator(ROWS).count()).isEqualTo(16);
        page.locator(".chips a").first().click();
        page.locator("#page-next").click();
        isAt(page, "page=2");

        assertThat(page.locator(ROWS).count()).isEqualTo(50);
        assertThat(page.locator("#unanswered, #loading")
                        .filter(new com.microsoft.playwright.Locator.FilterOptions().setVisible(true))
                        .count())
                .isZero();
    }
}
