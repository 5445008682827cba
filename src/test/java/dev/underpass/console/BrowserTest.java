package dev.underpass.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ForcedColors;
import dev.underpass.Recordings;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.mutes.Mutes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// The pages in a real browser: accessible in every colour scheme, usable by keyboard and without scripts, and without
/// any violation of the security policy.
@Tag("browser")
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"management.server.port=0", "underpass.demo=true"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrowserTest {

    private static final List<String> RULES = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

    private static final Map<String, String> PAGES = Map.ofEntries(
            Map.entry("overview", "/"),
            Map.entry("pods", "/pods?q=verdict:unreachable"),
            Map.entry("pods-empty", "/pods?q=nobody"),
            Map.entry("pods-error", "/pods?q=foo:bar"),
            Map.entry("pod", "/pods/lab/u1"),
            Map.entry("routes", "/pods/lab/u1/routes?dst=10.233.42.26"),
            Map.entry("routes-compare", "/pods/lab/u1/routes?with=lab/u2"),
            Map.entry("routes-compare-error", "/pods/lab/u1/routes?with=nobody&dst=x"),
            Map.entry("routes-problems", "/pods/lab/u1/routes?only=problems"),
            Map.entry("routes-fine", "/pods/lab/u2/routes?only=problems"),
            Map.entry("pod-services", "/pods/lab/u1/services"),
            Map.entry("interfaces", "/pods/lab/u1/interfaces"),
            Map.entry("pod-yaml", "/pods/lab/u1/yaml"),
            Map.entry("pod-events", "/pods/lab/u1/events"),
            Map.entry("services", "/services"),
            Map.entry("service", "/services/lab/web"),
            Map.entry("services-error", "/services?q=ns:lab+foo:bar+web"),
            Map.entry("nodes-empty", "/nodes?q=nobody"),
            Map.entry("findings-filtered", "/findings?q=severity:critical+-code:U01"),
            Map.entry("networks-filtered", "/networks?q=coordinator:yes"),
            Map.entry("pools-error", "/pools?q=pressure:much"),
            Map.entry("changes-error", "/changes?q=what:gone"),
            Map.entry("nodes", "/nodes"),
            Map.entry("setup", "/setup"),
            Map.entry("node", "/nodes/node1"),
            Map.entry("findings", "/findings"),
            Map.entry("reachability", "/reachability"),
            Map.entry("finding", "/findings/U22"),
            Map.entry("finding-muted", "/findings/U73"),
            Map.entry("trace-empty", "/trace"),
            Map.entry("trace", "/trace?from=lab/u1&to=lab/web:80"),
            Map.entry("trace-compare", "/trace?from=lab/u1&to=lab/web:80&compare=lab/u2"),
            Map.entry("edit-coordinator", "/coordinator/default/edit"),
            Map.entry("edit-network-new", "/networks/new"),
            Map.entry("delete-coordinator", "/coordinator/default/delete"),
            Map.entry("trace-ok", "/trace?from=lab/u2&to=lab/web:80"),
            Map.entry("topology", "/topology"),
            Map.entry("topology-table", "/topology?view=table&sel=node:node1"),
            Map.entry("topology-selected", "/topology?sel=pod:lab/u1"),
            Map.entry("topology-node", "/topology?level=node&id=node1&group=node"),
            Map.entry("topology-nodes", "/topology?view=nodes"),
            Map.entry("topology-error", "/topology?q=foo:bar"),
            Map.entry("pools", "/pools"),
            Map.entry("pools-empty", "/pools?q=nobody"),
            Map.entry("pool", "/pools/v4-10-6"),
            Map.entry("reserved-ips", "/reservedips"),
            Map.entry("coordinator", "/coordinator"),
            Map.entry("networks", "/networks"),
            Map.entry("changes", "/changes"),
            Map.entry("wizard", "/networks/access?ns=lab&workload=u1"),
            Map.entry("wizard-errors", "/networks/access?step=result&ns=lab&workload=b1&network=new&netname=UP&vlan=x"),
            Map.entry("wizard-mode", "/networks/access?step=mode&ns=lab&workload=u1&network=kube-system/macvlan-conf"),
            Map.entry(
                    "wizard-addresses",
                    "/networks/access?step=result&ns=lab&workload=u1&network=kube-system/macvlan-conf&mode=underlay"
                            + "&pool4=new&name4=x&subnet4=10.6.0.0/16&ips4=10.7.0.1"),
            Map.entry(
                    "wizard-result",
                    "/networks/access?step=result&ns=lab&workload=u1&network=kube-system/macvlan-conf&mode=underlay"
                            + "&pool4=v4-10-6"),
            Map.entry("views", "/views?to=/pods?q=ns:lab"),
            Map.entry("workloads", "/findings/U22/workloads"),
            Map.entry("palette", "/palette?q=10.6"),
            Map.entry("palette-empty", "/palette?q=nobody"),
            Map.entry("settings", "/settings?saved=true"),
            Map.entry("signed-out", "/signed-out"),
            Map.entry("not-found", "/nowhere"));

    private static final String OVERFLOWING =
            "[...document.querySelectorAll('body *')].filter(e => !e.closest('.scroll')"
                    + " && e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)"
                    + ".map(e => e.outerHTML.slice(0, 120)).join(' | ')";

    /// How a page may be coloured.
    private enum Look {
        LIGHT(ColorScheme.LIGHT, ForcedColors.NONE),
        DARK(ColorScheme.DARK, ForcedColors.NONE),
        FORCED(ColorScheme.LIGHT, ForcedColors.ACTIVE);

        private final ColorScheme scheme;
        private final ForcedColors forced;

        Look(ColorScheme scheme, ForcedColors forced) {
            this.scheme = scheme;
            this.forced = forced;
        }

        Page.EmulateMediaOptions media() {
            return new Page.EmulateMediaOptions().setColorScheme(scheme).setForcedColors(forced);
        }
    }

    @LocalServerPort
    private int port;

    @Autowired
    private CurrentAnalysis analysis;

    @Autowired
    private Mutes mutes;

    private @Nullable Playwright playwright;
    private @Nullable Browser browser;
    private @Nullable BrowserContext context;
    private final List<String> complaints = new ArrayList<>();

    @DynamicPropertySource
    static void source(DynamicPropertyRegistry registry) {
        registry.add("underpass.source", () -> "bundle:" + Recordings.path("hijack-route-deleted"));
    }

    @BeforeAll
    void startBrowser() {
        playwright = Chromium.playwright();
        browser = Chromium.launch(playwright);
        var cluster = Objects.requireNonNull(analysis.current().block());
        mutes.mute(cluster, new Mutes.Wish("U73", "known-for-long-".repeat(20), 24), "li");
    }

    @AfterEach
    void closeContext() {
        if (context != null) {
            context.close();
        }
    }

    @AfterAll
    void stopBrowser() {
        if (playwright != null) {
            playwright.close();
        }
    }

    private Page open(Browser.NewContextOptions options, String path) {
        complaints.clear();
        context = Objects.requireNonNull(browser).newContext(options.setViewportSize(1280, 1000));
        var page = context.newPage();
        page.onConsoleMessage(message -> {
            boolean missing = message.text().contains("404");
            if ((message.type().equals("error") || message.type().equals("warning")) && !missing) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.addInitScript("document.addEventListener('securitypolicyviolation',"
                + " e => console.error('CSP: ' + e.violatedDirective + ' ' + e.blockedURI));");
        var answer = Objects.requireNonNull(page.navigate("http://127.0.0.1:" + port + path));
        assertThat(answer.status()).as(path).isEqualTo(path.equals("/nowhere") ? 404 : 200);
        return page;
    }

    static Stream<String> pages() {
        return PAGES.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void isAccessibleAndFitsInEveryColourScheme(String name) {
        var page = open(new Browser.NewContextOptions(), PAGES.getOrDefault(name, "/"));

        for (var look : Look.values()) {
            page.emulateMedia(look.media());
            assertThat(violations(page)).as("%s in %s colours", name, look).isEmpty();
            screenshot(page, name, look);
        }

        page.setViewportSize(320, 700);
        assertThat(page.evaluate(OVERFLOWING)).as("%s at 320 pixels", name).isEqualTo("");
        assertThat(complaints).isEmpty();
        assertThat(page.locator("h1").count()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void isAccessibleInChinese(String name) {
        var page = open(new Browser.NewContextOptions().setLocale("zh-CN"), PAGES.getOrDefault(name, "/"));

        assertThat(page.locator("html").getAttribute("lang")).isEqualTo("zh-CN");
        assertThat(violations(page)).as(name).isEmpty();
        page.setViewportSize(320, 700);
        assertThat(page.evaluate(OVERFLOWING)).as("%s at 320 pixels", name).isEqualTo("");
        assertThat(complaints).isEmpty();
    }

    /// The legacy mode opens no second page for the result; it differs for pages with frames only, and ours have none.
    private static List<String> violations(Page page) {
        assertThat(page.frames()).hasSize(1);
        return new AxeBuilder(page)
                .withTags(RULES).setLegacyMode(true).analyze().getViolations().stream()
                        .map(each -> each.getId() + ": " + each.getHelp() + " "
                                + each.getNodes().stream()
                                        .map(node -> node.getHtml())
                                        .toList())
                        .toList();
    }

    private static void screenshot(Page page, String name, Look look) {
        if (Boolean.getBoolean("underpass.screenshots")) {
            page.screenshot(new Page.ScreenshotOptions()
                    .setFullPage(true)
                    .setPath(Path.of("target/screenshots/%s-%s.png".formatted(name, look))));
        }
    }

    @Test
    void explainsABrokenPodFromTheFirstPageByKeyboardAlone() {
        var page = open(new Browser.NewContextOptions(), "/");
        page.keyboard().press("Tab");
        assertThat(page.evaluate("document.activeElement.className")).isEqualTo("skip");
        page.locator("#from").focus();
        page.locator("#from").fill("lab/u1");
        page.keyboard().press("Tab");
        page.locator("#to").fill("lab/web:80");
        page.keyboard().press("Enter");
        page.waitForURL("**/trace?**");

        assertThat(page.locator("main").innerText())
                .contains("Unreachable", "U22", "10.233.0.0/18 via 10.6.212.101 dev veth0", "Restart the Pod");
    }

    @Test
    void everythingWorksWithoutScripts() {
        var page = open(new Browser.NewContextOptions().setJavaScriptEnabled(false), "/pods/lab/u1/routes");
        page.locator("#dst").fill("10.233.42.26");
        page.locator("main form button").click();

        assertThat(page.url()).contains("dst=10.233.42.26");
        assertThat(page.locator("li.wins").count()).isEqualTo(2);
    }

    @Test
    void theDrawingIsReadByKeyboardAndScaledByButtons() {
        var page = open(new Browser.NewContextOptions(), "/topology");
        var width = page.locator("#lanes").getAttribute("width");
        page.locator("[data-zoom] button").last().focus();
        page.keyboard().press("Tab");
        page.keyboard().press("Tab");
        var first = page.evaluate("document.activeElement.getAttribute('aria-label')");
        page.locator("[data-by='1']").click();
        var wider = page.locator("#lanes").getAttribute("width");
        page.locator("[data-by='0']").click();
        var back = page.locator("#lanes").getAttribute("width");
        page.locator("#lanes a").first().focus();
        page.keyboard().press("Enter");
        page.waitForURL("**/topology?sel=**");

        assertThat(String.valueOf(first)).contains("10.6.0.0/16", "Unreachable");
        assertThat(Double.parseDouble(wider)).isGreaterThan(Double.parseDouble(width));
        assertThat(back).isEqualTo(width);
        assertThat(page.locator("#selected").innerText()).contains("10.6.0.0/16", "Draw only this");
        assertThat(page.locator("svg.tile").count())
                .isEqualTo(page.locator("#lanes > svg[id]").count())
                .isPositive();
        assertThat(complaints).isEmpty();
    }

    @Test
    void arrowKeysWalkTheDrawingFromTileToTile() {
        var page = open(new Browser.NewContextOptions(), "/topology");
        var inOrder = "document.querySelectorAll('#lanes a[tabindex=\"0\"]').length";
        var lane = "Number(document.activeElement.parentElement.getAttribute('x'))";
        var height = "Number(document.activeElement.parentElement.getAttribute('y'))";
        page.locator("#lanes a").first().focus();
        double first = number(page, lane);
        page.keyboard().press("ArrowRight");
        double second = number(page, lane);
        double top = number(page, height);
        page.keyboard().press("ArrowDown");
        double below = number(page, height);
        boolean same = number(page, lane) == second;
        var only = page.evaluate(inOrder);
        page.keyboard().press("Home");
        var home = page.evaluate("document.activeElement.getAttribute('aria-label')");
        page.keyboard().press("Enter");
        page.waitForURL("**/topology?sel=**");

        assertThat(second).isGreaterThan(first);
        assertThat(below).isGreaterThan(top);
        assertThat(same).isTrue();
        assertThat(only).isEqualTo(1);
        assertThat(String.valueOf(home)).contains("10.6.0.0/16");
        assertThat(page.evaluate("document.querySelector('#lanes a[tabindex=\"0\"]').getAttribute('aria-current')"))
                .isEqualTo("true");
        assertThat(complaints).isEmpty();
    }

    private static double number(Page page, String expression) {
        return ((Number) page.evaluate(expression)).doubleValue();
    }

    @Test
    void aButtonCopiesThePagesAddress() {
        var allowed = List.of("clipboard-read", "clipboard-write");
        var page = open(new Browser.NewContextOptions().setPermissions(allowed), "/pods?q=ns:lab");
        page.locator("#copy-link").click();
        page.waitForFunction("document.getElementById('status').textContent !== ''");

        assertThat(page.evaluate("navigator.clipboard.readText()")).isEqualTo(page.url());
        assertThat(page.locator("#status").textContent()).isEqualTo("Link copied");
        assertThat(complaints).isEmpty();
    }

    @Test
    void remembersTheTheme() {
        var page = open(new Browser.NewContextOptions().setColorScheme(ColorScheme.LIGHT), "/");
        page.locator("#theme").selectOption("dark");
        page.reload();

        assertThat(page.locator("html").getAttribute("data-theme")).isEqualTo("dark");
        assertThat(page.evaluate("getComputedStyle(document.body).backgroundColor"))
                .isEqualTo("rgb(20, 23, 28)");
    }
}
