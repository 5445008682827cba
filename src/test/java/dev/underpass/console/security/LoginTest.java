package dev.underpass.console.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.console.Clients;
import dev.underpass.oidc.TestProvider;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

/// People log in, look, and log out, as a browser does it.
@SecuredConsoleTest
class LoginTest {

    private static final TestProvider PROVIDER = TestProvider.running();

    private static final String CHOSEN = "11111111-1111-1111-1111-111111111111";

    @LocalServerPort
    private int port;

    @Value("${local.management.port}")
    private int management;

    @BeforeEach
    void people() {
        PROVIDER.knows(port);
        PROVIDER.roles.put("ada", List.of("admin"));
        PROVIDER.roles.put("olaf", List.of("someone", "operator"));
        PROVIDER.roles.put("vera", List.of("viewer"));
        PROVIDER.roles.put("nemo", List.of("someone"));
    }

    private Person person(String name) {
        return new Person("http://127.0.0.1:" + port, PROVIDER.issuer(), name);
    }

    @Test
    void comesBackToThePageThatWasAskedForAndIsNamedOnIt() {
        var vera = person("vera");

        var page = vera.logIn("/pods/lab/u1/routes?dst=10.233.42.26");

        assertThat(page.uri().toString()).endsWith("/pods/lab/u1/routes?dst=10.233.42.26");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains(">vera</bdi>", ">viewer</span>", "action=\"/logout\"");
        assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(vera.cookie("SESSION")).hasValueSatisfying(cookie -> {
            assertThat(cookie.isHttpOnly()).isTrue();
            assertThat(cookie.getSecure()).isFalse();
        });
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(textBlock = """
            https://evil.example/,      /
            //evil.example/,            /
            /\\evil.example,            /
            /pods?q=ns:lab,             /pods?q=ns:lab
            """)
    void leadsNowhereElseAfterTheLogin(String back, String to) {
        var page = person("vera")
                .logIn("/oauth2/authorization/underpass?back="
                        + java.net.URLEncoder.encode(back, java.nio.charset.StandardCharsets.UTF_8));

        assertThat(page.uri().toString()).isEqualTo("http://127.0.0.1:" + port + to);
    }

    @Test
    void theLoginIsByCodeWithAProofKeyAndAStateThatServeOnce() {
        var vera = person("vera");
        var begun = vera.get("/oauth2/authorization/underpass", false);
        assertThat(begun.headers().firstValue("Location").orElseThrow())
                .contains("response_type=code", "code_challenge_method=S256", "code_challenge=", "nonce=", "state=");
        vera.logIn("/");

        var replayed = vera.get(vera.callback(), true);

        assertThat(replayed.statusCode()).isEqualTo(401);
        assertThat(replayed.body()).contains("The login was not finished").doesNotContain("lab/u1");
    }

    @Test
    void aSessionThatSomebodyElseChoseIsNotTheSessionAfterTheLogin() {
        var vera = person("vera");
        vera.setCookie("SESSION", CHOSEN);

        vera.logIn("/");

        assertThat(vera.cookies("SESSION")).hasSize(1).doesNotContain(CHOSEN);
        vera.setCookie("SESSION", CHOSEN);
        assertThat(vera.get("/api/v1/overview", true).statusCode()).isEqualTo(401);
    }

    @Test
    void whoHasNoRoleSeesNothingButCanLeave() {
        var page = person("nemo").logIn("/");

        assertThat(page.statusCode()).isEqualTo(403);
        assertThat(page.body())
                .contains("This needs the role viewer.", "nemo", "action=\"/logout\"")
                .doesNotContain("lab/u1");
    }

    @Test
    void whatARoleMayNotUseIsDisabledWithTheReason() {
        assertThat(person("vera").logIn("/networks").body())
                .contains("disabled>New network</button>", "Needs the role admin")
                .doesNotContain("href=\"/networks/new\"");
        assertThat(person("ada").logIn("/networks").body())
                .contains("href=\"/networks/new\"")
                .doesNotContain("Needs the role");
    }

    @Test
    void adminsFindEachOthersDraftsAndNobodyElseDoes() {
        var ada = person("ada");
        var token = Person.token(ada.logIn("/pools/new").body());
        PROVIDER.roles.put("adam", List.of("admin"));
        var adam = person("adam");
        adam.logIn("/");
        var olaf = person("olaf");
        olaf.logIn("/");

        var draft = ada.post("/pools/new/review", "operation=CREATE&yaml=a%%3A+1&name=fresh&_csrf=%s".formatted(token))
                .headers()
                .firstValue("Location")
                .orElseThrow();

        assertThat(adam.get("/changes", true).body()).contains("href=\"" + draft + "\"", "by ada, ");
        assertThat(adam.get(draft, true).body()).contains("Kept as a draft by ada at");
        assertThat(olaf.get("/changes", true).body()).contains("<h1").doesNotContain(draft);
        assertThat(olaf.get(draft, true).statusCode()).isEqualTo(403);
        assertThat(olaf.get(draft + "/edit", true).statusCode()).isEqualTo(403);
    }

    @Test
    void aRoleThatIsTakenAwayIsGoneAfterTheNextLogin() {
        PROVIDER.roles.put("otto", List.of("operator"));
        var otto = person("otto");
        assertThat(otto.logIn("/").body()).contains(">operator</span>");

        PROVIDER.roles.put("otto", List.of("viewer"));
        otto.forget("SESSION");

        assertThat(otto.get("/", true).body()).contains(">viewer</span>");
    }

    @Test
    void aLogoutEndsTheSessionHereAndAtTheProvider() {
        var vera = person("vera");
        var page = vera.logIn("/");
        var session = vera.cookie("SESSION").orElseThrow().getValue();

        var out = vera.post("/logout", "_csrf=" + Person.token(page.body()));

        assertThat(out.statusCode()).isEqualTo(200);
        var refresh = out.headers().firstValue("Refresh").orElseThrow();
        assertThat(refresh)
                .startsWith("0; url=" + PROVIDER.issuer() + "/connect/logout?")
                .contains("id_token_hint=");
        var landed = vera.get(refresh.substring("0; url=".length()), true);
        assertThat(landed.uri().toString()).isEqualTo("http://127.0.0.1:" + port + "/signed-out");
        assertThat(landed.body()).contains("You are logged out");
        vera.setCookie("SESSION", session);
        assertThat(vera.get("/api/v1/overview", true).statusCode()).isEqualTo(401);
        assertThat(vera.get("/", true).uri().toString()).startsWith(PROVIDER.issuer() + "/login");
    }

    @Test
    void aLogoutNeedsTheTokenOfAPage() {
        var vera = person("vera");
        vera.logIn("/");

        assertThat(vera.post("/logout", "").statusCode()).isEqualTo(403);
        assertThat(vera.get("/api/v1/overview", true).statusCode()).isEqualTo(200);
    }

    @Test
    void jsonByASessionNeedsTheTokenToo() {
        var olaf = person("olaf");
        var page = olaf.logIn("/");

        assertThat(olaf.json("/api/v1/probes", "{}", "").statusCode()).isEqualTo(403);
        assertThat(olaf.json("/api/v1/probes", "{}", Person.token(page.body())).statusCode())
                .isEqualTo(400);
    }

    @Test
    void theStreamEndsWithTheSessionAndThenSaysThatNobodyIsSignedIn() {
        var vera = person("vera");
        var page = vera.logIn("/");
        var stream = vera.stream("/api/v1/events");
        vera.post("/logout", "_csrf=" + Person.token(page.body()));

        assertThat(stream.lines().toList()).contains(":events");
        var again = vera.get("/api/v1/events", true);

        assertThat(again.statusCode()).isEqualTo(401);
        assertThat(again.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @Test
    void aFormAfterTheSessionHasEndedIsToldSo() {
        var vera = person("vera");
        var page = vera.logIn("/settings");
        vera.forget("SESSION");

        var answer = vera.post("/settings", "_csrf=" + Person.token(page.body()));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("Nothing was changed");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(textBlock = """
            navigate,    302
            no-cors,     401
            same-origin, 401
            cors,        401
            """)
    void onlyWherePeopleGoTheyAreSentToTheProvider(String mode, int status) {
        Clients.of(port)
                .get()
                .uri("/pods")
                .header("Sec-Fetch-Mode", mode)
                .exchange()
                .expectStatus()
                .isEqualTo(status);
    }

    @Test
    void strangersSeeStylesAndNothingElse() {
        var stranger = person("nobody");

        assertThat(stranger.get("/api/v1/overview", true).statusCode()).isEqualTo(401);
        assertThat(stranger.get("/assets/nothing.js", true).statusCode()).isEqualTo(404);
        assertThat(stranger.get("/nowhere", true).uri().toString()).startsWith(PROVIDER.issuer() + "/login");
        assertThat(stranger.cookie("SESSION")).isEmpty();
        assertThat(stranger.get("http://127.0.0.1:" + management + "/actuator/health", true)
                        .statusCode())
                .isEqualTo(200);
    }
}
