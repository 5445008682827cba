package dev.underpass.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import dev.underpass.Recordings;
import dev.underpass.cluster.NodeName;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.report.NodeReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// What the bar says of a page is so: it shows what the server tells now, or says that it does not.
@Tag("browser")
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "management.server.port=0")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LiveTruthBrowserTest {

    private static final NodeName NODE = new NodeName("node1");
    private static final String TRACE = "/trace?from=lab/u1&to=lab/web:80";
    private static final String NOW =
            "new DOMParser().parseFromString(await (await fetch(location.href)).text(), 'text/html')";
    private static final Pattern AGES = Pattern.compile("\\d+ (s|min)\\b");

    @LocalServerPort
    private int port;

    @Autowired
    private CurrentAnalysis analysis;

    private @Nullable Playwright playwright;
    /// As the recording has it: the tests share the console, and each begins with what it tells.
    private @Nullable NodeReport report;

    private long sequence = 1_000;

    @DynamicPropertySource
    static void source(DynamicPropertyRegistry registry) {
        registry.add("underpass.source", () -> "bundle:" + Recordings.path("hijack-route-deleted"));
    }

    @BeforeEach
    void start() {
        playwright = Chromium.playwright();
        if (report == null) {
            report = analysed();
        }
        report(true);
        await().atMost(Duration.ofSeconds(60)).until(() -> analysed().sequence() == reported());
    }

    /// The report that pages rest on now.
    private NodeReport analysed() {
        return Objects.requireNonNull(analysis.current()
                .map(cluster -> Objects.requireNonNull(
                        cluster.analysis().snapshot().reports().get(NODE)))
                .block(Duration.ofSeconds(60)));
    }

    private long reported() {
        return Objects.requireNonNull(report).sequence() + sequence;
    }

    @AfterEach
    void stop() {
        Objects.requireNonNull(playwright).close();
    }

    /// The node reports anew, with its Pods or without.
    private void report(boolean pods) {
        report(pods, "1.0");
    }

    private void report(boolean pods, String agent) {
        var known = Objects.requireNonNull(report);
        var now = Instant.now();
        sequence++;
        analysis.accept(
                new NodeReport(
                        known.node(),
                        reported(),
                        known.bootId(),
                        agent,
                        now,
                        known.host(),
                        pods ? known.pods() : List.of(),
                        List.of()),
                now);
    }

    private Page open(String path, String state) {
        return Chromium.open(Objects.requireNonNull(playwright), "http://127.0.0.1:" + port + path, state);
    }

    private static void until(Page page, BooleanSupplier condition) {
        page.waitForCondition(condition, new Page.WaitForConditionOptions().setTimeout(Chromium.PATIENCE_MILLIS));
    }

    private static String shown(Page page) {
        return text(page, "document");
    }

    /// What the server tells now.
    private static String now(Page page) {
        return text(page, NOW);
    }

    private static String text(Page page, String document) {
        var main = page.evaluate("async () => (%s).querySelector('main').textContent".formatted(document));
        return AGES.matcher(main.toString()).replaceAll("age").replaceAll("\\s+", " ");
    }

    private static boolean saysThatItIsBehind(Page page) {
        return page.locator("#live[data-state=behind]").count() == 1
                || page.locator("#live-pill").isVisible();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/pods/lab/u1/routes",
                "/pods/lab/u1/services",
                "/pods/lab/u1/interfaces",
                TRACE,
                "/topology",
                "/topology?view=table",
                "/reachability",
                "/nodes/node1",
                "/services/lab/web"
            })
    void everyPageShowsWhatIsSoOrSaysThatItDoesNot(String path) {
        var page = open(path, "live");
        var before = shown(page);

        report(false);

        until(page, () -> !now(page).equals(before));
        until(page, () -> saysThatItIsBehind(page) || shown(page).equals(now(page)));
        if (saysThatItIsBehind(page)) {
            page.locator("#live-pill button").click();
            page.waitForSelector("#live[data-state=live]");
            assertThat(shown(page)).isEqualTo(now(page));
            assertThat(page.locator("#live-pill").isVisible()).isFalse();
        }
    }

    private static List<String> names(Page page, String document) {
        var names = page.evaluate(
                "async () => [...(%s).querySelectorAll('main tbody th')].map((each) => each.textContent.trim())"
                        .formatted(document));
        return ((List<?>) names).stream().map(Object::toString).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/services?sort=undetermined", "/services?sort=unreachable"})
    void anotherOrderOfTheSameRowsWaitsForShowAndIsSaid(String path) {
        var page = open(path, "live");
        var before = names(page, "document");

        report(false);

        page.waitForSelector("#live-pill:not([hidden])");
        assertThat(page.locator("#live-pill span").innerText()).isEqualTo("The same rows stand in another order now");
        until(page, () -> page.locator("#status").textContent().endsWith("The same rows stand in another order now"));
        assertThat(names(page, "document")).isEqualTo(before);
        page.locator("#live-pill button").click();
        page.waitForSelector("#live[data-state=live]");
        assertThat(names(page, "document"))
                .isEqualTo(names(page, NOW))
                .isNotEqualTo(before)
                .containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    void aListThatHasChangedInPlaceIsFollowedAsItIsThen() {
        var page = open("/nodes", "live");
        page.evaluate("window.marked = true");
        page.locator("#q").fill("node1");
        page.keyboard().press("Enter");
        page.waitForURL("**/nodes?q=node1**");
        until(page, () -> shown(page).equals(now(page)));
        page.evaluate("document.activeElement.blur()");

        var before = shown(page);

        report(false);

        until(page, () -> !now(page).equals(before));
        until(page, () -> saysThatItIsBehind(page) || shown(page).equals(now(page)));
        assertThat(saysThatItIsBehind(page)).isFalse();
        assertThat(page.evaluate("window.marked")).as("changed in place").isEqualTo(true);
    }

    @Test
    void whatHasTheSameShapeChangesInPlaceAndKeepsFocusPlaceAndWhatIsOpen() {
        var page = open("/nodes/node1", "live");
        page.setViewportSize(900, 300);
        page.evaluate("window.scrollTo(0, 120)");
        page.evaluate("""
                () => {
                  const link = [...document.querySelectorAll('main a')].at(-1);
                  link.focus({ preventScroll: true });
                  link.marked = true;
                  document.querySelectorAll('main details').forEach((each) => (each.open = true));
                }""");
        assertThat(shown(page)).doesNotContain("7.7");

        report(true, "7.7");

        until(page, () -> shown(page).contains("7.7"));
        assertThat(saysThatItIsBehind(page)).isFalse();
        assertThat(page.evaluate("document.activeElement.marked")).isEqualTo(true);
        assertThat(page.evaluate("window.scrollY")).isEqualTo(120);
        assertThat(page.locator("main details:not([open])").count()).isZero();
    }

    @Test
    void waitsWhileSomebodySelects() {
        var page = open("/pods/lab/u1/services", "live");
        var before = shown(page);
        page.evaluate("getSelection().selectAllChildren(document.querySelector('h1'))");

        report(false);

        page.waitForSelector("#live[data-state=held]");
        assertThat(shown(page)).isEqualTo(before);
        page.evaluate("getSelection().removeAllRanges()");
        until(page, () -> saysThatItIsBehind(page) || shown(page).equals(now(page)));
        assertThat(now(page)).isNotEqualTo(before);
    }

    @Test
    void anAnswerThatWasKeptSaysOfWhenItIsAndNeverChanges() {
        var page = open(TRACE, "live");
        page.locator("form[action$='/trace/keep'] button").click();
        page.waitForSelector("#live[data-state=still]");
        var before = shown(page);

        page.waitForResponse("**/settings", () -> report(false));

        assertThat(shown(page)).isEqualTo(before);
        assertThat(page.locator(".live-state").innerText())
                .startsWith("As of 20")
                .endsWith("; keeps still");
    }

    @Test
    void whatIsGoneIsSaidToBeAsItWas() {
        var page = open(TRACE, "live");
        page.route(
                Pattern.compile(".*/trace.*"),
                route -> route.fulfill(new com.microsoft.playwright.Route.FulfillOptions().setStatus(404)));

        report(false);

        page.waitForSelector("#live[data-state=behind]");
        assertThat(page.locator("#live-pill").innerText()).contains("parts of this page are as of 20");
    }
}
