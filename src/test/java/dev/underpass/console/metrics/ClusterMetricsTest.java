package dev.underpass.console.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.underpass.Recordings;
import dev.underpass.console.ConsoleApplication;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.reachability.Disposition;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

/// What Prometheus scrapes is what the analysis says.
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "management.server.port=0")
class ClusterMetricsTest {

    private static final Pattern LINE = Pattern.compile("(?m)^(underpass_[a-z_]+\\{[^}]*}|underpass_[a-z_]+) (\\S+)$");

    @LocalManagementPort
    private int port;

    @Autowired
    private CurrentAnalysis analysis;

    @DynamicPropertySource
    static void source(DynamicPropertyRegistry registry) {
        registry.add("underpass.source", () -> "bundle:" + Recordings.path("hijack-route-deleted"));
    }

    private Map<String, Double> scraped() {
        var text = WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port)
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(4 << 20))
                .build()
                .get()
                .uri("/actuator/prometheus")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
        var values = new TreeMap<String, Double>();
        LINE.matcher(String.valueOf(text))
                .results()
                .forEach(match -> values.put(match.group(1), Double.parseDouble(match.group(2))));
        return values;
    }

    private Map<String, Double> scrapedWithAnalysis() {
        return await().until(
                        this::scraped,
                        values -> values.keySet().stream()
                                .anyMatch(name -> name.startsWith("underpass_ippool_addresses")));
    }

    @Test
    void podsPairsAndFindingsAreThoseOfTheAnalysis() {
        var values = scrapedWithAnalysis();
        var cluster = Objects.requireNonNull(analysis.current().block());

        cluster.attachments()
                .forEach((attachment, pods) -> assertThat(values)
                        .containsEntry("underpass_pods{attachment=\"%s\"}".formatted(attachment), (double) pods));
        for (var disposition : Disposition.values()) {
            long pairs = cluster.pods().stream()
                    .flatMap(pod -> cluster.verdicts(pod.name()).stream())
                    .filter(verdict -> verdict.disposition() == disposition)
                    .count();
            assertThat(values.getOrDefault(
                            "underpass_reachability_pairs{disposition=\"%s\"}".formatted(disposition), 0.0))
                    .isEqualTo((double) pairs);
        }
        assertThat(values).containsEntry("underpass_findings{code=\"U22\",severity=\"critical\"}", 1.0);
        assertThat(values.keySet().stream().filter(name -> name.startsWith("underpass_findings{")))
                .hasSameSizeAs(cluster.findings());
    }

    /// What begins at 1 has not risen, for whoever scrapes it: the first wrong prediction would go unseen.
    @Test
    void predictionsAreCountedFromNone() {
        assertThat(scraped())
                .containsEntry("underpass_prediction_total{result=\"agree\"}", 0.0)
                .containsEntry("underpass_prediction_total{result=\"disagree\"}", 0.0);
    }

    @Test
    void analysesAreTimed() {
        var values = scrapedWithAnalysis();

        assertThat(values.get("underpass_analysis_seconds_count")).isGreaterThanOrEqualTo(1);
        assertThat(values.get("underpass_event_to_analysis_seconds_sum"))
                .isGreaterThanOrEqualTo(values.get("underpass_analysis_seconds_sum"));
        assertThat(values.keySet()).anyMatch(name -> name.startsWith("underpass_analysis_seconds_bucket{"));
    }
}
