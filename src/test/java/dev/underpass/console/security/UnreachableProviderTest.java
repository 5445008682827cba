package dev.underpass.console.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.Recordings;
import dev.underpass.console.Clients;
import dev.underpass.console.ConsoleApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// The console starts without its provider, lets nobody in and says why.
@ExtendWith(OutputCaptureExtension.class)
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            // Nobody listens at port 1.
            "underpass.security.oidc.issuer=http://127.0.0.1:1",
            "underpass.security.oidc.client-id=console",
            "underpass.security.oidc.audience=underpass-api"
        })
class UnreachableProviderTest {

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void source(DynamicPropertyRegistry registry) {
        registry.add("underpass.source", () -> "bundle:" + Recordings.path("hijack-route-deleted"));
    }

    @Test
    void saysThatNobodyCanBeLetInAndWhy(CapturedOutput output) {
        Clients.of(port)
                .get()
                .uri("/oauth2/authorization/underpass")
                .exchange()
                .expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .valueEquals("Retry-After", "10")
                .expectBody(String.class)
                .value(body -> assertThat(body)
                        .contains("http://127.0.0.1:1, cannot be reached now")
                        .doesNotContain("lab/u1"));
        assertThat(output).contains("Nobody can log in: http://127.0.0.1:1 (underpass.security.oidc.issuer)");
    }

    @Test
    void aTokenThatNobodyCanCheckIsNotCalledBad() {
        Clients.of(port)
                .get()
                .uri("/api/v1/overview")
                .headers(headers -> headers.setBearerAuth("a.b.c"))
                .exchange()
                .expectStatus()
                .isEqualTo(503)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("https://underpass.dev/problems/provider-unreachable");
        Clients.of(port).get().uri("/api/v1/overview").exchange().expectStatus().isUnauthorized();
    }
}
