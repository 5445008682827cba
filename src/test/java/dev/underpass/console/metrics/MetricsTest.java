package dev.underpass.console.metrics;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.underpass.Shell;
import dev.underpass.console.bundle.BundleException;
import dev.underpass.report.ProbeResult.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a console tells Prometheus, held against what is promised. Names tell units.
class MetricsTest {

    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (underpass_\\w+) (\\w+)$");
    private static final Pattern SAMPLE = Pattern.compile("(?m)^(underpass_\\w+?)(?:\\{(.*)})? (\\S+)$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(underpass_\\w+)(?:\\{([a-z,]*)})?` \\| (\\w+) \\|");

    private static MeasuredConsole console;
    private static String scraped = "";

    /// How a metric is told.
    private record Form(String type, Set<String> labels) {}

    @BeforeAll
    static void scrape() throws BundleException {
        console = new MeasuredConsole();
        console.report(Outcome.CONNECTED);
        scraped = await().atMost(Duration.ofSeconds(60))
                .until(
                        console::scraped,
                        text -> Stream.of("underpass_ippool_addresses", "underpass_probe_rtt_seconds")
                                .allMatch(text::contains));
    }

    @AfterAll
    static void stop() {
        if (console != null) {
            console.close();
        }
    }

    /// A histogram's samples have its name and an ending; its greatest value of late is told beside it.
    private static Map<String, Form> served() {
        var types =
                TYPE.matcher(scraped).results().collect(Collectors.toMap(type -> type.group(1), type -> type.group(2)));
        var forms = new TreeMap<String, Form>();
        types.forEach((name, type) -> {
            if (!"histogram".equals(types.get(name.replaceFirst("_max$", ""))) || type.equals("histogram")) {
                forms.put(name, new Form(type, labels(name, type)));
            }
        });
        return forms;
    }

    private static Set<String> labels(String name, String type) {
        var sample = type.equals("histogram") ? name + "_count" : name;
        return SAMPLE.matcher(scraped)
                .results()
                .filter(each -> each.group(1).equals(sample) && each.group(2) != null)
                .flatMap(each -> LABEL.matcher(each.group(2)).results())
                .map(label -> label.group(1))
                .collect(toCollection(TreeSet::new));
    }

    private static Map<String, Form> documented() throws IOException {
        return ROW.matcher(Files.readString(Path.of("docs/operations.md")))
                .results()
                .collect(Collectors.toMap(row -> row.group(1), row -> new Form(row.group(3), named(row.group(2)))));
    }

    private static Set<String> named(String labels) {
        return labels == null ? Set.of() : Set.of(labels.split(",", -1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            underpass_pods                      | gauge     | attachment
            underpass_reachability_pairs        | gauge     | disposition
            underpass_findings                  | gauge     | code,severity
            underpass_report_age_seconds        | gauge     | node
            underpass_analysis_seconds          | histogram | -
            underpass_event_to_analysis_seconds | histogram | -
            underpass_ippool_addresses          | gauge     | pool,state
            underpass_probe_rtt_seconds         | histogram | service
            underpass_prediction_total          | counter   | result
            """)
    void whatOthersRelyOnIsServed(String name, String type, String labels) {
        assertThat(served()).containsEntry(name, new Form(type, named(labels)));
    }

    @Test
    void whatIsServedIsDocumentedAndWhatIsDocumentedIsServed() throws IOException {
        assertThat(served()).hasSizeGreaterThan(9).isEqualTo(documented());
    }

    @Test
    void timesAreInSeconds() {
        var service = "{service=\"%s\"}".formatted(console.service());

        assertThat(value("underpass_probe_rtt_seconds_count" + service)).isOne();
        assertThat(value("underpass_probe_rtt_seconds_sum" + service))
                .isEqualTo(MeasuredConsole.RTT_MICROS / 1_000_000.0);
    }

    @Test
    void everyNodeHasAnAge() {
        assertThat(SAMPLE.matcher(scraped).results().map(MatchResult::group))
                .filteredOn(sample -> sample.startsWith("underpass_report_age_seconds{"))
                .hasSize(console.nodes());
    }

    private static double value(String sample) {
        return SAMPLE.matcher(scraped)
                .results()
                .filter(each -> each.group().startsWith(sample + " "))
                .map(each -> Double.parseDouble(each.group(3)))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theyAreAsPrometheusWantsThem() {
        assumeTrue(Prometheus.has("promtool"), "needs promtool, which scripts/setup installs");
        var ours = scraped.lines()
                .filter(line -> line.matches("(# \\w+ )?underpass_.*"))
                .collect(Collectors.joining("\n", "", "\n"));

        var result = Shell.feed(ours, "promtool", "check", "metrics");

        assertThat(result.err() + result.out()).isEmpty();
        assertThat(result.status()).isZero();
    }
}
