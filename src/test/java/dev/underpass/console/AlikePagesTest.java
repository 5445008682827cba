package dev.underpass.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.bench.GeneratedCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// Pages with counts say that one Pod was followed for all that are alike.
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "management.server.port=0")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AlikePagesTest {

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void source(DynamicPropertyRegistry registry) throws IOException {
        var directory = Files.createTempDirectory("alike");
        new GeneratedCluster(20, 3).write(directory.resolve("cluster"));
        registry.add("underpass.source", () -> "bundle:" + directory.resolve("cluster"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/pods", "/services", "/reachability", "/findings"})
    void whatIsCountedSaysHowManyWereFollowed(String path) {
        assertThat(Clients.page(port, path))
                .containsPattern("The 20 Pods are of \\d+ groups that are alike")
                .doesNotContain("??");
    }

    @Test
    void aPodThatAnotherOneStandsForNamesThatOneWithItsOwnTrace() {
        var last = Pattern.compile("id=\"pod-([^\"]+)\"")
                .matcher(Clients.page(port, "/pods"))
                .results()
                .map(match -> match.group(1))
                .toList()
                .getLast();

        var page = Clients.page(port, "/pods/" + last);

        assertThat(page)
                .containsPattern("Its counts are those of one of \\d+ other Pods that are alike on this node")
                .containsPattern("<a href=\"/trace\\?from=[^\"]+&amp;to=[^\"]+\">lab/");
    }

    @Test
    void aVerdictThatWasCountedByAnotherPodSaysSo() {
        assertThat(Clients.page(port, "/services/lab/service-00000"))
                .containsPattern(
                        "followed for</span> <a href=\"/trace[^<]+</a>, <span>alike to \\d+ others on its node");
    }
}
