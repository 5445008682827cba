package dev.underpass.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.Recordings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// Where a trace's page leads, and what it offers where it cannot answer.
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "management.server.port=0")
class TracePagesTest {

    private static final Pattern LINE = Pattern.compile("href=\"(/(?:pods|nodes)/[^\"#]+)#(v[46]-[0-9a-f]+)\"");

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void source(DynamicPropertyRegistry registry) {
        registry.add("underpass.source", () -> "bundle:" + Recordings.path("hijack-route-deleted"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "from=lab/u2&to=lab/web:80",
                "from=lab/b2&to=[fd00:10:233::4225]:80",
                "from=lab/o1&to=lab/under-n1:80"
            })
    void everyRuleAndRouteLeadsToWhereItStands(String query) {
        var pages = new HashMap<String, String>();
        var lines =
                LINE.matcher(Clients.page(port, "/trace?" + query)).results().toList();

        assertThat(lines).hasSizeGreaterThan(3);
        for (var line : lines) {
            var page = pages.computeIfAbsent(line.group(1), path -> Clients.page(port, path));
            assertThat(page).as(line.group(1)).containsOnlyOnce("id=\"" + line.group(2) + "\"");
            assertThat(line.group(1)).matches("/pods/.*|/nodes/[^?]+[?]line=" + line.group(2));
        }
    }

    @Test
    void whatANodeRewritesIsMarked() {
        var page = Clients.page(port, "/trace?from=lab/u2&to=lab/web:80");

        var strip = page.replaceAll("(?s).*?<ol class=\"rewrite\".*?>(.*?)</ol>.*", "$1");
        assertThat(marked(strip)).hasSize(2).first().asString().endsWith(":8080");
        assertThat(strip.substring(0, strip.indexOf("</li>"))).doesNotContain("changed");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            from=lab/u1&to=lab/web:80       | pod, stop | 0
            from=lab/b1&to=lab/web-n2:80    | pod, node, fabric, node, pod, pod, node, fabric, node, pod | 1
            """)
    void theRailHasAStopForEveryBoxAndIsNotRead(String query, String boxes, int replies) {
        var page = Clients.page(port, "/trace?" + query);

        var stops = Pattern.compile("<div class=\"box ([a-z]+) ?\"><svg class=\"rail-line\" aria-hidden=\"true\"")
                .matcher(page)
                .results()
                .map(box -> box.group(1))
                .toList();
        assertThat(String.join(", ", stops)).isEqualTo(boxes);
        assertThat(page.split("href=\"#reply-0\"", -1)).hasSize(replies + 1);
        assertThat(page).contains("id=\"reply-0\"");
    }

    private static List<String> marked(String strip) {
        var marked = new ArrayList<String>();
        var match = Pattern.compile("class=\"changed\">([^<]*)<").matcher(strip);
        while (match.find()) {
            marked.add(match.group(1));
        }
        return marked;
    }

    @Test
    void whoElseHasItsFindingIsALinkThatListsAsMany() {
        var page = Clients.page(port, "/trace?from=lab/o1&to=lab/under-n1:80");

        var count = page.replaceAll("(?s).*href=\"/pods\\?q=code:(U\\d+)\">(\\d+) Pods with this finding.*", "$1 $2")
                .split(" ", 2);
        assertThat(count).hasSize(2);
        assertThat(Clients.page(port, "/pods?q=code:" + count[0])).contains(">" + count[1] + " of ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            from=lab/u200&to=lab/web:80&compare=lab/u2 | from | from=lab/u20&amp;to=lab/web:80&amp;compare=lab/u2 | lab/u20
            from=lab/u2&to=lab/webb:80                | to   | from=lab/u2&amp;to=lab/web:80&amp;compare=      | lab/web:80
            from=lab/u2&to=svc:lab/webb:80/udp        | to   | from=lab/u2&amp;to=lab/web:80&amp;compare=      | lab/web:80
            from=lab/u2&to=lab/web:99                 | to   | from=lab/u2&amp;to=lab/web:80&amp;compare=      | lab/web:80
            from=lab/u2&to=lab/web:80/udp             | to   | from=lab/u2&amp;to=lab/web:80&amp;compare=      | lab/web:80
            from=lab/u2&to=lab/webb:http              | to   | from=lab/u2&amp;to=lab/web:http&amp;compare=    | lab/web:http
            """)
    void aSlipIsToldAtItsFieldAndWhatMayBeMeantIsOffered(String query, String field, String link, String name) {
        var page = Clients.page(port, "/trace?" + query);

        assertThat(page).contains("href=\"/trace?" + link + "\">" + name + "</a>");
        assertThat(Clients.page(port, "/trace?" + link.replace("&amp;", "&"))).contains("id=\"verdict\"");
        assertThat(page).containsPattern("id=\"" + field + "\"[^>]*aria-invalid=\"true\"");
        assertThat(page.split("aria-invalid=\"true\"", -1)).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"lab/u1, lab/web:80, true", "lab/o1, lab/under-n1:80, false", "lab/b1, lab/web:80, false"})
    void whatIsMendedByARestartLeadsToTheWorkloads(String from, String to, boolean leads) {
        var page = Clients.page(port, "/trace?from=" + from + "&to=" + to);

        assertThat(page.contains("<a href=\"/findings/U22/workloads\">Which workloads to restart</a></dd>"))
                .isEqualTo(leads);
        assertThat(page.contains("/workloads\"")).isEqualTo(leads);
    }

    @ParameterizedTest
    @ValueSource(strings = {"from=lab/u1", "from=lab/u1&to=", "to=lab/web:80", "from=+&to=lab/web:80"})
    void aHalfOfAQuestionIsNoMistake(String query) {
        var page = Clients.page(port, "/trace?" + query);

        assertThat(page).contains("Nothing asked yet").doesNotContain("class=\"error-text\"");
        assertThat(page).containsPattern("value=\"lab/(u1|web:80)\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"from=lab/nobody-at-all&to=lab/web:80", "from=lab/u2&to=lab/web:80&compare=lab/u200"})
    void nothingIsOfferedElse(String query) {
        assertThat(Clients.page(port, "/trace?" + query))
                .contains("There is no Pod")
                .doesNotContain("id=\"meant\"");
    }
}
