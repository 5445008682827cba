package dev.underpass.console.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.Recordings;
import dev.underpass.console.ConsoleApplication;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// The stream as its bytes come over the wire.
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "management.server.port=0")
@Timeout(60)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EventsTest {

    private static final int MOST_IN_A_FRAME = 65_536;
    private static final Pattern FIELD = Pattern.compile("(id|event|data|retry|):");

    private final HttpClient client = HttpClient.newHttpClient();

    @LocalServerPort
    private int port;

    @Autowired
    private Happenings happenings;

    @DynamicPropertySource
    static void source(DynamicPropertyRegistry registry) {
        registry.add("underpass.source", () -> "bundle:" + Recordings.path("hijack-route-deleted"));
    }

    @AfterEach
    void closeStreams() {
        client.shutdownNow();
    }

    private HttpResponse<java.io.InputStream> open(String... headers) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/events"))
                .timeout(Duration.ofSeconds(30));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    /// The lines up to and with the first that contains a text.
    private static List<String> until(HttpResponse<java.io.InputStream> response, String text) throws IOException {
        var lines = new ArrayList<String>();
        var reader = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
        for (var line = reader.readLine(); line != null; line = reader.readLine()) {
            lines.add(line);
            if (line.contains(text)) {
                return lines;
            }
        }
        return lines;
    }

    /// The first analysis is told once, so this test has to listen before all others.
    @Test
    @Order(1)
    void opensAtOnceAndTellsTheAnalysis() throws IOException, InterruptedException {
        var response = open();
        var lines = until(response, "\"pods\":8");

        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        assertThat(response.headers().firstValue("X-Accel-Buffering")).contains("no");
        assertThat(lines).contains("event:analysis").anyMatch(line -> line.startsWith("id:"));
        assertThat(lines.getFirst()).startsWith("id:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\r\nevent: finding\r\ndata: forged\r\n\r\n",
                "data:x\n\ndata:y",
                "<script>",
                "\u202egnp",
                "\u2028"
            })
    void hostileNamesStayInsideTheirData(String name) throws IOException, InterruptedException {
        var response = open();
        happenings.tell("probe", name, Map.of("pod", name, "mark", "end"));
        var lines = until(response, "\"mark\":\"end\"");

        assertThat(lines).doesNotContain("event: finding", "data: forged", "data:y");
        assertThat(lines).allMatch(line -> line.isEmpty() || FIELD.matcher(line).lookingAt());
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "other-7", "<x>"})
    void tellsWhoseIdIsNotKnownToReadAnew(String id) throws IOException, InterruptedException {
        var lines = until(open("Last-Event-ID", id), "event:reset");

        assertThat(lines).contains("event:reset");
    }

    @Test
    void resumesAfterTheLastEvent() throws IOException, InterruptedException {
        var from = happenings.newestId();
        var first = open();
        happenings.tell("report", "one", Map.of("mark", "one"));
        until(first, "\"mark\":\"one\"");
        first.body().close();

        var lines = until(open("Last-Event-ID", from), "\"mark\":\"one\"");

        assertThat(lines).anyMatch(line -> line.contains("\"mark\":\"one\"")).doesNotContain("event:reset");
    }

    @Test
    void noFrameOfABurstOfTenThousandChangesIsLargerThanAClientTakesAtOnce() throws IOException, InterruptedException {
        var response = open();
        for (int i = 0; i < 10_000; i++) {
            happenings.tell("report", "node" + i, Map.of("node", "n".repeat(253), "sequence", i));
        }
        var lines = new ArrayList<String>();
        var reader = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
        do {
            lines.add(Objects.requireNonNull(reader.readLine(), "the stream ended"));
            if (lines.getLast().equals("event:reset")) {
                // When a beat falls into the burst, what is told now may be part of a second reset.
                happenings.tell("report", "last", Map.of("mark", "last"));
            }
        } while (!lines.getLast().contains("\"mark\":\"last\""));

        var frames = String.join("\n", lines).split("\n\n", -1);
        assertThat(lines).contains("event:reset").anyMatch(line -> line.contains("\"mark\":\"last\""));
        assertThat(frames).hasSizeLessThan(1_000).allMatch(frame -> frame.length() <= MOST_IN_A_FRAME);
    }
}
