package dev.underpass.console.metrics;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.underpass.kubeapi.ServerProcess;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A real `prometheus` on a loopback port of its own that scrapes one console each second.
final class Prometheus implements AutoCloseable {

    private static final String PROGRAM = "prometheus";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final int port;
    private final ServerProcess process;

    /// @param rules a file of rule groups
    /// @param target the port that is scraped
    Prometheus(Path folder, Path rules, int target) throws IOException {
        port = ServerProcess.freePort();
        var settings = Files.writeString(folder.resolve("prometheus.yaml"), """
                global: {scrape_interval: 1s, evaluation_interval: 1s}
                rule_files: ["%s"]
                scrape_configs:
                  - job_name: underpass
                    metrics_path: /actuator/prometheus
                    static_configs: [{targets: ["127.0.0.1:%d"]}]
                """.formatted(rules, target));
        process = new ServerProcess(
                List.of(
                        PROGRAM,
                        "--config.file=" + settings,
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--log.level=warn"),
                folder.resolve("prometheus.log"),
                this::answers);
        process.start();
    }

    /// Whether a program of Prometheus' package is there.
    static boolean has(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /// Skips the test where it is not.
    static void assumeInstalled() {
        assumeTrue(has(PROGRAM), "needs prometheus, which scripts/setup installs");
    }

    private boolean answers() {
        try {
            return ServerProcess.get(port, "/-/ready").statusCode() == 200;
        } catch (IOException _) {
            return false;
        }
    }

    /// The values of the series that an expression has now.
    ///
    /// @throws IllegalArgumentException if it is none
    List<Double> query(String expression) throws IOException {
        var answer =
                ServerProcess.get(port, "/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
        if (answer.statusCode() != 200) {
            throw new IllegalArgumentException(expression + ": " + answer.body());
        }
        return JSON.readTree(answer.body())
                .path("data")
                .path("result")
                .valueStream()
                .map(series -> Double.parseDouble(
                        series.path("value").path(1).asString().replace("Inf", "Infinity")))
                .toList();
    }

    /// The rules as they are evaluated.
    List<JsonNode> rules() throws IOException {
        return JSON.readTree(ServerProcess.get(port, "/api/v1/rules").body())
                .path("data")
                .path("groups")
                .valueStream()
                .flatMap(group -> group.path("rules").valueStream())
                .toList();
    }

    @Override
    public void close() {
        process.kill();
    }
}
