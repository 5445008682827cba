package dev.underpass.console.edit;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Route;
import dev.underpass.console.Chromium;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/// A field that is left is checked, and what the edit would do is told beside the form, while somebody types on.
@Tag("browser")
class ChecksBrowserTest extends EditingConsole {

    private static final String GATEWAY = "input[name='field.spec.gateway']";
    private static final String EXCLUDED = "textarea[name='field.spec.excludeIPs']";
    private static final String NETWORKS = "textarea[name='field.spec.multusName']";
    private static final String DEFAULT = "select[name='field.spec.default']";

    @LocalServerPort
    private int webPort;

    private @Nullable Playwright playwright;

    @BeforeEach
    void start() {
        playwright = Chromium.playwright();
    }

    @AfterEach
    void stop() {
        Objects.requireNonNull(playwright).close();
    }

    private Page open(String path) {
        var page = Chromium.open(Objects.requireNonNull(playwright), "http://127.0.0.1:" + webPort + path, "still");
        page.evaluate("""
                () => {
                  window.refused = [];
                  document.addEventListener('securitypolicyviolation', (e) => window.refused.push(e.violatedDirective));
                }""");
        return page;
    }

    private static String wrong(Page page, String input) {
        return "#" + page.locator(input).getAttribute("id") + "-wrong";
    }

    private static double top(Page page) {
        return ((Number) page.evaluate("document.activeElement.getBoundingClientRect().top")).doubleValue();
    }

    @Test
    void aFieldThatIsLeftIsCheckedAndNothingMovesForWhoeverTypesOn() {
        pool("v4");
        var page = open("/pools/v4/edit");
        page.locator(GATEWAY).fill("10.99.0.1");
        page.locator(NETWORKS).focus();
        page.keyboard().type("kube-");
        double before = top(page);

        page.waitForSelector(wrong(page, GATEWAY) + " div");

        assertThat(page.locator(wrong(page, GATEWAY)).innerText()).contains("10.99.0.1");
        assertThat(page.locator(GATEWAY).getAttribute("aria-invalid")).isEqualTo("true");
        assertThat(page.locator("#impact").innerText()).contains("spec.gateway");
        assertThat(page.locator(wrong(page, NETWORKS)).innerText()).isEmpty();
        assertThat(top(page)).isEqualTo(before);
        page.keyboard().type("system/x");
        assertThat(page.locator(NETWORKS).inputValue()).isEqualTo("kube-system/x");
        assertThat(page.evaluate("window.refused.length")).isEqualTo(0);
    }

    @Test
    void whatIsMendedIsNotSaidAnyMoreAndTheImpactIsTold() {
        pool("v4");
        var page = open("/pools/v4/edit");
        page.locator(GATEWAY).fill("10.99.0.1");
        page.locator(DEFAULT).focus();
        page.waitForSelector(wrong(page, GATEWAY) + " div");

        page.locator(GATEWAY).fill("10.6.0.2");
        page.locator(DEFAULT).focus();

        page.waitForSelector("#impact h3, #impact strong");
        assertThat(page.locator("#impact").innerText()).contains("takes effect for new Pods only", "No pair lost");
        assertThat(page.locator(wrong(page, GATEWAY)).innerText()).isEmpty();
        assertThat(page.locator(GATEWAY).getAttribute("aria-invalid")).isNull();
    }

    @Test
    void oneQuestionIsOnItsWayAtATimeAndAnOlderAnswerIsDropped() {
        pool("v4");
        var page = open("/pools/v4/edit");
        var held = new CopyOnWriteArrayList<Route>();
        page.route("**/check", held::add);
        page.locator(GATEWAY).fill("10.99.0.1");
        page.locator(DEFAULT).focus();
        page.waitForCondition(() -> held.size() == 1);
        page.locator(GATEWAY).fill("10.6.0.2");
        page.locator(EXCLUDED).fill("nonsense");
        page.locator(DEFAULT).focus();
        page.waitForTimeout(600);
        assertThat(held).as("asked while a question is on its way").hasSize(1);

        held.getFirst().resume();
        page.waitForCondition(() -> held.size() == 2);

        assertThat(page.locator(wrong(page, GATEWAY)).innerText())
                .as("an older answer")
                .isEmpty();
        held.get(1).resume();
        page.waitForSelector(wrong(page, EXCLUDED) + " div");
        assertThat(page.locator(wrong(page, GATEWAY)).innerText()).isEmpty();
    }

    @Test
    void whatIsHostileIsTextAndAFailedCheckLeavesTheFormAlone() {
        pool("v4");
        var page = open("/pools/v4/edit");
        page.locator(GATEWAY).fill("<img src=x onerror=alert(1)>\u202e");
        page.locator(DEFAULT).focus();
        page.waitForSelector(wrong(page, GATEWAY) + " div");
        assertThat(page.locator("#impact img, form img").count()).isZero();

        var asked = new ArrayList<>(List.of());
        page.route("**/check", route -> {
            asked.add(route);
            route.abort();
        });
        page.locator(GATEWAY).fill("10.6.0.2");
        page.locator(DEFAULT).focus();
        page.waitForCondition(() -> !asked.isEmpty());

        assertThat(page.locator(GATEWAY).inputValue()).isEqualTo("10.6.0.2");
        page.locator("form button.primary").click();
        assertThat(page.locator("main").innerText()).contains("spec.gateway", "10.6.0.2");
    }
}
