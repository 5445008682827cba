package dev.underpass.console.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.Judgement;
import dev.underpass.Recordings;
import dev.underpass.console.Clients;
import dev.underpass.console.ConsoleApplication;
import dev.underpass.console.RefusedException;
import dev.underpass.console.bundle.BundleReader;
import dev.underpass.diagnosis.Analysis;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// A console over a bundle gives the bundle out again.
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "management.server.port=0")
class RecordedBundleTest {

    @Autowired
    private Captures captures;

    @LocalServerPort
    private int port;

    @TempDir
    private Path folder;

    @DynamicPropertySource
    static void source(DynamicPropertyRegistry registry) {
        registry.add("underpass.source", () -> "bundle:" + Recordings.path("dual-stack"));
    }

    @Test
    void saysTheSameWhenItIsOpenedAgain() throws Exception {
        var archive = WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port)
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(16 << 20))
                .responseTimeout(Duration.ofSeconds(30))
                .build()
                .get()
                .uri("/api/v1/bundle")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(byte[].class)
                .returnResult()
                .getResponseBody();
        var file = Files.write(folder.resolve("again.tar.gz"), Objects.requireNonNull(archive));

        var again = Analysis.of(BundleReader.read(file));

        assertThat(Judgement.of(again))
                .isEqualTo(Judgement.of(Analysis.of(BundleReader.read(Recordings.path("dual-stack")))));
    }

    @Test
    void whoeverHasOneMayAskForTheNextAtOnce() {
        for (int i = 0; i < 100; i++) {
            assertThat(captures.archive(false).block(Duration.ofSeconds(60)))
                    .as("bundle %d", i)
                    .isNotNull();
        }
    }

    @Test
    void whoeverAsksWhileAnotherIsMadeHasOneOrIsToldSo() {
        var answers = Flux.range(0, 20)
                .flatMap(_ -> captures.archive(false)
                        .map(_ -> "made")
                        .onErrorResume(RefusedException.class, e -> Mono.just(String.valueOf(e.getMessage()))))
                .collectList()
                .block(Duration.ofSeconds(60));

        assertThat(answers).hasSize(20).contains("made").isSubsetOf("made", "another bundle is being made");
    }

    @Test
    void isOfferedOnThePageAboutTheSetUp() {
        assertThat(Clients.page(port, "/setup"))
                .contains("href=\"/api/v1/bundle\"", "href=\"/api/v1/bundle?redact=true\"");
    }
}
