package dev.underpass.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// Lists in the order that their addresses ask for, over a cluster whose numbers and addresses are in another order as
/// text.
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "management.server.port=0")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SortedListsTest {

    private static final Pattern ROW = Pattern.compile("<th scope=\"row\">(?:<a[^>]*>|<span>)([^<]*)<");

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void source(DynamicPropertyRegistry registry) {
        registry.add("underpass.source", () -> "bundle:" + Path.of("src/test/resources/sorted-bundle"));
    }

    private String page(String path, Object... values) {
        return Clients.page(port, path, values);
    }

    private static String listed(String page) {
        return ROW.matcher(page)
                .results()
                .map((MatchResult match) -> match.group(1).replace("lab/", ""))
                .collect(Collectors.joining(" "));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            /pods                               | p1 p2 p3
            /pods?sort=-pod                     | p3 p2 p1
            /pods?sort=node                     | p2 p1 p3
            /pods?q=-p1&sort=-pod               | p3 p2
            /pods?q=pool:ten                    | p1 p3
            /pods?q=pool:ten&sort=-pod          | p3 p1
            /pods?q=-pool:ten                   | p2
            /pods?q=pool:six                    | p2
            /pods?q=pool:te                     | ''
            /services                           | s1 s2 s3
            /services?sort=addresses            | s3 s2 s1
            /services?sort=-addresses           | s2 s3 s1
            /services?sort=ports                | s2 s3 s1
            /services?sort=-service             | s3 s2 s1
            /nodes                              | n1 n2 n3 n4
            /nodes?sort=addresses               | n3 n2 n1 n4
            /nodes?sort=pods                    | n3 n2 n1 n4
            /nodes?sort=-pods                   | n1 n4 n2 n3
            /networks                           | w1 w2
            /networks?sort=master               | w2 w1
            /pools                              | full ten nine hundred
            /pools?sort=name                    | full hundred nine ten
            /pools?sort=total                   | hundred ten nine full
            /pools?sort=-total                  | full nine ten hundred
            /pools?sort=free                    | full nine ten hundred
            /pools?q=-nine&sort=-name           | ten hundred full
            /reservedips                        | r1 r2 r3
            /reservedips?sort=ranges            | r2 r1 r3
            /reservedips?sort=addresses         | r3 r1 r2
            /reservedips?sort=-addresses        | r2 r1 r3
            /reservedips?q=ip:fd00::5           | r2
            /reservedips?q=pool:hundred          | r1 r2
            /reservedips?q=held:>0              | r2
            /reservedips?q=10.7.0 -held:>0      | r1
            """)
    void standsInTheOrderThatIsAskedFor(String path, String rows) {
        assertThat(listed(page(path))).isEqualTo(rows);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/pods", "/services", "/nodes", "/networks", "/pools", "/reservedips", "/findings", "/changes"})
    void refusesAnOrderThatThereIsNot(String path) {
        for (var sort : new String[] {"<script>alert(1)</script>", "name,pod", "x".repeat(3000), "-"}) {
            var answer = Clients.of(port)
                    .get()
                    .uri(path + "?sort={sort}", sort)
                    .exchange()
                    .expectStatus()
                    .isBadRequest()
                    .expectBody(String.class)
                    .returnResult()
                    .getResponseBody();

            assertThat(Objects.requireNonNull(answer))
                    .contains("sort: &#39;" + sort.replace("<", "&lt;").replace(">", "&gt;") + "&#39; is not one of ")
                    .doesNotContain("<script>alert");
        }
        assertThat(page(path + "?sort=")).contains("<main");
    }

    @Test
    void severalOrdersAtOnceAreNone() {
        Clients.of(port)
                .get()
                .uri("/pods?sort=pod&sort=node")
                .exchange()
                .expectStatus()
                .isBadRequest();
    }

    @Test
    void theOrderStaysWithTheQueryAndItsChips() {
        assertThat(page("/pods?q=p&sort=-node"))
                .contains(
                        "<th scope=\"col\" aria-sort=\"descending\"><a id=\"sort-node\" href=\"/pods?q=p&amp;sort=node\">")
                .contains("id=\"chip-p\" href=\"/pods?sort=-node\"")
                .contains("<input type=\"hidden\" name=\"sort\" value=\"-node\">");
        assertThat(page("/pods?q=nobody&sort=-node")).contains("<a href=\"/pods?sort=-node\">Clear");
        assertThat(page("/pods")).doesNotContain("name=\"sort\"");
        assertThat(page("/findings?sort=code")).contains("href=\"/findings?q=severity%3Acritical&amp;sort=code\"");
    }

    @Test
    void aPoolLeadsToThePodsThatUseIt() {
        assertThat(page("/pools/ten")).contains("href=\"/pods?q=pool:ten\"");
        assertThat(page("/pools/hundred")).doesNotContain("/pods?q=pool");
    }
}
