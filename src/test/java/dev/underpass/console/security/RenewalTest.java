package dev.underpass.console.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.oidc.TestProvider;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/// People whose access token is about to end, while they are here.
@SecuredConsoleTest
class RenewalTest {

    private static final TestProvider PROVIDER = TestProvider.running();

    /// So short that every request renews it.
    private static final Duration SHORT = Duration.ofSeconds(20);

    @LocalServerPort
    private int port;

    @BeforeEach
    void people() {
        PROVIDER.knows(port);
        PROVIDER.roles.put("rita", List.of("viewer"));
        PROVIDER.accessTokens = SHORT;
    }

    @AfterEach
    void asBefore() {
        PROVIDER.accessTokens = Duration.ofMinutes(5);
        PROVIDER.barred.clear();
        PROVIDER.broken = false;
        var silence = PROVIDER.silence;
        if (silence != null) {
            silence.countDown();
            PROVIDER.silence = null;
        }
    }

    private Person rita() {
        var rita = new Person("http://127.0.0.1:" + port, PROVIDER.issuer(), "rita");
        assertThat(rita.logIn("/networks").body()).contains(">viewer</span>");
        return rita;
    }

    @Test
    void aRoleThatIsGivenOrTakenIsSoHereWithoutAnotherLogin() {
        var rita = rita();
        var session = rita.cookie("SESSION").orElseThrow().getValue();

        PROVIDER.roles.put("rita", List.of("admin"));
        assertThat(rita.get("/networks", false).body()).contains(">admin</span>", "href=\"/networks/new\"");

        PROVIDER.roles.put("rita", List.of());
        assertThat(rita.get("/networks", false).statusCode()).isEqualTo(403);

        PROVIDER.roles.put("rita", List.of("viewer"));
        assertThat(rita.get("/networks", false).body()).contains(">viewer</span>");
        assertThat(rita.cookie("SESSION").orElseThrow().getValue()).isEqualTo(session);
    }

    @Test
    void whomTheProviderKnowsNoMoreIsLoggedOut() {
        var rita = rita();
        PROVIDER.barred.add("rita");

        var api = rita.get("/api/v1/overview", false);
        var page = rita.get("/networks", false);

        assertThat(api.statusCode()).isEqualTo(401);
        assertThat(page.statusCode()).isEqualTo(302);
        assertThat(page.headers().firstValue("Location").orElseThrow()).startsWith("/oauth2/authorization/underpass");
    }

    @Test
    void aProviderThatFailsLogsNobodyOut() {
        var rita = rita();
        PROVIDER.broken = true;

        assertThat(rita.get("/networks", false).body()).contains(">viewer</span>");
        assertThat(rita.get("/api/v1/overview", false).statusCode()).isEqualTo(200);
    }

    @Test
    void aProviderThatSaysNothingHoldsUpOnePersonOnly() {
        PROVIDER.roles.put("rolf", List.of("viewer"));
        var rita = rita();
        var rolf = new Person("http://127.0.0.1:" + port, PROVIDER.issuer(), "rolf");
        rolf.logIn("/networks");
        int before = PROVIDER.tokenRequests.get();
        PROVIDER.silence = new CountDownLatch(1);

        assertThat(rita.get("/networks", false).body()).contains(">viewer</span>");
        assertThat(rolf.get("/networks", false).body()).contains(">viewer</span>");

        assertThat(PROVIDER.tokenRequests.get() - before).isEqualTo(1);
    }

    /// Each refresh token of this provider serves once.
    @Test
    void manyRequestsAtOnceAreOneRenewal() throws Exception {
        var rita = rita();
        PROVIDER.roles.put("rita", List.of("admin"));

        try (var threads = Executors.newFixedThreadPool(16)) {
            var requests = IntStream.range(0, 64)
                    .<Callable<Integer>>mapToObj(
                            _ -> () -> rita.get("/api/v1/overview", false).statusCode())
                    .toList();
            for (var answer : threads.invokeAll(requests)) {
                assertThat(answer.get()).isEqualTo(200);
            }
        }
        assertThat(rita.get("/networks", false).body()).contains(">admin</span>");
    }

    @Test
    void aTokenThatStillLastsIsKept() {
        PROVIDER.accessTokens = Duration.ofMinutes(5);
        var rita = rita();
        PROVIDER.roles.put("rita", List.of("admin"));

        assertThat(rita.get("/networks", false).body()).contains(">viewer</span>");
    }
}
