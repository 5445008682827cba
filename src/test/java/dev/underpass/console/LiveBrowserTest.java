package dev.underpass.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import dev.underpass.Recordings;
import dev.underpass.cluster.NodeName;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.events.Happenings;
import dev.underpass.report.NodeReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// Pages that follow the cluster, and the keys, in a real browser.
@Tag("browser")
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "management.server.port=0")
class LiveBrowserTest {

    private static final double PATIENCE_MILLIS = 60_000;
    private static final NodeName NODE = new NodeName("node1");

    @LocalServerPort
    private int port;

    @Autowired
    private CurrentAnalysis analysis;

    @Autowired
    private Happenings happenings;

    private @Nullable Playwright playwright;
    private final List<String> complaints = new ArrayList<>();
    private final List<String> streams = new ArrayList<>();

    @DynamicPropertySource
    static void source(DynamicPropertyRegistry registry) {
        registry.add("underpass.source", () -> "bundle:" + Recordings.path("hijack-route-deleted"));
    }

    @BeforeEach
    void start() {
        playwright = Chromium.playwright();
    }

    @AfterEach
    void stop() {
        Objects.requireNonNull(playwright).close();
    }

    private Browser browser() {
        return Chromium.launch(Objects.requireNonNull(playwright));
    }

    private Page open(String path) {
        return open(browser(), path);
    }

    private Page open(Browser browser, String path) {
        var page = browser.newPage();
        page.setDefaultTimeout(PATIENCE_MILLIS);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && !message.text().contains("net::ERR")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.onRequest(request -> {
            if (request.url().endsWith("/api/v1/events")) {
                streams.add(page.url());
            }
        });
        page.navigate("http://127.0.0.1:" + port + path);
        page.waitForSelector("#live[data-state=live]");
        return page;
    }

    /// Takes every Pod of a node away and brings it back, so many times; streams are told of a report of as many nodes.
    private void change(int times) {
        var report = analysis.current()
                .map(cluster -> Objects.requireNonNull(
                        cluster.analysis().snapshot().reports().get(NODE)))
                .block(Duration.ofSeconds(60));
        var now = Objects.requireNonNull(report);
        for (int i = 1; i <= times; i++) {
            analysis.accept(changed(now, now.node(), i), Instant.now());
            happenings.takenElsewhere(changed(now, "node" + i, i));
        }
    }

    private static NodeReport changed(NodeReport now, String node, int i) {
        return new NodeReport(
                node,
                now.sequence() + i,
                now.bootId(),
                now.agentVersion(),
                now.collectedAt(),
                now.host(),
                i % 2 == 1 ? List.of() : now.pods(),
                List.of());
    }

    private static void until(Page page, BooleanSupplier condition) {
        page.waitForCondition(condition, new Page.WaitForConditionOptions().setTimeout(PATIENCE_MILLIS));
    }

    @Test
    void aBurstOfTenThousandChangesKeepsFocusTypedTextAndPlaceAndIsShownAfterwards() {
        var browser = browser();
        var nodes = open(browser, "/nodes");
        var before = nodes.locator("#rows-nodes tr").first().innerText();
        nodes.locator("#rows-nodes a").first().focus();
        var pods = open(browser, "/pods");
        pods.locator("#q").fill("ns:lab ty");
        var scrolled = open(browser, "/");
        scrolled.setViewportSize(900, 300);
        scrolled.evaluate("window.scrollTo(0, 200)");

        change(9_999);
        until(nodes, () -> !nodes.locator("#rows-nodes tr").first().innerText().equals(before));
        pods.waitForSelector("#live[data-state=held]");

        assertThat(nodes.evaluate("document.activeElement.closest('tr')?.id")).isEqualTo("node-node1");
        assertThat(nodes.locator("#rows-nodes tr[id=node-node1]").count()).isEqualTo(1);
        assertThat(pods.locator("#q").inputValue()).isEqualTo("ns:lab ty");
        assertThat(pods.evaluate("document.activeElement.id")).isEqualTo("q");
        assertThat(scrolled.evaluate("window.scrollY")).isEqualTo(200);
        assertThat(streams).as("one stream for each page").hasSize(3);
        assertThat(complaints).isEmpty();
    }

