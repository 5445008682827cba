package dev.underpass.console;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import dev.underpass.Shell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.core.env.Environment;
import org.springframework.mock.env.MockEnvironment;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Alert rules and dashboard: what they ask for exists, and the rules fire when they should and not before.
class MonitoringTest {

    private static final Path FOLDER = Path.of("k8s/overlays/monitoring");
    private static final YAMLMapper YAML = YAMLMapper.builder().build();
    private static final Pattern SELECTOR = Pattern.compile("\\b(underpass_[a-z_]+)(?:\\{([^}]*)})?");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)\\s*(?:=|!=|=~|!~)\\s*\"");
    private static final Pattern GROUPING = Pattern.compile("\\bby \\(([^)]*)\\)");

    private static JsonNode groups() throws IOException {
        return YAML.readTree(FOLDER.resolve("rules.yaml")).path("spec");
    }

    private static List<JsonNode> rules() throws IOException {
        return groups().path("groups").path(0).path("rules").valueStream().toList();
    }

    private static Stream<String> panels() throws IOException {
        return YAML.readTree(FOLDER.resolve("underpass.json"))
                .path("panels")
                .valueStream()
                .flatMap(panel -> panel.path("targets").valueStream())
                .map(target -> target.path("expr").asString());
    }

    private static Stream<String> expressions() throws IOException {
        return Stream.concat(rules().stream().map(rule -> rule.path("expr").asString()), panels());
    }

    /// The labels of each metric, by the table that {@link dev.underpass.console.metrics.MetricsTest} holds
    /// against what is served.
    private static Map<String, Set<String>> documented() throws IOException {
        var labels = new TreeMap<String, Set<String>>();
        Pattern.compile("(?m)^\\| `(underpass_[a-z_]+)(?:\\{([a-z,]*)})?` \\|")
                .matcher(Files.readString(Path.of("docs/operations.md")))
                .results()
                .forEach(row -> labels.put(
                        row.group(1),
                        row.group(2) == null ? Set.of() : Set.of(row.group(2).split(","))));
        return labels;
    }

    @Test
    void everyExpressionNamesMetricsAndLabelsThatThereAre() throws IOException {
        var documented = documented();

        assertThat(expressions()).hasSizeGreaterThan(15).allSatisfy(expression -> {
            var labels = new TreeSet<>(Set.of("le", "instance"));
            var selectors = SELECTOR.matcher(expression).results().toList();
            assertThat(selectors).as(expression).isNotEmpty().allSatisfy(selector -> {
                var metric = selector.group(1).replaceAll("_bucket$", "");
                assertThat(documented).containsKey(metric);
                labels.addAll(documented.getOrDefault(metric, Set.of()));
                assertThat(labels).containsAll(labels(selector.group(2)));
            });
            assertThat(labels)
                    .as(expression)
                    .containsAll(GROUPING.matcher(expression)
                            .results()
                            .flatMap(by -> Stream.of(by.group(1).split(",\\s*")))
                            .toList());
        });
    }

    private static List<String> labels(@Nullable String selector) {
        return LABEL.matcher(selector == null ? "" : selector)
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    /// Two replicas tell the same of one cluster.
    @Test
    void whatEveryReplicaTellsIsNeverAddedUp() throws IOException {
        assertThat(expressions())
                .noneMatch(expression -> Pattern.compile(
                                "sum( by \\([^)]*\\))? ?\\(underpass_(pods|reachability_pairs|findings|ippool_addresses|report_age_seconds)")
                        .matcher(expression)
                        .find());
    }

    /// The alerts with a test in which they fire, or with one in which they do not.
    private static Set<String> tested(boolean firing) throws IOException {
        return YAML.readTree(FOLDER.resolve("rules-test.yaml"))
                .path("tests")
                .valueStream()
                .flatMap(test -> test.path("alert_rule_test").valueStream())
                .filter(test -> test.path("exp_alerts").isEmpty() != firing)
                .map(test -> test.path("alertname").asString())
                .collect(toCollection(TreeSet::new));
    }

    @Test
    void everyAlertSaysWhatItIsHowBadAndIsTestedFiringAndNot() throws IOException {
        assertThat(rules()).allSatisfy(rule -> {
            assertThat(rule.path("labels").path("severity").asString("")).isIn("critical", "warning");
            assertThat(rule.path("annotations").path("summary").asString("")).isNotBlank();
        });
        assertThat(rules().stream().map(rule -> rule.path("alert").asString()))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(tested(true))
                .containsExactlyInAnyOrderElementsOf(tested(false));
    }

    @Test
    void theRulesFireWhenTheyShouldAndNotBefore(@TempDir Path folder) throws IOException {
        assumeTrue(hasPromtool(), "needs promtool, which scripts/setup installs");
        YAML.writeValue(folder.resolve("rules.plain.yaml"), groups());
        var test = Files.copy(FOLDER.resolve("rules-test.yaml"), folder.resolve("rules-test.yaml"));

        assertThat(Shell.run(
                        "promtool",
                        "check",
                        "rules",
                        folder.resolve("rules.plain.yaml").toString()))
                .contains("SUCCESS: %d rules found".formatted(rules().size()));
        assertThat(Shell.run("promtool", "test", "rules", test.toString())).contains("SUCCESS");
    }

    /// Where people log in the audit log goes the same way: each of its lines is one as well.
    @Test
    void inAClusterEveryLineOfTheLogIsOneObjectWhateverItTells() throws IOException {
        var format = Pattern.compile("LOGGING_STRUCTURED_FORMAT_CONSOLE, value: ([a-z]+)")
                .matcher(Files.readString(Path.of("k8s/base/console.yaml")));
        assertThat(format.find()).isTrue();
        var logs = new LoggerContext();
        logs.putObject(Environment.class.getName(), new MockEnvironment());
        var encoder = new StructuredLogEncoder();
        encoder.setContext(logs);
        encoder.setFormat(format.group(1));
        encoder.start();
        var said = "a\nb \"quoted\" \u202e\u0000";
        var event = new LoggingEvent("", logs.getLogger("dev.underpass"), Level.WARN, said, null, null);
        event.setMDCPropertyMap(Map.of());

        var line = new String(encoder.encode(event), StandardCharsets.UTF_8);

        assertThat(line.strip()).doesNotContain("\n");
        var object = YAML.readTree(line);
        assertThat(object.path("message").asString()).isEqualTo(said);
        assertThat(line).contains("WARN", "dev.underpass");
    }

    private static boolean hasPromtool() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool")));
    }
}
