package dev.underpass.console.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Page;
import dev.underpass.Recordings;
import dev.underpass.console.Chromium;
import dev.underpass.console.Clients;
import dev.underpass.console.ConsoleApplication;
import dev.underpass.oidc.Keycloak;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.MediaType;

/// The console with a real Keycloak as provider, in a real browser. `scripts/keycloak-login` fetches it and runs this.
@Tag("slow")
class KeycloakLoginTest {

    private static final double PATIENCE_MILLIS = 120_000;

    private final List<String> complaints = new ArrayList<>();
    private int port;
    private @Nullable Keycloak provider;
    private @Nullable ConfigurableApplicationContext console;

    @BeforeEach
    void start() throws Exception {
        var home = System.getProperty("underpass.keycloak", "");
        assumeTrue(
                !home.isEmpty() && Files.isExecutable(Path.of(home, "bin", "kc.sh")), "needs scripts/keycloak-login");
        port = Keycloak.freePort();
        provider = Keycloak.started(Path.of(home).toAbsolutePath(), "http://127.0.0.1:" + port);
        console = new SpringApplicationBuilder(ConsoleApplication.class)
                .run(
                        "--server.port=" + port,
                        "--management.server.port=0",
                        "--underpass.source=bundle:" + Recordings.path("hijack-route-deleted"),
                        "--underpass.audit=off",
                        "--underpass.security.oidc.issuer=" + provider.issuer(),
                        "--underpass.security.oidc.client-id=console",
                        "--underpass.security.oidc.client-secret=secret",
                        "--underpass.security.oidc.audience=underpass-api",
                        "--underpass.security.oidc.name-claim=preferred_username");
    }

    @AfterEach
    void stop() {
        if (console != null) {
            console.close();
        }
        if (provider != null) {
            provider.close();
        }
    }

    private String console(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    private void logIn(Page page, Keycloak keycloak, String name) {
        page.navigate(console("/networks"));
        page.waitForURL(keycloak.issuer() + "/protocol/openid-connect/**");
        page.locator("#username").fill(name);
        page.locator("#password").fill("password");
        page.locator("#kc-login").click();
        page.waitForURL(console("/networks"));
    }

    private void mayLook(String token, int status) {
        Clients.of(port)
                .get()
                .uri("/api/v1/overview")
                .headers(headers -> headers.setBearerAuth(token))
                .exchange()
                .expectStatus()
                .isEqualTo(status);
    }

    @Test
    void loginRenewalWithAnotherRoleLogoutAndTokensOfPrograms() throws Exception {
        var keycloak = Objects.requireNonNull(provider);
        try (var playwright = Chromium.playwright()) {
            var page = Chromium.launch(playwright).newContext().newPage();
            page.setDefaultTimeout(PATIENCE_MILLIS);
            page.onPageError(complaints::add);

            logIn(page, keycloak, "vera");
            assertThat(page.locator(".account").innerText()).contains("vera", "viewer");
            assertThat(page.locator("button:has-text('New network')").isDisabled())
                    .isTrue();
            page.waitForSelector("#live[data-state=live]");

            keycloak.role("vera", "admin", true);
            page.reload();
            assertThat(page.locator(".account").innerText()).contains("vera", "admin");
            page.locator("a:has-text('New network')").click();
            page.waitForURL(console("/networks/new"));

            keycloak.role("vera", "admin", false);
            page.navigate(console("/networks"));
            assertThat(page.locator(".account").innerText()).contains("vera", "viewer");

            page.locator(".account button").click();
            page.waitForURL(console("/signed-out"));
            logIn(page, keycloak, "adam");
            assertThat(page.locator(".account").innerText()).contains("adam", "admin");
            assertThat(complaints).isEmpty();
        }

        var robot = keycloak.token("robot");
        mayLook(robot, 200);
        mayLook(keycloak.token("stray"), 401);
        Clients.of(port)
                .post()
                .uri("/api/v1/ippools")
                .headers(headers -> headers.setBearerAuth(robot))
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{}")
                .exchange()
                .expectStatus()
                .isForbidden();
    }
}
