package dev.underpass.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Whole tasks by keyboard alone: where each key leads, and what assistive technology calls the place.
class KeyWalkTest extends RecordedConsole {

    private static final String NAME = "document.activeElement.computedName.replace(/\\s+/g, ' ').trim()";
    private static final String ADDRESS = "document.activeElement.dataset.address";
    private static final String DESCRIPTION = "document.activeElement.getAttribute('aria-describedby').split(' ')"
            + ".map(id => document.getElementById(id)?.innerText ?? '').join(' ')";
    private static final String CELL =
            "(e => [e.closest('tr').sectionRowIndex, e.closest('td').cellIndex].join())(document.activeElement)";
    private static final String FOUND = """
            question => fetch('/palette?q=' + encodeURIComponent(question)).then(answer => answer.text()).then(text =>
              new DOMParser().parseFromString(text, 'text/html').querySelectorAll('#palette-results a').length)
            """;

    private @Nullable Page open;

    @AfterEach
    void closePage() {
        if (open != null) {
            open.close();
        }
    }

    private Page open(String path) {
        var page = browser().newPage();
        open = page;
        page.navigate(url(path));
        return page;
    }

    /// Presses keys one after the other and says what an expression is after the last.
    private static String after(Page page, String expression, String... keys) {
        for (var key : keys) {
            page.keyboard().press(key);
        }
        return String.valueOf(page.evaluate(expression));
    }

    @Test
    void theDecisionsOfATraceAreWalkedByBracketsAndOpenedByEnter() {
        var page = open("/trace?from=lab/u1&to=lab/web:80");

        assertThat(after(page, NAME, "]")).isEqualTo("Rule");
        assertThat(after(page, NAME, "]")).isEqualTo("Route");
        assertThat(after(page, NAME, "]")).isEqualTo("Neighbour");
        assertThat(after(page, NAME, "[")).isEqualTo("Route");
        page.keyboard().press("Enter");
        page.waitForURL(Pattern.compile(".*hop=2.*"));
        assertThat(page.locator("ol.hops li.chosen a.step").innerText()).isEqualTo("Route");
        assertThat(after(page, NAME, "]")).as("onwards from the chosen one").isEqualTo("Neighbour");
    }

    @Test
    void theMatrixIsOneStopThatArrowsWalkAndEnterOpens() {
        var page = open("/reachability");
        assertThat(page.locator(".matrix td a[tabindex='0']").count()).isEqualTo(1);
        page.locator(".matrix td a[tabindex='0']").focus();

        assertThat(after(page, CELL)).isEqualTo("0,1");
        assertThat(after(page, CELL, "ArrowRight")).isEqualTo("0,2");
        assertThat(after(page, CELL, "ArrowDown")).isEqualTo("1,2");
        assertThat(after(page, CELL, "ArrowLeft", "ArrowLeft")).isEqualTo("1,1");
        assertThat(after(page, CELL, "End"))
                .isEqualTo("1," + (page.locator(".matrix thead th").count() - 1));
        assertThat(after(page, CELL, "Home", "ArrowUp")).isEqualTo("0,1");
        assertThat(after(page, NAME)).matches("(Reachable|Unreachable|Undetermined).* of \\d+.*");
        assertThat(page.locator(".matrix td a[tabindex='0']").count()).isEqualTo(1);
        page.keyboard().press("Enter");
        page.waitForURL(Pattern.compile(".*/reachability/[^/]+/[^/]+"));
    }

