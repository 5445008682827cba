package dev.underpass.console.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import dev.underpass.console.Axe;
import dev.underpass.console.Chromium;
import dev.underpass.oidc.TestProvider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/// Login, role change and logout in a real browser.
@Tag("browser")
@SecuredConsoleTest
class LoginBrowserTest {

    private static final TestProvider PROVIDER = TestProvider.running();
    private static final double PATIENCE_MILLIS = 60_000;

    @LocalServerPort
    private int port;

    private @Nullable Playwright playwright;
    private final List<String> complaints = new ArrayList<>();

    @BeforeEach
    void start() {
        PROVIDER.knows(port);
        playwright = Chromium.playwright();
    }

    @AfterEach
    void stop() {
        Objects.requireNonNull(playwright).close();
    }

    private Browser browser() {
        return Chromium.launch(Objects.requireNonNull(playwright));
    }

    private String console(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    private Page logIn(Page page, String name, String path) {
        page.setDefaultTimeout(PATIENCE_MILLIS);
        page.navigate(console(path));
        page.waitForURL(PROVIDER.issuer() + "/login**");
        page.locator("[name=username]").fill(name);
        page.locator("[name=password]").fill("password");
        page.locator("button[type=submit]").click();
        page.waitForURL(console(path));
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && !message.text().contains("401")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        return page;
    }

    @Test
    void whoLogsInToARecordingComesThereAndLogsOutThere() {
        PROVIDER.roles.put("vera", List.of("viewer"));

        var page = logIn(browser().newPage(), "vera", "/at/20991123T100000Z/pods");
        assertThat(page.locator("#then").innerText()).contains("2099-11-23T10:00:00Z");
        page.locator(".account button").click();

        page.waitForURL(console("/signed-out"));
        assertThat(complaints).isEmpty();
    }

    @Test
    void somebodyLogsInLooksAndLogsOutInOneTabAndIsSignedOutInTheOther() {
        PROVIDER.roles.put("vera", List.of("viewer"));
        var context = browser().newContext();
        var page = logIn(context.newPage(), "vera", "/networks");
        var other = context.newPage();
        other.setDefaultTimeout(PATIENCE_MILLIS);
        other.navigate(console("/nodes"));
        other.waitForSelector("#live[data-state=live]");
        if (Boolean.getBoolean("underpass.screenshots")) {
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/screenshots/logged-in.png")));
        }
        assertThat(page.locator(".account").innerText()).contains("vera", "viewer");
        assertThat(page.locator("button:has-text('New network')").isDisabled()).isTrue();
        assertThat(Axe.violations(page)).isEmpty();

        page.locator(".account button").click();
        page.waitForURL(console("/signed-out"));
        other.waitForSelector("#live[data-state=signedOut]");

        assertThat(page.locator("h1").innerText()).isEqualTo("You are logged out");
        assertThat(Axe.violations(page)).isEmpty();
        assertThat(complaints).isEmpty();
        page.locator("a").click();
        page.waitForURL(PROVIDER.issuer() + "/login**");
    }

    @Test
    void anotherRoleAtTheProviderIsTheRoleAfterTheNextLogin() {
        PROVIDER.roles.put("carl", List.of("viewer"));
        var context = browser().newContext();
        var page = logIn(context.newPage(), "carl", "/networks");
        assertThat(page.locator("a:has-text('New network')").count()).isZero();

        PROVIDER.roles.put("carl", List.of("admin"));
        page.locator(".account button").click();
        page.waitForURL(console("/signed-out"));
        logIn(page, "carl", "/networks");
        page.locator("a:has-text('New network')").click();
        page.waitForURL(console("/networks/new"));

        assertThat(page.locator(".account").innerText()).contains("carl", "admin");
        assertThat(complaints).isEmpty();
    }

    @Test
    void whatARoleMayNotIsRefusedOnAnAccessiblePage() {
        PROVIDER.roles.put("rita", List.of("viewer"));
        var page = logIn(browser().newPage(), "rita", "/nodes");
        var refused = Objects.requireNonNull(page.navigate(console("/networks/new")));

        assertThat(refused.status()).isEqualTo(403);
        assertThat(page.locator("[role=alert]:visible").innerText()).contains("admin");
        assertThat(Axe.violations(page)).isEmpty();
    }

    @Test
    void whoHasNoRoleIsToldSoOnAnAccessiblePage() {
        PROVIDER.roles.put("nora", List.of());
        var page = logIn(browser().newPage(), "nora", "/nodes");

        assertThat(page.locator("h1").innerText()).isEqualTo("Refused");
        assertThat(page.locator("form[action$='/logout']").innerText()).contains("nora");
        assertThat(Axe.violations(page)).isEmpty();
    }

    @Test
    void aHostileNameShowsAsText() {
        var name = "<b>x</b>\u202e" + "w".repeat(200);
        PROVIDER.roles.put(name, List.of("viewer"));
        var page = logIn(browser().newPage(), name, "/nodes");

        page.setViewportSize(320, 700);

        assertThat(page.locator(".account-name").innerText()).startsWith("<b>x</b>");
        assertThat(page.locator(".account-name b").count()).isZero();
        assertThat(page.evaluate("document.querySelector('.account').getBoundingClientRect().right"
                        + " <= document.documentElement.clientWidth"))
                .isEqualTo(true);
    }
}
