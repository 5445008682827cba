package dev.underpass.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.Recordings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// Addresses that somebody kept, or typed, and that ask for what is not there.
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "management.server.port=0")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AstrayAddressesTest {

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void source(DynamicPropertyRegistry registry) {
        registry.add("underpass.source", () -> "bundle:" + Recordings.path("hijack-route-deleted"));
    }

    private String page(String path, Object... values) {
        return Clients.page(port, path, values);
    }

    @Test
    void saysWhichPartOfTheAddressIsNoNumber() {
        var garbage = Clients.of(port)
                .get()
                .uri("/pods?page={page}", "<x>")
                .exchange()
                .expectStatus()
                .isBadRequest();

        assertThat(garbage.expectBody(String.class).returnResult().getResponseBody())
                .contains("page: not a number: &#39;&lt;x&gt;&#39;");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/pods", "/services", "/nodes", "/networks", "/pools", "/reachability", "/pods/lab/u1/services"})
    void aPageNumberPastTheEndShowsTheLastPage(String path) {
        assertThat(text(path + "?page=99")).isEqualTo(text(path)).isNotBlank();
    }

    /// What a page says, without its tags.
    private String text(String path) {
        var page = page(path);
        return page.substring(page.indexOf("<main"), page.indexOf("</main>")).replaceAll("<[^>]*>", " ");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            hop=99           | There is no decision 99 on this way: it has
            hop=-1           | There is no decision -1 on this way: it has
            hop=0            | There is no decision 0 on this way: it has
            hop=<script>     | There is no decision &lt;script&gt; on this way: it has
            hop=99999999999  | There is no decision 99999999999 on this way: it has
            dir=reply        | This way has no reply
            """)
    void aDecisionThatIsNotThereIsSaidAndTheTraceShown(String query, String said) {
        assertThat(page("/trace?from=lab/u1&to=lab/web:80&" + query))
                .contains("id=\"no-hop\"", said, "class=\"hops\"")
                .doesNotContain("<script>");
        assertThat(page("/trace?from=lab/u1&to=lab/web:80&hop=2")).doesNotContain("id=\"no-hop\"");
    }
}
