package dev.underpass.console.metrics;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.underpass.console.Clients;
import dev.underpass.console.bundle.BundleException;
import dev.underpass.console.store.Store;
import dev.underpass.console.store.Told;
import dev.underpass.console.store.Topic;
import dev.underpass.report.ProbeResult.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// What the dashboard and the alerts ask, asked of a real Prometheus that scrapes a real console.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PrometheusTest {

    private static final Path FOLDER = Path.of("k8s/overlays/monitoring");
    private static final YAMLMapper YAML = YAMLMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern SELECTOR = Pattern.compile("underpass_[a-z_]+(?:\\{[^}]*})?");

    /// Those that have nothing to say of a console that is well.
    private static final Map<String, String> QUIET = Map.of(
            "UnderpassPoolNearlyFull", "each pool has more than half of its addresses",
            "UnderpassAgentSilent", "all agents have reported just now",
            "UnderpassStoreAway", "Redis answers",
            "UnderpassStoreLost", "nothing waits for Redis",
            "UnderpassPredictionWrong", "the probe connects, as predicted",
            "UnderpassAnalysisSlow", "the cluster is small",
            "UnderpassAuditLinesLost", "nothing was to be written down",
            "UnderpassAbsent", "the console tells something");

    @TempDir
    private static Path folder;

    private static MeasuredConsole console;
    private static Prometheus prometheus;

    @BeforeAll
    static void scrapeTwoReportsOfEachNode() throws IOException, BundleException {
        Prometheus.assumeInstalled();
        console = new MeasuredConsole();
        var rules = folder.resolve("rules.yaml");
        YAML.writeValue(rules, YAML.readTree(FOLDER.resolve("rules.yaml")).path("spec"));
        prometheus = new Prometheus(folder, rules, console.managementPort());
        for (int reports = 1; reports <= 2; reports++) {
            console.report(Outcome.CONNECTED);
            isSeen("sum(underpass_prediction_total) == " + reports);
        }
        isSeen("increase(underpass_analysis_seconds_count[1m]) > 0");
    }

    private static void isSeen(String expression) {
        await(expression)
                .atMost(PATIENCE)
                .until(() -> !prometheus.query(expression).isEmpty());
    }

    @AfterAll
    static void stop() {
        if (prometheus != null) {
            prometheus.close();
        }
        if (console != null) {
            console.close();
        }
    }

    /// As Grafana puts it: four scrapes at least.
    private static Stream<String> queries() throws IOException {
        return YAML.readTree(FOLDER.resolve("underpass.json"))
                .path("panels")
                .valueStream()
                .flatMap(panel -> panel.path("targets").valueStream())
                .map(target -> target.path("expr").asString().replace("$__rate_interval", "1m"));
    }

    private static Map<String, String> alerts() throws IOException {
        return YAML.readTree(FOLDER.resolve("rules.yaml"))
                .path("spec")
                .path("groups")
                .path(0)
                .path("rules")
                .valueStream()
                .collect(toMap(
                        rule -> rule.path("alert").asString(),
                        rule -> rule.path("expr").asString()));
    }

    @Test
    @Order(1)
    void everyQueryOfTheDashboardHasNumbers() throws IOException {
        assertThat(queries()).hasSizeGreaterThan(10).allSatisfy(query -> {
            assertThat(query).doesNotContain("$");
            assertThat(prometheus.query(query))
                    .as(query)
                    .isNotEmpty()
                    .allSatisfy(value -> assertThat(value).isFinite());
        });
    }

    /// An alert that is quiet because its metric is not there would never be heard, and a panel could show 0 for ever.
    @Test
    @Order(1)
    void whateverAlertsAndPanelsLookAtIsThere() throws IOException {
        assertThat(Stream.concat(alerts().values().stream(), queries()))
                .flatMap(expression -> SELECTOR.matcher(expression)
                        .results()
                        .map(match -> match.group())
                        .toList())
                .hasSizeGreaterThan(8)
                .allSatisfy(selector ->
                        assertThat(prometheus.query(selector)).as(selector).isNotEmpty());
    }

    @Test
    @Order(2)
    void thoseThatHaveNothingToSayOfAConsoleThatIsWellAreKnown() throws IOException {
        var quiet = new TreeSet<String>();
        for (var alert : alerts().entrySet()) {
            if (prometheus.query(alert.getValue()).isEmpty()) {
                quiet.add(alert.getKey());
            }
        }

        assertThat(quiet).isEqualTo(QUIET.keySet());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(prometheus.rules())
                        .hasSize(alerts().size())
                        .allSatisfy(rule -> {
                            assertThat(rule.path("health").asString()).isEqualTo("ok");
                            assertThat(rule.path("state").asString().equals("inactive"))
                                    .isEqualTo(quiet.contains(rule.path("name").asString()));
                        }));
    }

    /// Agents' silence, a full pool and slow analyses would take minutes and another cluster: they are in
    /// `rules-test.yaml`.
    @Test
    @Order(3)
    void theOthersSpeakOfAConsoleThatIsNot() throws IOException {
        console.report(Outcome.TIMEOUT);
        saysSo("UnderpassPredictionWrong");

        refused();
        saysSo("UnderpassAuditLinesLost");

        console.loseRedis();
        saysSo("UnderpassStoreAway");

        var store = console.bean(Store.class);
        IntStream.range(0, 11_000).forEach(i -> store.tell(Topic.COMMANDS, new Told("command " + i, "{}")));
        saysSo("UnderpassStoreLost");

        console.close();
        saysSo("UnderpassAbsent");
    }

    /// Something that the audit log holds.
    private static void refused() {
        Clients.of(console.port())
                .post()
                .uri("/settings")
                .header("Origin", "https://elsewhere.example")
                .exchange()
                .expectStatus()
                .isForbidden();
    }

    private static void saysSo(String alert) throws IOException {
        isSeen(Objects.requireNonNull(alerts().get(alert)));
    }
}
