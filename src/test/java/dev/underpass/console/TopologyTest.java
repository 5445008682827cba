package dev.underpass.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.Recordings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

/// The topology over a recorded cluster, asked as a browser and as a script would.
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "management.server.port=0")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TopologyTest {

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void source(DynamicPropertyRegistry registry) {
        registry.add("underpass.source", () -> "bundle:" + Recordings.path("hijack-route-deleted"));
    }

    private WebTestClient.ResponseSpec get(String path, Object... values) {
        return Clients.of(port).get().uri(path, values).exchange();
    }

    private String page(String path, Object... values) {
        return Clients.page(port, path, values);
    }

    @ParameterizedTest(name = "{0} says {1}")
    @CsvSource(delimiter = '|', textBlock = """
            /topology                                       | 8 of 8 Pods are drawn.
            /topology?q=verdict:unreachable ns:lab lab/u1   | The filter hides 7.
            /topology?q=ns:lab foo:bar                      | foo:bar: there is no such key.
            /topology?q=ns:lab foo:bar                      | ns:lab <mark>foo:bar</mark>
            /topology?group=node                            | Grouped by node: 8 Pods.
            /topology?level=node&id=node1                   | are elsewhere.
            /topology?level=network&id=10.6.0.0/16          | Network 10.6.0.0/16
            /topology?level=pod&id=lab/u1                   | 1 of 8 Pods are drawn.
            /topology?sel=pod:lab/u1                        | /pods/lab/u1
            /topology?sel=pod:lab/nobody                    | The selected tile is not part of this drawing.
            /topology?view=table                            | 22 tiles
            /topology?view=table&sel=service:lab/web        | connections of these Pods fail
            """)
    void everyStateIsAnAddress(String path, String text) {
        assertThat(page(path))
                .contains(text)
                .contains("<main")
                .doesNotContain("??")
                .doesNotContain("style=");
    }

    @Test
    void theTableHoldsTheTilesOfTheDrawing() {
        var drawing = page("/topology");
        var table = page("/topology?view=table");

        var ids = java.util.regex.Pattern.compile("id=\"(tile-[0-9a-f-]+)\"")
                .matcher(drawing)
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(ids).isNotEmpty().doesNotHaveDuplicates();
        assertThat(ids).allMatch(id -> table.contains("id=\"" + id + "\""));
    }

    @Test
    void brokenEdgesOfRollupsSayHowManyConnectionsFail() {
        var cuts = numbers(page("/topology?group=node"), "class=\"cut[^\"]*\"[^>]*>✗ (\\d+)<");
        var table = numbers(page("/topology?group=node&view=table"), ">(\\d+) of \\d+ connections? fails?<");

        assertThat(cuts).isNotEmpty().doesNotContain("0");
        assertThat(table).containsAll(cuts);
        assertThat(page("/topology?group=pod")).doesNotContain("class=\"cut");
    }

    private static List<String> numbers(String page, String pattern) {
        return java.util.regex.Pattern.compile(pattern)
                .matcher(page)
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            /topology?level=galaxy              | 400
            /topology?level=node                | 400
            /topology?id=node1                  | 400
            /topology?group=colour              | 400
            /topology?view=film                 | 400
            /topology?level=node&id=none        | 404
            /topology?level=node&id=%20x        | 404
            /topology?level=network&id=none     | 404
            /topology?level=pod&id=lab/nobody   | 404
            /topology?level=pod&id=a/b/c        | 400
            """)
    void refusesWhatItCannotDraw(String path, int status) {
        get(path).expectStatus().isEqualTo(status);
    }

    @Test
    void theApiGivesTheSameScene() {
        get("/api/v1/topology?groupBy=node&focus=network:10.6.0.0/16")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.groupedBy")
                .isEqualTo("NODE")
                .jsonPath("$.pods.all")
                .isEqualTo(8)
                .jsonPath("$.pods.shown")
                .value(Integer.class, shown -> assertThat(shown).isBetween(1, 7))
                .jsonPath("$.nodes[?(@.id == 'node:node1')].lane")
                .isEqualTo("NODE")
                .jsonPath("$.edges[?(@.kind == 'BROKEN')]")
                .isNotEmpty()
                .jsonPath("$.groups[?(@.id == 'node:node1')]")
                .isNotEmpty();
    }

    @ParameterizedTest(name = "{0}: {1}, {2}")
    @CsvSource(delimiter = '|', textBlock = """
            groupBy=colour              | 400 | groupBy
            focus=node1                 | 400 | focus
            focus=galaxy:x              | 400 | focus
            focus=estate:x              | 400 | focus
            focus=node:                 | 400 | focus
            focus=pod:x                 | 400 | id
            q=foo:bar                   | 400 | q
            focus=node:none             | 404 |
            focus=pod:lab/nobody        | 404 |
            """)
    void theApiSaysWhatIsWrong(String query, int status, String field) {
        var body = get("/api/v1/topology?" + query)
                .expectStatus()
                .isEqualTo(status)
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();

        assertThat(body).contains("\"detail\"");
        if (field != null) {
            assertThat(body).contains("\"field\":\"" + field + "\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "a\r\nSet-Cookie: x=1"})
    void hostileTextIsShownAndNeverRun(String text) {
        for (var path :
                List.of("/topology?q={text}", "/topology?sel={text}", "/topology?view=table&q={text}&sel={text}")) {
            assertThat(page(path, text, text)).doesNotContain("<script>alert").doesNotContain("<img src=x");
        }
        get("/topology?level=node&id={text}", text).expectStatus().isNotFound();
        get("/api/v1/topology?focus={text}", text).expectStatus().isBadRequest();
    }
}
