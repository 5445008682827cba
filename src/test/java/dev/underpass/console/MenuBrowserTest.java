package dev.underpass.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// In a narrow window the menu stands behind a button, so that a page begins at once.
class MenuBrowserTest extends RecordedConsole {

    private static final int LATEST_BEGIN = 130;
    private static final String FOCUS = "document.activeElement.className + document.activeElement.id";

    private static final String BEYOND = "[...document.querySelectorAll('.menu *')]"
            + ".filter(e => e.getBoundingClientRect().right > 321).map(e => e.outerHTML)";

    private @Nullable Page open;

    @AfterEach
    void closePage() {
        if (open != null) {
            open.close();
        }
    }

    private Page open(boolean scripts) {
        var page = browser()
                .newPage(new Browser.NewPageOptions()
                        .setJavaScriptEnabled(scripts)
                        .setViewportSize(390, 844));
        open = page;
        page.navigate(url("/trace"));
        return page;
    }

    @Test
    void leavesTheWindowToThePage() {
        var page = open(true);

        assertThat(page.locator(".banner").first().isVisible()).isTrue();
        assertThat(page.locator("main").boundingBox().y).isLessThan(LATEST_BEGIN);
        assertThat(page.locator(".rail").isVisible()).isFalse();
    }

    @Test
    void opensAndClosesByKeyboardWithoutScripts() {
        var page = open(false);
        page.keyboard().press("Tab");
        page.keyboard().press("Tab");
        assertThat(page.evaluate(FOCUS)).isEqualTo("menu-button");
        page.keyboard().press("Enter");
        assertThat(page.locator(".rail").isVisible()).isTrue();
        page.keyboard().press("Tab");
        assertThat(page.evaluate(FOCUS)).as("the first in the menu").isEqualTo("search");
        page.keyboard().press("Escape");
        assertThat(page.locator(".rail").isVisible()).isFalse();
        assertThat(page.evaluate(FOCUS)).isEqualTo("menu-button");

        page.keyboard().press("Space");
        page.locator(".rail a[href='/pods']").click();
        assertThat(page.url()).endsWith("/pods");
        assertThat(page.locator(".rail").isVisible()).isFalse();
    }

    @Test
    void isAccessibleAndFitsOpen() {
        var page = open(true);
        page.locator(".menu-button").click();

        assertThat(tree(page))
                .contains("\"name\":\"expanded\",\"value\":{\"type\":\"booleanOrUndefined\",\"value\":true}");
        assertThat(Axe.violations(page)).isEmpty();
        page.setViewportSize(320, 700);
        assertThat((List<?>) page.evaluate(BEYOND)).isEmpty();
    }

    /// What the browser tells assistive technology, which follows from no attribute here.
    private static String tree(Page page) {
        return page.context()
                .newCDPSession(page)
                .send("Accessibility.getFullAXTree")
                .toString();
    }

    @Test
    void opensForTheKeyThatLeadsToTheSearch() {
        var page = open(true);
        page.waitForSelector(
                ".theme:not([data-scripted])",
                new Page.WaitForSelectorOptions().setState(WaitForSelectorState.ATTACHED));
        page.keyboard().press("/");

        assertThat(page.evaluate(FOCUS)).isEqualTo("search");
        assertThat(page.locator("#search").isVisible()).isTrue();
    }
}
