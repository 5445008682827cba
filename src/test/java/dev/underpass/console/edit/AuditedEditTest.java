package dev.underpass.console.edit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

/// Edits in the audit log.
class AuditedEditTest extends EditingConsole {

    private static final Path FILE = Path.of("target/audit-of-edits.jsonl");

    private final String pool = "audited-" + Long.toString(System.nanoTime(), 36);

    private List<JsonNode> lines() throws IOException {
        return Files.readAllLines(FILE).stream()
                .filter(line -> line.contains(pool))
                .map(JSON::readTree)
                .toList();
    }

    @Test
    void anEditIsOneLineWithTheObjectBeforeAndAfter() throws IOException {
        pool(pool);

        edit("ippools/" + pool, "?force=true", spec -> spec.put("disable", true));

        assertThat(lines()).singleElement().satisfies(line -> {
            assertThat(line.path("audit").asString("")).isEqualTo("write");
            assertThat(line.path("who").asString("")).isEqualTo("loopback");
            assertThat(line.path("from").asString("")).isEqualTo("127.0.0.1");
            assertThat(line.path("method").asString("")).isEqualTo("PUT");
            assertThat(line.path("operation").asString("")).isEqualTo("update");
            assertThat(line.path("object").asString("")).isEqualTo("SpiderIPPool " + pool);
            assertThat(line.at("/before/spec/disable").asBoolean(false)).isFalse();
            assertThat(line.at("/before/spec/gateway").asString("")).isEqualTo("10.6.0.1");
            assertThat(line.at("/after/spec/disable").asBoolean(false)).isTrue();
            assertThat(line.path("result").asString("")).isEqualTo("applied");
            assertThat(line.path("edit").asString("")).hasSize(36);
        });
    }

    @Test
    void anEditThatIsRefusedSaysWhy() throws IOException {
        pool(pool);

        var refused = edit("ippools/" + pool, "", spec -> spec.put("gateway", "192.0.2.1"));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(lines()).singleElement().satisfies(line -> {
            assertThat(line.path("result").asString("")).isEqualTo("refused");
            assertThat(line.path("reason").asString("")).isNotEmpty();
        });
    }

    @Test
    void whatNeverBecameAnEditIsALineToo() throws IOException {
        send(HttpMethod.PUT, "ippools/" + pool, "", "nonsense");

        assertThat(lines()).singleElement().satisfies(line -> {
            assertThat(line.path("result").asString("")).isEqualTo("failed");
            assertThat(line.path("status").asInt(0)).isEqualTo(400);
        });
    }

    @Test
    void lookingAndTryingAreNoNews() throws IOException {
        pool(pool);

        get("ippools/" + pool);
        page(HttpMethod.GET, "/pools/" + pool + "/edit");

        assertThat(lines()).isEmpty();
    }
}