    @Test
    void theMapOfAPoolIsWalkedAndARangeOfItExcluded() {
        var page = open("/pools/v4-10-6?block=10.6.0.0");
        page.locator("[data-grid] a.cell[tabindex='0']").focus();

        assertThat(after(page, NAME)).startsWith("10.6.0.0: ");
        assertThat(after(page, ADDRESS, "ArrowRight", "ArrowDown")).isEqualTo("10.6.0.17");
        assertThat(after(page, ADDRESS, "End")).isEqualTo("10.6.0.31");
        assertThat(after(page, ADDRESS, "Home", "ArrowUp")).isEqualTo("10.6.0.0");
        var second =
                page.locator("[data-grid]").nth(1).locator("a.cell").first().getAttribute("data-address");
        assertThat(after(page, ADDRESS, "PageDown")).isEqualTo(second);
        assertThat(after(page, ADDRESS, "PageUp", "ArrowLeft")).isEqualTo("10.6.0.0");

        page.keyboard().press("Shift+ArrowRight");
        page.keyboard().press("Shift+ArrowDown");
        assertThat(page.locator("#exclude").innerText()).contains("10.6.0.0-10.6.0.17");
        assertThat(page.locator("a.cell.chosen").count()).isEqualTo(18);
        assertThat(after(page, NAME, "Tab")).isEqualTo("Exclude this range");
        page.keyboard().press("Enter");
        page.waitForURL(Pattern.compile(".*/edit\\?exclude=.*"));
        assertThat(page.locator("main").innerText())
                .contains("not among the addresses of this pool: 10.6.0.0-10.6.0.17");
    }

    @Test
    void theListOfWhatIsWrongLeadsToTheFields() {
        var page = open(Pages.path("wizard-errors"));
        var links = page.locator("main section[aria-labelledby=wrong] a");
        assertThat(links.count()).isPositive();

        for (int i = 0; i < links.count(); i++) {
            var said = links.nth(i).innerText();
            links.nth(i).focus();
            assertThat(after(page, "document.activeElement.matches('[aria-invalid=true]')", "Enter"))
                    .as(said)
                    .isEqualTo("true");
            assertThat(after(page, "document.activeElement.computedName.trim()"))
                    .isNotEmpty();
            assertThat(after(page, DESCRIPTION)).contains(said);
        }
    }

    @Test
    void thePaletteIsWalkedByArrowsAndGivesTheFocusBack() {
        var chosen = "document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))?.id";
        var page = open("/pods");
        page.locator("#q").focus();
        page.keyboard().press("Control+k");
        page.keyboard().type("lab/u");
        // Until then the list may answer what was typed before.
        var options = page.locator("#palette-list [role=option]");
        int found = ((Number) page.evaluate(FOUND, "lab/u")).intValue();
        page.waitForCondition(() -> options.count() == found);

        assertThat(after(page, NAME))
                .isEqualTo(page.locator("label[for=palette-q]").innerText());
        assertThat(after(page, chosen)).isEqualTo("palette-option-0");
        assertThat(after(page, chosen, "ArrowDown")).isEqualTo("palette-option-1");
        assertThat(after(page, chosen, "ArrowUp", "ArrowUp")).isEqualTo("palette-option-" + (found - 1));
        assertThat(after(page, "document.activeElement.id", "Escape")).isEqualTo("q");

        page.keyboard().press("Control+k");
        page.waitForSelector("#palette-list [role=option]:has-text('lab/u2')");
        var second = page.locator("#palette-option-1").getAttribute("data-href");
        page.keyboard().press("ArrowDown");
        page.keyboard().press("Enter");
        page.waitForURL("**" + second);
    }

    @Test
    void theDrawingIsScaledByKeysAndIsOneStop() {
        var page = open("/topology");
        var width = "document.getElementById('lanes').getAttribute('width')";
        var before = String.valueOf(page.evaluate(width));
        page.locator("[data-by='1']").focus();
        assertThat(after(page, NAME)).isNotBlank().doesNotContain("+");
        assertThat(Double.parseDouble(after(page, width, "Enter"))).isGreaterThan(Double.parseDouble(before));
        assertThat(after(page, width, "Shift+Tab", "Enter")).isEqualTo(before);

        page.keyboard().press("Tab");
        assertThat(after(page, NAME, "Tab")).isEqualTo("Fit the width");
        assertThat(after(page, NAME, "Tab")).as("the frame that scrolls").isEqualTo("Drawing");
        var first = after(page, NAME, "Tab");
        assertThat(first).contains("10.6.0.0/16");
        assertThat(after(page, NAME, "ArrowRight")).isNotEqualTo(first);
        assertThat(after(page, "document.activeElement.closest('#lanes') === null", "Tab"))
                .isEqualTo("true");
        assertThat(after(page, "document.activeElement.closest('#lanes') !== null", "Shift+Tab"))
                .isEqualTo("true");
        page.keyboard().press("Enter");
        page.waitForURL("**/topology?sel=**");
    }
}
