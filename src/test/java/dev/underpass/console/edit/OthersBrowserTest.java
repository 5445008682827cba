package dev.underpass.console.edit;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import dev.underpass.console.Chromium;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/// While somebody edits an object, others change it: that is said, and nothing that was typed is lost.
@Tag("browser")
class OthersBrowserTest extends EditingConsole {

    private static final String EXCLUDED = "textarea[name='field.spec.excludeIPs']";

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

    private Page open(String path, String state) {
        return Chromium.open(Objects.requireNonNull(playwright), "http://127.0.0.1:" + webPort + path, state);
    }

    @Test
    void whoeverTypesIsToldWhoChangedTheObjectAndKeepsFocusAndText() {
        pool("v4");
        var page = open("/pools/v4/edit", "still");
        var disabled = page.locator("select[name='field.spec.disable']").inputValue();
        page.locator(EXCLUDED).fill("10.6.1.5");

        assertThat(edit("ippools/v4", "?force=true", spec -> spec.put("disable", true))
                        .status())
                .isEqualTo(200);

        var notice = page.waitForSelector("#others p").innerText();
        assertThat(notice)
                .startsWith("Changed by loopback, ")
                .endsWith("What you typed stays as it is; Review shows both.");
        assertThat(page.locator(EXCLUDED).inputValue()).isEqualTo("10.6.1.5");
        assertThat(page.evaluate("document.activeElement.name")).isEqualTo("field.spec.excludeIPs");
        assertThat(page.locator("select[name='field.spec.disable']").inputValue())
                .isEqualTo(disabled)
                .isNotEqualTo("true");

        page.locator("form button.primary").click();
        assertThat(page.locator("#clash").innerText()).isEqualTo("The object was changed since this edit began");
        page.locator("form[action$='/rebase'] button").click();
        assertThat(page.locator("main").innerText()).contains("spec.excludeIPs", "10.6.1.5");
        assertThat(page.locator("#others p").count()).isZero();
    }

    @Test
    void whoeverReviewsIsToldThatTheObjectIsGone() {
        pool("v4");
        var page = open("/pools/v4/edit", "still");
        page.locator(EXCLUDED).fill("10.6.1.5");
        page.locator("form button.primary").click();
        page.waitForSelector("form[action$='/apply'] button");
        page.waitForSelector("#live[data-state=still]");

        API.unload("spiderippools", "v4");

        assertThat(page.waitForSelector("#others p").innerText()).isEqualTo("There is no SpiderIPPool v4.");
        assertThat(page.locator("form[action$='/apply'] input[name=yaml]").inputValue())
                .contains("10.6.1.5");
    }

    @Test
    void thePageOfAPoolFollowsItsEdits() {
        pool("v4");
        var page = open("/pools/v4", "live");
        var cell = page.locator("a.cell[data-address='10.6.1.5']");
        cell.focus();
        assertThat(cell.getAttribute("class")).contains("free");

        assertThat(edit(
                                "ippools/v4",
                                "?force=true",
                                spec -> spec.putArray("excludeIPs").add("10.6.1.5"))
                        .status())
                .isEqualTo(200);

        page.waitForSelector("a.cell.excluded[data-address='10.6.1.5']");
        assertThat(page.evaluate("document.activeElement.dataset.address")).isEqualTo("10.6.1.5");
        assertThat(page.locator("#live-pill").innerText())
                .as("a row of the ranges became three")
                .contains("2 new");
    }
}
