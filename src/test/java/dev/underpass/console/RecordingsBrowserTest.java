package dev.underpass.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.underpass.console.recordings.Written;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A recording in a browser: every way that leads on stays in it, and the way out leads to the same page now.
class RecordingsBrowserTest extends RecordedConsole {

    private static final String THEN = "/at/" + Written.id(RECORDED);

    private final ArrayList<String> said = new ArrayList<>();
    private @Nullable Page open;

    @AfterEach
    void closePage() {
        if (open != null) {
            open.close();
        }
        assertThat(said).as("errors in the browser's console").isEmpty();
    }

    private Page open(String path) {
        var page = browser().newPage();
        open = page;
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                said.add(message.text());
            }
        });
        page.navigate(url(path));
        return page;
    }

    private static String href(Page page, String link) {
        return String.valueOf(page.locator(link).getAttribute("href"));
    }

    @Test
    void whatLeadsToRecordingsFollowsAListThatChangesInPlace() {
        var page = open("/pods");
        assertThat(href(page, "#as-of")).isEqualTo("/recordings?to=/pods");

        page.locator("#sort-unreachable").click();

        page.waitForCondition(() -> href(page, "#as-of").contains("sort"));
        assertThat(href(page, "#as-of")).isEqualTo("/recordings?to=/pods?sort%3Dunreachable");
        page.locator("#as-of").click();
        page.locator("#at-" + Written.id(RECORDED) + " th a").click();
        page.waitForURL(url(THEN + "/pods?sort=unreachable"));
        assertThat(page.locator("#then").innerText()).contains("as it was at 2099-11-23T10:00:00Z");
    }

    @Test
    void aListInARecordingChangesInPlaceAndLeadsToTheSameNow() {
        var page = open(THEN + "/pods");
        assertThat(page.locator("#live").count()).isZero();

        page.locator("#sort-unreachable").click();

        page.waitForURL(url(THEN + "/pods?sort=unreachable"));
        page.waitForCondition(() -> href(page, "#then-now").contains("sort"));
        assertThat(href(page, "#then-now")).isEqualTo("/pods?sort=unreachable");
        page.locator("#then-now").click();
        page.waitForURL(url("/pods?sort=unreachable"));
        assertThat(page.locator("#then").count()).isZero();
    }

    @Test
    void thePaletteStaysInTheRecording() {
        var page = open(THEN + "/pools");
        page.keyboard().press("Control+k");
        page.keyboard().type("lab/u1");
        page.waitForSelector("#palette-list [role=option]:has-text('lab/u1')");
        page.keyboard().press("Enter");

        page.waitForURL(url(THEN + "/pods/lab/u1"));
        assertThat(page.locator("h1").innerText()).contains("lab/u1");
        assertThat(page.locator("#content").innerText()).as("what broke later").doesNotContain("U22");
        assertThat(page.locator("#then").count()).isOne();
    }
}
