package dev.underpass.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.Recordings;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// The matrix can be taken away whole, put into order, and read: rows that are attached alike say what tells them
/// apart.
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "management.server.port=0")
class MatrixPagesTest {

    private static final Pattern ROW = Pattern.compile("name=\"row\" value=\"([0-9a-f]{12})\"");
    private static final Pattern PODS = Pattern.compile(">(\\d+) Pods?</span>");

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void source(DynamicPropertyRegistry registry) {
        registry.add("underpass.source", () -> "bundle:" + Recordings.path("hijack-route-deleted"));
    }

    private String page(String path, Object... values) {
        return Clients.page(port, path, values);
    }

    private static List<String> found(Pattern pattern, String page) {
        return pattern.matcher(page).results().map(match -> match.group(1)).toList();
    }

    @Test
    void theWholeMatrixIsAFileOfItsCells() {
        var csv = page("/reachability?format=csv").lines().toList();

        assertThat(csv.getFirst())
                .startsWith("row,attachment,mode,pods,first_pod,column")
                .endsWith("undetermined");
        assertThat(csv.size() - 1)
                .isEqualTo(found(Pattern.compile("href=\"(/reachability/[0-9a-f]{12}/)"), page("/reachability"))
                        .size());
        assertThat(csv.stream().skip(1))
                .allSatisfy(line -> assertThat(addsUp(line)).as(line).isTrue());
    }

    private static boolean addsUp(String line) {
        var fields = List.of(line.split("\",\"", -1));
        var numbers = fields.subList(fields.size() - 4, fields.size()).stream()
                .map(field -> Long.parseLong(field.replace("\"", "")))
                .toList();
        return numbers.getFirst() == numbers.get(1) + numbers.get(2) + numbers.get(3) && numbers.getFirst() > 0;
    }

    @Test
    void rowsAreSortedAsTheAddressSays() {
        var usual = found(ROW, page("/reachability"));
        var byPods = page("/reachability?sort=pods");
        var byName = found(Pattern.compile("> <span>([a-z+0-9-]+)</span></label>"), page("/reachability?sort=name"));

        assertThat(found(PODS, byPods).stream().map(Integer::valueOf))
                .hasSameSizeAs(usual)
                .isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(found(ROW, byPods)).containsExactlyInAnyOrderElementsOf(usual);
        assertThat(byName).hasSameSizeAs(usual).isSorted();
        assertThat(byPods).containsPattern("id=\"sort-pods\"[^>]*aria-current=\"true\"");
        Clients.of(port)
                .get()
                .uri("/reachability?sort=colour")
                .exchange()
                .expectStatus()
                .isBadRequest();
    }

    @Test
    void theOrderKeepsTheRowsThatAreCompared() {
        var ids = found(ROW, page("/reachability"));

        var sorted = page("/reachability?sort=name&row={a}&row={b}", ids.getFirst(), ids.get(1));

        assertThat(sorted)
                .contains("What the two rows do not have in common")
                .contains("sort=pods&amp;row=" + ids.getFirst() + "&amp;row=" + ids.get(1));
    }

    @Test
    void rowsOfOneNameSayWhatTellsThemApart() {
        assertThat(page("/reachability"))
                .containsPattern("<div class=\"apart\">(with|without) <code>route[^<]+</code></div>")
                .contains("the largest class of this attachment");
    }

    @Test
    void constantsAreWordsAndSharesSayOfWhat() {
        assertThat(page("/reachability"))
                .contains("on the overlay, more NICs on the underlay")
                .doesNotContain("OVERLAY_MULTI_NIC")
                .containsPattern("<span>\\d+ %</span></span> <span class=\"of\">of (1 pair|\\d+ pairs)</span>");
    }

    @Test
    void aCellSaysWhichPodsAndTargetsItIsOf() {
        var cells = found(Pattern.compile("href=\"(/reachability/[0-9a-f]{12}/[0-9a-f]{12})\""), page("/reachability"));

        assertThat(cells.stream().map(this::page).map(MatrixPagesTest::named))
                .doesNotHaveDuplicates()
                .allSatisfy(named -> assertThat(named).containsPattern("href=\"/trace\\?from=lab/[a-z0-9]+&amp;to="))
                .anySatisfy(named -> assertThat(named)
                        .contains(
                                "lab/under-n2 10.233.42.32:80",
                                ">2 targets, to macvlan",
                                "1 Pod, on the underlay, with <code>route"));
    }

    /// What the head of a cell's page says, without the answers.
    private static String named(String page) {
        return page.replaceAll(
                        "(?s).*?<h1[^>]*><span>(.*?)</span>.*?(<dl class=\"facts\" id=\"cell\">.*?)</dl>.*", "$1 $2")
                .replaceAll("\\s+", " ");
    }
}
