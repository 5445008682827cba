package dev.underpass.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.Recordings;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import org.springframework.web.reactive.function.BodyInserters;

/// Saved views as people meet them.
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "management.server.port=0")
class ViewsPagesTest {

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void source(DynamicPropertyRegistry registry) {
        registry.add("underpass.source", () -> "bundle:" + Recordings.path("healthy"));
    }

    private ResponseSpec post(String path, String name, String to) {
        return FormClient.of(port)
                .post()
                .uri(path)
                .body(BodyInserters.fromFormData("name", name).with("to", to))
                .exchange();
    }

    private String id(String name) {
        var match = Pattern.compile("href=\"/views/([^\"]+)\"><bdi>" + Pattern.quote(name) + "<")
                .matcher(Clients.page(port, "/views"));
        assertThat(match.find()).as(name).isTrue();
        return match.group(1);
    }

    @Test
    void aViewIsSavedOpenedRenamedAndDeleted() {
        post("/views", "Broken in lab", "/pods?q=ns:lab").expectStatus().isSeeOther();
        var id = id("Broken in lab");

        Clients.of(port)
                .get()
                .uri("/views/" + id)
                .exchange()
                .expectStatus()
                .isSeeOther()
                .expectHeader()
                .location("/pods?q=ns:lab");
        assertThat(Clients.page(port, "/palette?q=broken+in")).contains("/views/" + id);
        post("/views/" + id + "/rename", "All of lab", "").expectStatus().isSeeOther();
        assertThat(id("All of lab")).isEqualTo(id);
        post("/views/" + id + "/delete", "", "").expectStatus().isSeeOther();
        Clients.of(port).get().uri("/views/" + id).exchange().expectStatus().isNotFound();
    }

    @Test
    void whatCannotBeSavedIsSaidAtItsFieldAndKept() {
        var page = post("/views", "away", "//evil.example/pods")
                .expectStatus()
                .isEqualTo(422)
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();

        assertThat(page)
                .contains("value=\"//evil.example/pods\"", "value=\"away\"", "That is no page of this console")
                .doesNotContain("??");
    }

    @Test
    void hostileNamesAreText() {
        post("/views", "<script>alert(1)</script>", "/pods").expectStatus().isSeeOther();

        assertThat(Clients.page(port, "/views"))
                .contains("&lt;script&gt;alert(1)")
                .doesNotContain("<script>alert");
        post("/views/" + "x/rename", "y", "").expectStatus().isNotFound();
        post("/views", "a\u202eb", "/pods").expectStatus().isEqualTo(422);
    }

    @Test
    void aPageWithAFilterOffersToBeSaved() {
        assertThat(Clients.page(port, "/pods?q=ns:lab")).contains("href=\"/views?to=/pods?q%3Dns:lab\"");
        assertThat(Clients.page(port, "/pools/new")).doesNotContain("href=\"/views?to=");
    }
}