    @Test
    void waitsWhileTheMenuIsOpen() {
        var page = open("/pods");
        page.setViewportSize(390, 844);
        page.locator(".menu-button").click();

        change(1);
        page.waitForSelector("#live[data-state=held]");
        // That it is not held any more may be seen for a moment only, before it says what else has changed.
        page.waitForResponse("**/pods", () -> page.keyboard().press("Escape"));

        page.waitForSelector("#live:not([data-state=held])");
    }

    @Test
    void saysThatItReconnectsWhileNobodyAnswersAndThenThatItIsLive() {
        var page = open("/");
        page.route("**/api/v1/events", route -> route.abort());
        page.navigate("http://127.0.0.1:" + port + "/findings");
        page.waitForSelector("#live[data-state=waiting]");
        assertThat(page.locator(".live-state").innerText()).contains("Reconnecting in");

        page.unroute("**/api/v1/events");

        page.waitForSelector("#live[data-state=live]");
    }

    @Test
    void stopsAskingWhereNobodyIsSignedIn() {
        var page = open("/");
        page.route(
                "**/api/v1/events",
                route -> route.fulfill(new com.microsoft.playwright.Route.FulfillOptions().setStatus(401)));
        page.navigate("http://127.0.0.1:" + port + "/findings");

        page.waitForSelector("#live[data-state=signedOut]");

        assertThat(page.locator(".live-state").innerText()).contains("Signed out");
    }

    @Test
    void singleKeysAndThePaletteLeadWhereTheySay() {
        var page = open("/");
        page.keyboard().press("Control+k");
        page.keyboard().type("lab/u1");
        page.waitForSelector("#palette-list [role=option]:has-text('lab/u1')");
        page.keyboard().press("Enter");
        page.waitForURL(Pattern.compile(".*/pods/lab/u1"));

        page.keyboard().press(".");
        page.waitForSelector("#live[data-state=paused]");
        page.keyboard().press("g");
        page.keyboard().press("n");
        page.waitForURL(Pattern.compile(".*/nodes"));

        assertThat(complaints).isEmpty();
    }

    @Test
    void thePaletteLeadsToWhatIsTypedAlthoughItStillShowsWhatWasTypedBefore() {
        var page = open("/");
        page.keyboard().press("Control+k");
        page.keyboard().type("lab");
        page.waitForSelector("#palette-list [role=option]:has-text('lab/u1')");
        page.keyboard().type("/u1");
        page.keyboard().press("Enter");
        page.waitForURL(Pattern.compile(".*/pods/lab/.*"));

        assertThat(page.url()).endsWith("/pods/lab/u1");
    }

    @Test
    void keysThatAreChosenDoWhatTheOthersDid() {
        var page = open("/settings");
        page.locator("[id='key-PAUSE']").fill("p");
        page.locator("form.settings button.primary").click();
        page.waitForURL(Pattern.compile(".*saved=true"));
        page.navigate("http://127.0.0.1:" + port + "/pods");
        page.waitForSelector("#live[data-state=live]");
        page.keyboard().press("?");

        assertThat(page.locator("#keys dt").allInnerTexts()).contains("p").doesNotContain(".");
        page.keyboard().press("Escape");
        page.keyboard().press(".");
        page.keyboard().press("p");
        page.waitForSelector("#live[data-state=paused]");
    }

    @Test
    void singleKeysThatAreSwitchedOffDoNothing() {
        var open = "document.querySelector('dialog[open]')?.id ?? 'none'";
        var page = open("/settings");
        page.locator("h1").click();
        page.keyboard().press("?");
        assertThat(page.evaluate(open)).isEqualTo("keys");

        page.keyboard().press("Escape");
        page.locator("input[name=keys]").uncheck();
        page.locator("form.settings button.primary").click();
        page.waitForURL(Pattern.compile(".*saved=true"));
        page.locator("h1").click();
        page.keyboard().press("?");
        assertThat(page.evaluate(open)).isEqualTo("none");
        page.keyboard().press("Control+k");
        assertThat(page.evaluate(open)).isEqualTo("palette");
    }
}
