package dev.underpass.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.Recordings;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// The routes tab: two Pods side by side, and problems alone.
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "management.server.port=0")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoutesPagesTest {

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void source(DynamicPropertyRegistry registry) {
        registry.add("underpass.source", () -> "bundle:" + Recordings.path("hijack-route-deleted"));
    }

    /// The text of the page's content, marks and all.
    private String text(String path, Object... values) {
        var page = Clients.page(port, path, values);
        var main = page.substring(page.indexOf("<main"), page.indexOf("</main>"));
        return main.replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ").replace("&#39;", "'");
    }

    @ParameterizedTest(name = "{0} beside {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            u1 | u2  | + only right 10.233.0.0/18 via 10.6.212.101 dev veth0 src 10.6.212.242
            u2 | u1  | - only left 10.233.0.0/18 via 10.6.212.101 dev veth0 src 10.6.212.242
            u1 | u2  | IPv4 · Rules How lab/u1 lab/u2 = same 0: from all lookup local 0: from all lookup local + only right 999: from 10.7
            u2 | u20 | ≈ same, own addresses 10.6.212.101 dev veth0 scope link src 10.6.212.242 10.6.212.102 dev veth0
            o1 | o20 | No rule and no route differs.
            u1 | o1  | ~ different default via 10.6.0.1 dev eth0 default via 169.254.1.1 dev eth0
            """)
    void twoPodsAreHeldAgainstEachOther(String one, String other, String line) {
        assertThat(text("/pods/lab/%s/routes?with=lab/%s".formatted(one, other)))
                .contains(line)
                .doesNotContain("Table 500");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            ''       | IPv4 Rules | IPv6 Rules
            4        | IPv4 Rules | -
            6        | IPv6 Rules | -
            <b>4</b> | IPv4 Rules | IPv6 Rules
            """)
    void theLinesOfOneFamilyCanBeAskedFor(String family, String first, @Nullable String second) {
        var text = text("/pods/lab/u1/routes?family={family}", family);

        assertThat(text).contains(first, second == null ? first : second);
        assertThat(text.contains("IPv4 Rules") && text.contains("IPv6 Rules")).isEqualTo(second != null);
    }

    @Test
    void aRuleLeadsToItsTableAndATableWithoutARuleIsClosed() {
        var page = Clients.page(port, "/pods/lab/u1/routes");

        assertThat(page).contains("href=\"#table-IPv4-100\"").containsOnlyOnce("id=\"table-IPv4-100\"");
        assertThat(page).containsPattern("<details id=\"table-IPv4-100\" open");
        assertThat(page).containsPattern("<details id=\"table-IPv4-101\"><summary>");
        assertThat(text("/pods/lab/u1/routes"))
                .contains("Table 101 1 line · no rule leads here")
                .doesNotContain("Table 100 1 line ·");
    }

    @Test
    void aNodesLinesSayWhoseTheyAreAndLeadOn() {
        var page = Clients.page(port, "/nodes/node1");

        assertThat(page).contains("href=\"#table-IPv4-500\"").containsOnlyOnce("id=\"table-IPv4-500\"");
        assertThat(page)
                .containsPattern(
                        "dev cali\\w+ scope link</span>.{0,80}to Pod <a href=\"/pods/lab/b1/routes\">lab/b1</a>");
        assertThat(text("/nodes/node1")).contains("bird wrote it, as the line itself says", ". other program");
    }

    @Test
    void whatBothHaveIsLeftOutWhenOnlyProblemsAreAskedFor() {
        var all = text("/pods/lab/u1/routes?with=lab/u2");
        var different = text("/pods/lab/u1/routes?with=lab/u2&only=problems");

        assertThat(all).contains("12 lines differ.", "= same", "≈ same").doesNotContain("hidden");
        assertThat(different)
                .contains("12 lines differ.", "24 lines are hidden, because both Pods have them.")
                .doesNotContain("= same", "≈ same", "Table 100");
        assertThat(Pattern.compile("[+~-] (only|different)").matcher(different).results())
                .hasSize(12);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <script>alert(1)</script> | There is no Pod &lt;script&gt;alert(1)&lt;/script&gt;.
            <script>alert(1)          | not NAMESPACE/NAME: '&lt;script&gt;alert(1)'
            lab/u2/x                  | not NAMESPACE/NAME: 'lab/u2/x'
            lab/nobody                | There is no Pod lab/nobody.
            lab                       | not NAMESPACE/NAME: 'lab'
            """)
    void aPodThatIsNoneIsSaidBesideTheOwnLines(String with, String error) {
        var page = text("/pods/lab/u1/routes?with={with}", with);

        assertThat(page).contains("Nothing to compare with: " + error, "- MISSING");
        assertThat(Clients.page(port, "/pods/lab/u1/routes?with={with}", with)).doesNotContain("<script>alert");
    }

    @Test
    void theMissingRouteThatWouldDecideStandsBesideTheOneThatDoes() {
        assertThat(text("/pods/lab/u1/routes?dst=10.233.42.25"))
                .contains(
                        "Route default via 10.6.0.1 dev eth0",
                        "Missing, and would decide 10.233.0.0/18 via 10.6.212.101 dev veth0");
        assertThat(text("/pods/lab/u1/routes?dst=10.6.0.9")).doesNotContain("would decide");
        assertThat(text("/pods/lab/u2/routes?dst=10.233.42.25")).doesNotContain("would decide");
    }

    @Test
    void aPodLeadsToItsNodeItsNetworkAndATrace() {
        assertThat(Clients.page(port, "/pods/lab/u1"))
                .contains(
                        "href=\"/nodes/node1\"",
                        "href=\"/networks/kube-system/macvlan-conf\"",
                        "href=\"/trace?from=lab/u1\"");
    }

    @Test
    void theEndOfAComparedWayIsSaidInWords() {
        assertThat(text("/trace?from=lab/u1&to=lab/web:80&compare=lab/u2"))
                .contains("End of the way")
                .doesNotContain("SERVICE_TO_FABRIC");
    }

    @Test
    void onlyTablesWithProblemsAreShown() {
        var page = text("/pods/lab/u1/routes?only=problems&dst=10.233.42.25");
        var html = Clients.page(port, "/pods/lab/u1/routes?only=problems&dst=10.233.42.25");

        assertThat(html.split("<ol class=\"lines\">", -1)).hasSize(2);
        assertThat(html)
                .contains("<a href=\"/pods/lab/u1/routes?dst=10.233.42.25\">Show all lines</a>")
                .doesNotContain("<h2>IPv6</h2>", "Table 100</h3>", ">Rules</h3>");
        assertThat(page)
                .contains("24 lines are hidden, because nothing is wrong with them.", "Table main", "- MISSING");
    }

    @Test
    void aPodWithoutProblemsHasNoneToShow() {
        assertThat(text("/pods/lab/u2/routes?only=problems"))
                .contains("Nothing is wrong with the rules and routes that were reported", "36 lines are hidden")
                .doesNotContain("Table main");
    }
}
