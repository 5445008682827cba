package dev.underpass.console;

import static dev.underpass.console.Shown.all;
import static dev.underpass.console.Shown.exactly;
import static dev.underpass.console.Shown.gaps;
import static dev.underpass.console.Shown.missing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.underpass.Recordings;
import dev.underpass.console.PageStates.Row;
import dev.underpass.console.PageStates.State;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.analysis.ResourceState;
import dev.underpass.console.analysis.ResourceState.Status;
import dev.underpass.console.bundle.BundleContents;
import dev.underpass.console.bundle.BundleException;
import dev.underpass.console.bundle.BundleReader;
import dev.underpass.console.objects.Kinds;
import dev.underpass.kubeapi.FakeKubeApi;
import dev.underpass.report.NodeReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.node.ObjectNode;

/// Every page in every state that it can be in, in the order of a cluster's life: empty, full, with agents that fall
/// silent, with rights withdrawn, and with an API that does not answer.
@Tag("kube-api")
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"management.server.port=0", "underpass.source=kubernetes", "underpass.agents.auth=loopback"})
@Import(StatePagesTest.Time.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StatePagesTest {

    private static final FakeKubeApi API = new FakeKubeApi();
    private static final BundleContents RECORDED = recorded();
    /// Begins with the run, as the times of the API's objects do.
    @SuppressWarnings("TimeInStaticInitializer")
    private static final TestClock CLOCK = new TestClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern CHANGE = Pattern.compile("href=\"(/changes/[^\"/]+)\"");
    private static final Pattern CELL = Pattern.compile("/reachability/[0-9a-f]{12}/[0-9a-f]{12}");

    @LocalServerPort
    private int port;

    @Autowired
    private CurrentAnalysis analysis;

    private int sequence = 1_000_000;
    private String change = "";
    private String cell = "";

    /// The console's clock, which the test moves.
    @TestConfiguration
    static class Time {

        @Bean
        @Primary
        Clock testClock() {
            return CLOCK;
        }
    }

    private static BundleContents recorded() {
        try {
            return BundleReader.contents(Recordings.path("hijack-route-deleted"));
        } catch (BundleException e) {
            throw new AssertionError(e);
        }
    }

    @DynamicPropertySource
    static void source(DynamicPropertyRegistry registry) {
        API.start();
        var kubeconfig = API.kubeconfig();
        registry.add("underpass.kubernetes.kubeconfig", kubeconfig::toString);
    }

    @AfterAll
    static void stop() {
        API.close();
    }

    private void until(Predicate<ResourceState> condition) {
        await().atMost(PATIENCE).until(() -> analysis.resourceStates().stream().allMatch(condition));
    }

    private void report(String... nodes) {
        for (var report : RECORDED.reports().values()) {
            if (List.of(nodes).contains(report.node())) {
                sequence++;
                analysis.accept(numbered(report), CLOCK.instant());
            }
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(nodes)
                        .allSatisfy(node ->
                                assertThat(Clients.page(port, "/nodes/" + node)).contains("fresh: read at")));
    }

    private NodeReport numbered(NodeReport report) {
        return new NodeReport(
                report.node(),
                sequence,
                report.bootId(),
                "test",
                CLOCK.instant(),
                report.host(),
                report.pods(),
                report.probes());
    }

    private String address(Row row, State state) {
        var given = state == State.FILTERED ? row.cell(state) : row.address();
        return given.replace("{change}", change).replace("{cell}", cell);
    }

    private String page(String address, String language) {
        var body = Clients.of(port)
                .get()
                .uri(address)
                .header("Accept", "text/html")
                .header("Accept-Language", language)
                .exchange()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
        return Objects.requireNonNull(body, address);
    }

    /// A page in a state, in English, with what is wrong with it.
    private interface Check {
        List<String> wrong(Row row, String page);
    }

    private void everyPage(State state, Check check) {
        var wrong = new ArrayList<String>();
        for (var row : PageStates.rows()) {
            if (row.can(state) && row.address().length() > 0 && !row.address().matches("[a-z]+")) {
                var address = address(row, state);
                var page = page(address, "en");
                check.wrong(row, page).forEach(each -> wrong.add(row.template() + " " + address + ": " + each));
                if ((page + page(address, "zh-CN")).contains("??")) {
                    wrong.add(row.template() + ": a text is missing");
                }
            }
        }
        assertThat(wrong).as("pages in state %s", state).isEmpty();
    }

    @Test
    @Order(0)
    void everyTemplateHasARow() throws IOException {
        try (var files = Files.list(Path.of("src/main/resources/templates"))) {
            var pages = files.map(file -> file.getFileName().toString())
                    .filter(name -> !PageStates.PARTS.contains(name))
                    .collect(Collectors.toSet());

            assertThat(PageStates.rows().stream().map(Row::template)).containsExactlyInAnyOrderElementsOf(pages);
        }
        assertThat(PageStates.rows())
                .allSatisfy(row -> assertThat(row.cells().values()).doesNotContain(""));
    }

    @Test
    @Order(1)
    void empty() {
        until(each -> each.status() == Status.WATCHED);

        everyPage(State.NONE, (row, page) -> all(exactly(page), missing(page, row.cell(State.NONE))));
    }

    private void fill() {
        for (var kind : RECORDED.resources().values()) {
            kind.forEach(object -> API.load(List.of((ObjectNode) object)));
        }
        API.load("""
                {kind: SpiderReservedIP, apiVersion: spiderpool.spidernet.io/v2beta1,
                 metadata: {name: kept-for-routers}, spec: {ips: [10.6.0.9]}}
                """);
        until(each -> each.objects() == API.stored(each.kind().resource()).size());
        report("node1", "node2");
        change = first(CHANGE, page("/changes", "en"), 1);
        cell = first(CELL, page("/reachability", "en"), 0);
    }

    private static String first(Pattern pattern, String text, int group) {
        var match = pattern.matcher(text);
        assertThat(match.find()).as(pattern.pattern()).isTrue();
        return match.group(group);
    }

    /// The notice that nobody answered is on every page, and hidden.
    private static boolean showsError(String page) {
        return page.replace("id=\"unanswered\" class=\"state error\" role=\"alert\" hidden", "")
                .contains("state error");
    }

    @Test
    @Order(2)
    void ready() {
        fill();

        everyPage(
                State.READY,
                (row, page) -> all(
                        exactly(page),
                        missing(page, row.cell(State.READY)),
                        showsError(page) && !row.template().equals("error.html")
                                ? List.of("is an error page")
                                : List.of()));
    }

    @Test
    @Order(3)
    void filtered() {
        everyPage(State.FILTERED, (row, page) -> {
            var clear = "href=\"" + row.address().replaceAll("\\?.*", "") + "\"";
            return row.template().equals("palette.html")
                    ? missing(page, "Nothing fits")
                    : missing(page, "The filter hides all", clear);
        });
    }

    @Test
    @Order(4)
    void partial() {
        CLOCK.advance(Duration.ofMinutes(11));
        report("node1");

        everyPage(
                State.PARTIAL,
                (row, page) -> all(
                        exactly(page, "gap-missing"),
                        missing(
                                page,
                                "Of 1 of 2 nodes there is no report that counts",
                                "<a href=\"/nodes/node2\">node2</a>")));
    }

    @Test
    @Order(5)
    void stale() {
        report("node2");
        CLOCK.advance(Duration.ofMinutes(4));

        everyPage(
                State.STALE,
                (row, page) -> all(
                        exactly(page, "gap-stale"),
                        missing(page, "of 2 of 2 nodes are old, because", "stale, 240 s ago", ready(row))));
        report("node1", "node2");
    }

    private static String ready(Row row) {
        return row.cell(State.READY).equals("asks") ? "" : row.cell(State.READY);
    }

    @Test
    @Order(6)
    void forbidden() {
        Kinds.ALL.forEach(kind -> API.deny("watch", kind.plural()));
        API.dropWatches();
        until(each -> each.status() == Status.FORBIDDEN);
        try {
            everyPage(
                    State.FORBIDDEN,
                    (row, page) -> row.template().equals("unread.html")
                            ? List.of()
                            : all(
                                    exactly(page, "gap-forbidden"),
                                    missing(
                                            page,
                                            "The console may not watch in the whole cluster (RBAC): ",
                                            "kubectl auth can-i watch ",
                                            "data-copy=\"gap-commands\""),
                                    // What cannot be read is not said to be none.
                                    row.can(State.NONE) && page.contains("<h2>" + row.cell(State.NONE) + "</h2>")
                                            ? List.of("says that there are none")
                                            : List.of()));
        } finally {
            Kinds.ALL.forEach(kind -> API.allow("watch", kind.plural()));
            until(each -> each.status() == Status.WATCHED);
        }
    }

    @Test
    @Order(6)
    void anObjectThatMayNotBeReadIsAnErrorPageThatSaysSo() {
        API.deny("get", Kinds.IP_POOL.plural());
        try {
            assertThat(page("/pools/v4-10-6", "en"))
                    .contains("kubectl auth can-i get spiderippools.spiderpool.spidernet.io --as=")
                    .doesNotContain("??");
            assertThat(page("/pools/v4-10-6/edit", "en")).contains("cannot get resource", "spiderippools");
        } finally {
            API.allow("get", Kinds.IP_POOL.plural());
        }
    }

    @Test
    @Order(7)
    void failed() {
        // What the watches listed anew may not be analysed yet.
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(page("/", "en")).contains("U22"));
        API.stop();
        until(each -> each.status() == Status.INTERRUPTED);
        CLOCK.advance(Duration.ofSeconds(30));

        everyPage(
                State.FAILED,
                (row, page) -> row.template().equals("unread.html")
                        ? List.of()
                        : all(
                                exactly(page, "gap-interrupted"),
                                missing(page, "Not read anew since ", " (30 s), because", ready(row))));
        for (var address : List.of("/pools/v4-10-6", "/pools/v4-10-6/edit")) {
            var page = page(address, "en");
            assertThat(gaps(page)).as(address).containsExactly("gap-interrupted");
            assertThat(page).contains("role=\"alert\"").doesNotContain("can-i");
        }
    }
}
