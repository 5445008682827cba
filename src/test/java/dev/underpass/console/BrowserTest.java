package dev.underpass.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ForcedColors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The pages in a real browser: accessible in every colour scheme, usable by keyboard and without scripts, and without
/// any violation of the security policy.
class BrowserTest extends RecordedConsole {

    private static final String OVERFLOWING =
            "[...document.querySelectorAll('body *')].filter(e => !e.closest('.scroll')"
                    + " && e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)"
                    + ".map(e => e.outerHTML.slice(0, 120)).join(' | ')";

    private static final List<Integer> WIDTHS = List.of(1024, 768, 320);

    /// How a page may be coloured otherwise than light.
    private enum Look {
        DARK(ColorScheme.DARK, ForcedColors.NONE, "system"),
        CONTRAST(ColorScheme.LIGHT, ForcedColors.NONE, "contrast"),
        FORCED(ColorScheme.LIGHT, ForcedColors.ACTIVE, "system");

        private final ColorScheme scheme;
        private final ForcedColors forced;
        private final String theme;

        Look(ColorScheme scheme, ForcedColors forced, String theme) {
            this.scheme = scheme;
            this.forced = forced;
            this.theme = theme;
        }

        void on(Page page) {
            page.emulateMedia(
                    new Page.EmulateMediaOptions().setColorScheme(scheme).setForcedColors(forced));
            page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme);
        }
    }

    /// Kept from page to page: each is read with what the browser keeps of the one before.
    private final Map<String, BrowserContext> byLanguage = new HashMap<>();

    private final List<String> complaints = new ArrayList<>();
    private @Nullable Page window;

    @AfterEach
    void closeWindow() {
        if (window != null) {
            window.close();
        }
    }

    private Page window(BrowserContext context, boolean refused) {
        complaints.clear();
        var page = context.newPage();
        window = page;
        page.setViewportSize(1280, 1000);
        page.onConsoleMessage(message -> {
            boolean own = refused && message.text().startsWith("Failed to load resource");
            if ((message.type().equals("error") || message.type().equals("warning")) && !own) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.addInitScript("document.addEventListener('securitypolicyviolation',"
                + " e => console.error('CSP: ' + e.violatedDirective + ' ' + e.blockedURI));");
        return page;
    }

    private Page open(Browser.NewContextOptions options, String path) {
        var page = window(browser().newContext(options), false);
        var answer = Objects.requireNonNull(page.navigate(url(path)));
        assertThat(answer.status()).as(path).isEqualTo(200);
        return page;
    }

    static Stream<Arguments> pagesInBothLanguages() {
        return Pages.names().flatMap(name -> Stream.of("en", "zh-CN").map(language -> Arguments.of(name, language)));
    }

    @ParameterizedTest
    @MethodSource("pagesInBothLanguages")
    void isAccessibleAndFitsInEveryColourScheme(String name, String language) {
        var context = byLanguage.computeIfAbsent(
                language, locale -> browser().newContext(new Browser.NewContextOptions().setLocale(locale)));
        var page = window(context, Pages.refused(name));
        Pages.open(page, url(""), name);

        assertThat(page.locator("html").getAttribute("lang")).isEqualTo(language);
        assertThat(page.locator("h1").count()).isEqualTo(1);
        assertThat(Axe.violations(page)).as("in light colours").isEmpty();
        screenshot(page, name + "-" + language, "LIGHT");
        for (var look : Look.values()) {
            look.on(page);
            assertThat(Axe.colourViolations(page)).as("in %s colours", look).isEmpty();
            screenshot(page, name + "-" + language, look.name());
        }
        for (int width : WIDTHS) {
            page.setViewportSize(width, 700);
            assertThat(page.evaluate(OVERFLOWING)).as("at %d pixels", width).isEqualTo("");
        }
        assertThat(complaints).isEmpty();
    }

    private static void screenshot(Page page, String name, String look) {
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
        assertThat(number(page, width(".hops li.missing"))).isEqualTo(number(page, width(".hops > li > pre")));
    }

    private static String width(String selector) {
        return "document.querySelector('%s').getBoundingClientRect().width".formatted(selector);
    }

    @Test
    void thePodsAddressesAreSeenOnAUsualScreen() {
        var page = open(new Browser.NewContextOptions(), "/pods");
        page.setViewportSize(1366, 768);

        assertThat(number(page, "document.querySelector('main .scroll').scrollWidth"))
                .isEqualTo(number(page, "document.querySelector('main .scroll').clientWidth"));
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

    @Test
    void theGridOfManyNodesHasItsRoomOnATelephoneToo() {
        var page = open(new Browser.NewContextOptions(), "/topology?view=nodes");
        page.setViewportSize(390, 800);
        page.evaluate("document.querySelectorAll('.heat-room').forEach(room => room.textContent = '0'.repeat(5000))");

        double columns = Math.floor(number(page, width(".heat-box")) / 10);
        assertThat(number(page, "document.querySelector('.heat-box').offsetHeight"))
                .isEqualTo(Math.ceil(5000 / columns) * 10);
    }

    private static double number(Page page, String expression) {
        return ((Number) page.evaluate(expression)).doubleValue();
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
