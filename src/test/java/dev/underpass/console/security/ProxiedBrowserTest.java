package dev.underpass.console.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import dev.underpass.console.Chromium;
import dev.underpass.console.security.TlsProxy.Kind;
import dev.underpass.kubeapi.LoopbackCertificate;
import dev.underpass.oidc.TestProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/// The console in a real browser behind proxies that end TLS and show it under a path.
@Tag("browser")
@ProxiedConsoleTest
class ProxiedBrowserTest {

    private static final TestProvider PROVIDER = TestProvider.running();
    private static final double PATIENCE_MILLIS = 60_000;

    @LocalServerPort
    private int port;

    private final List<String> complaints = new ArrayList<>();
    private final List<String> missing = new CopyOnWriteArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    private Page page(Playwright playwright) {
        var context =
                Chromium.launch(playwright).newContext(new Browser.NewContextOptions().setIgnoreHTTPSErrors(true));
        var page = context.newPage();
        page.setDefaultTimeout(PATIENCE_MILLIS);
        page.onRequest(request -> asked.add(request.url()));
        page.onResponse(answer -> {
            if (answer.status() >= 400) {
                missing.add(answer.url());
            }
        });
        page.onConsoleMessage(message -> {
            // Which address that was, the response says.
            if (message.type().equals("error") && !message.text().contains("404")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        return page;
    }

    private static void logIn(Page page, String address) {
        page.navigate(address);
        page.waitForURL(PROVIDER.issuer() + "/login**");
        page.locator("[name=username]").fill("ada");
        page.locator("[name=password]").fill("password");
        page.locator("button[type=submit]").click();
        page.waitForURL(address);
    }

    private static void edit(Page page, String console) {
        page.navigate(console + "/coordinator/default/edit");
        page.locator("main form button.primary").click();
        page.waitForURL(console + "/changes/draft/*");
        assertThat(page.locator("h1").innerText()).contains("default");
    }

    private static void walk(Page page, String console) {
        page.waitForSelector("#live[data-state=still]");
        page.keyboard().press("Control+k");
        page.locator("#palette-q").fill("lab/u1");
        page.waitForSelector("#palette-list [role=option]:has-text('lab/u1')");
        page.keyboard().press("Enter");
        page.waitForURL(console + "/**/lab/u1**");
        page.keyboard().press("g");
        page.keyboard().press("n");
        page.waitForURL(console + "/nodes");
        page.locator("#theme").selectOption("dark");
        page.reload();
        assertThat(page.locator("html").getAttribute("data-theme")).isEqualTo("dark");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void loginFormsStreamsKeysAndLogoutStayUnderThePath(Kind kind, @TempDir Path folder) throws IOException {
        PROVIDER.roles.put("ada", List.of("admin"));
        try (var proxy = TlsProxy.before(port, kind, LoopbackCertificate.of("proxy", folder));
                var playwright = Chromium.playwright()) {
            PROVIDER.knows(proxy.address());
            var page = page(playwright);

            logIn(page, proxy.address() + "/pods?q=ns:lab");
            edit(page, proxy.address());
            walk(page, proxy.address());
            page.locator(".account button").click();
            page.waitForURL(proxy.address() + "/signed-out");

            assertThat(asked.stream().filter(url -> url.startsWith(proxy.origin())))
                    .anyMatch(url -> url.endsWith("/api/v1/events"))
                    .allMatch(url -> url.startsWith(proxy.address() + "/"));
            assertThat(page.context().cookies().stream().filter(cookie -> cookie.name.startsWith("underpass-")))
                    .isNotEmpty()
                    .allMatch(cookie -> cookie.path.startsWith(kind.path));
            assertThat(missing).noneMatch(url -> url.startsWith(proxy.origin()));
            assertThat(complaints).isEmpty();
        }
    }
}
