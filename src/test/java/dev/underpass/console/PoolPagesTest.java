package dev.underpass.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.HtmlUtils;
import tools.jackson.databind.json.JsonMapper;

/// The pages on the configuration, over pools of every shape and addresses in every state.
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "management.server.port=0")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PoolPagesTest {

    private static final Pattern INPUT = Pattern.compile("<input[^>]*name=\"([^\"]*)\"(?: value=\"([^\"]*)\")?[^>]*>"
            + "|<textarea[^>]*name=\"([^\"]*)\"[^>]*>([^<]*)</textarea>");

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void source(DynamicPropertyRegistry registry) {
        registry.add("underpass.source", () -> "bundle:" + Path.of("src/test/resources/pools-bundle"));
    }

    private String page(String path) {
        return Clients.page(port, path);
    }

    /// The page's text without its tags.
    private String text(String path) {
        var page = page(path);
        var main = page.substring(page.indexOf("<main"), page.indexOf("</main>"));
        return main.replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ").replace("&#39;", "'");
    }

    private static long cells(String page, String state) {
        return Pattern.compile("class=\"cell " + state + "\"[^>]*href=")
                        .matcher(page)
                        .results()
                        .count()
                + Pattern.compile("href=\"[^\"]*\"[^>]*class=\"cell " + state + "\"")
                        .matcher(page)
                        .results()
                        .count();
    }

    @ParameterizedTest(name = "{0} says {1}")
    @CsvSource(delimiter = '|', textBlock = """
            /pools                              | 17 of 17 pools
            /pools?q=wide                       | 1 of 17 pools
            /pools?q=nobody                     | The filter hides all 17 pools.
            /pools                              | Pods with labels app=web
            /pools/small                        | in namespaces lab
            /pools/small                        | SpiderEndpoints show only 3
            /pools/empty                        | no Pod gets an address of it
            /pools/full                         | An IP pool is exhausted
            /pools/single                       | 1 runs of addresses
            /pools/small?address=10.6.0.10      | Pod lab/a NIC eth0 Node node1 UID uid-a
            /pools/small?address=10.6.0.10      | Trace from lab/a
            /pools/small?address=10.6.0.11      | Is conflict Pod lab/b NIC eth0
            /pools/small?address=10.6.0.16      | Is free Another MAC address answered for it once, perhaps that of whoever had it before: 02:00:00:00:00:0a, as node1 eth7 keeps it (REACHABLE).
            /pools/small?address=10.6.0.16      | Another MAC address answered for it once, perhaps that of whoever had it before: 02:00:00:00:00:99, as node1 eth8 keeps it (STALE).
            /pools/small                        | 10.6.0.14-10.6.0.16 3 free
            /pools/small                        | 10.6.0.17 1 reserved
            /pools/huge                         | 10.200.3.4 1 conflict lab/c
            /pools/huge?address=10.200.3.4      | Another MAC address answers for it, too: 02:00:00:00:00:0a, as node1 eth7 keeps it (REACHABLE).
            /pools/huge                         | 10.200.3.0/24 1 of 256 , 1 in conflict
            /pools/small?address=10.6.0.12      | it is leaked, or kept
            /pools/small?address=10.6.0.13      | Pod lab/ghost NIC net1 there is no such Pod
            /pools/small?address=10.6.0.21      | Is other pool Pool overlapping
            /pools/small?address=10.6.0.200     | Is outside of the pool
            /pools/small?address=fd00::1        | fd00::1 is no IPv4 address
            /pools/gateway-taken?address=10.21.0.1 | Is conflict Pod lab/taker
            /pools/wide                         | 10.64.15.0/24 0 of 256
            /pools/wide?block=10.64.3.0         | 10.64.3.0/24
            /pools/huge                         | 10.200.3.0/24 1 of 256
            /pools/six                          | fd00:6::abcd:0/120 1 of 256
            /pools/six?address=fd00:6::abcd:1   | Is allocated Pod lab/b NIC net1
            /pools/holes                        | 300 runs of addresses
            /pools/holes?page=6                 | Page 6 of 6
            /pools/holes?page=7                 | Page 6 of 6
            /pools/holes?page=2147483647        | Page 6 of 6
            /reservedips                        | routers
            /coordinator                        | 10.99.0.0/16 Services missing in the status ServiceCIDR more
            /coordinator                        | 10.233.0.0/18 Services in the status nothing that could be read
            /coordinator                        | mode auto SpiderCoordinator default lab/macvlan: underlay
            /coordinator                        | vethMTU not set built-in default
            /networks                           | 3 of 3 networks
            /networks/lab/macvlan               | There is no pool nowhere: Pods of this network cannot start.
            /networks/lab/macvlan               | on 0 of 1 nodes not known of node1
            /networks/lab/macvlan               | 1 of 1 Pods that use it
            /networks/lab/broken                | The configuration is no JSON
            /networks/lab/waiting               | There is no NetworkAttachmentDefinition of this name
            /changes                            | A recording is shown
            /changes?kind=&name=x               | A recording is shown
            /findings/U38/workloads             | Not found here
            /                                   | All 17 pools
            """)
    void everyPageSaysWhatIsSo(String path, String text) {
        assertThat(text(path)).contains(text).doesNotContain("??");
    }

    @Test
    void drawsEveryStateOfASmallPool() {
        var page = page("/pools/small");

        assertThat(cells(page, "allocated")).isEqualTo(1);
        assertThat(cells(page, "conflict"))
                .as("one of two Pods; who has the one that strangers answer for, nobody knows")
                .isEqualTo(1);
        assertThat(cells(page, "leaked")).isEqualTo(2);
        assertThat(cells(page, "gateway")).isEqualTo(1);
        assertThat(cells(page, "reserved"))
                .as("that others answer for it is why it is")
                .isEqualTo(1);
        assertThat(cells(page, "excluded")).isEqualTo(2);
        assertThat(cells(page, "free")).isEqualTo(3);
        assertThat(cells(page, "other"))
                .as("of 10.6.0.19-25, one is excluded here")
                .isEqualTo(6);
        assertThat(cells(page, "outside")).isEqualTo(256 - 17);
    }

    @Test
    void aBlockThatHasNothingButTheGatewayIsDrawnWhenItIsAskedFor() {
        assertThat(page("/pools/six-few"))
                .contains("<caption class=\"mono\">fd00:7::/120</caption>", "fd00:7::1:1")
                .doesNotContain("fd00:7::1:0/120");
        var asked = page("/pools/six-few?address=fd00:7::1:1");
        assertThat(asked).contains("fd00:7::/120", "<caption class=\"mono\">fd00:7::1:0/120</caption>");
        assertThat(cells(asked, "gateway")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"single, 1", "edge, 1", "zero, 2", "six-few, 16"})
    void drawsPoolsAtTheEdges(String pool, long free) {
        assertThat(cells(page("/pools/" + pool), "free")).isEqualTo(free);
    }

    @Test
    void sortsByPressureOrFreeAddresses() {
        assertThat(text("/pools?sort=pressure").indexOf(" full "))
                .isLessThan(text("/pools?sort=pressure").indexOf(" wide "));
        assertThat(text("/pools?sort=free").indexOf(" edge "))
                .isLessThan(text("/pools?sort=free").indexOf(" huge "));
    }

    /// What a browser sends of the form that goes to an address.
    private static MultiValueMap<String, String> filled(String page, String action) {
        int start = page.indexOf("action=\"" + action + "\"");
        assertThat(start).as("a form to %s in %s", action, page).isPositive();
        var form = new LinkedMultiValueMap<String, String>();
        INPUT.matcher(page.substring(start, page.indexOf("</form>", start)))
                .results()
                .forEach(input -> form.add(
                        Objects.requireNonNullElse(input.group(1), input.group(3)),
                        HtmlUtils.htmlUnescape(Stream.of(2, 4)
                                .map(input::group)
                                .filter(Objects::nonNull)
                                .findFirst()
                                .orElse(""))));
        // The client has a token of its own.
        form.remove("_csrf");
        return form;
    }

    @Test
    void leadsFromAFreeRangeToTheReviewOfItsExclusion() {
        var link = "/pools/small/edit?exclude=10.6.0.14-10.6.0.16";
        assertThat(page("/pools/small")).contains("href=\"" + link + "\"");

        assertThat(text(link)).contains("Filled in below: 10.6.0.14-10.6.0.16 in spec.excludeIPs");
        var form = filled(page(link), "/pools/small/review");
        assertThat(form.getFirst("field.spec.excludeIPs")).isEqualTo("10.6.0.18-10.6.0.19\n10.6.0.14-10.6.0.16");
        var review = FormClient.draft(port, "/pools/small/review", form);

        assertThat(review)
                .contains("Review: SpiderIPPool small")
                .containsPattern("(?s)spec\\.excludeIPs.{0,200}10\\.6\\.0\\.14-10\\.6\\.0\\.16");
    }

    /// The form, and what it says of the field.
    @ParameterizedTest(name = "{1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            small | <img src=x onerror=alert(1)> | not an address, nor two with a hyphen between them: '<img src=x onerror=alert(1)>'
            small | 10.6.0.0/24                  | not an address, nor two with a hyphen between them: '10.6.0.0/24'
            small | 10.6.0.16-10.6.0.14          | not an address, nor two with a hyphen between them: '10.6.0.16-10.6.0.14'
            small | 10.6.0.14,10.6.0.15          | not an address, nor two with a hyphen between them: '10.6.0.14,10.6.0.15'
            small | fd00::1                      | not among the addresses of this pool: fd00::1
            small | 10.6.0.16-10.6.0.21          | not among the addresses of this pool: 10.6.0.20-10.6.0.21
            small | 10.6.0.18                    | excluded already: 10.6.0.18
            six   | 10.6.0.14                    | not among the addresses of this pool: 10.6.0.14
            """)
    void refusesToExcludeWhatIsNotOfThePoolAndKeepsTheForm(String pool, String asked, String said) {
        var page = Clients.page(port, "/pools/{pool}/edit?exclude={asked}", pool, asked);

        assertThat(page).contains("aria-invalid=\"true\"").doesNotContain("<img src=x");
        int wrong = page.indexOf("-wrong\"><div>");
        assertThat(HtmlUtils.htmlUnescape(page.substring(wrong, page.indexOf("</label>", wrong))))
                .as("beside the field")
                .contains(said);
        assertThat(filled(page, "/pools/" + pool + "/review"))
                .isEqualTo(filled(page("/pools/" + pool + "/edit"), "/pools/" + pool + "/review"));
    }

    /// What a Kubernetes API would hardly accept as a name, and a bundle or an annotation may hold.
    private static final List<String> HOSTILE =
            List.of("<img src=x onerror=alert(1)>", "a\r\ndata: forged\n\n", "\u202egnp.exe", "x".repeat(253));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/pods",
                "/services",
                "/nodes/node1",
                "/pools",
                "/topology",
                "/topology?group=namespace",
                "/topology?view=table",
                "/reachability",
                "/findings",
                "/palette?q=10.30",
                "/setup",
                "/networks/access?ns=lab",
                "/trace"
            })
    void hostileNamesAreTextInPagesAndDrawings(String path) {
        assertThat(page(path)).doesNotContain("<img", "onerror=alert(1)>").contains("<main");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/pods/lab/{name}",
                "/pods/lab/{name}/routes",
                "/pods/lab/{name}/services",
                "/pods/lab/{name}/events",
                "/services/lab/{name}",
                "/pools?q={name}",
                "/topology?level=pod&id=lab/{name}",
                "/topology?sel=pod:lab/{name}",
                "/trace?from=lab/{name}&to=lab/{name}"
            })
    void hostileNamesHavePagesOfTheirOwn(String path) {
        // A line end in a path is refused before any page is asked for.
        for (var name : HOSTILE.stream().filter(each -> !each.contains("\n")).toList()) {
            var page = Clients.page(port, path, name, name);

            assertThat(page).as(name).doesNotContain("<img", "onerror=alert(1)>");
            assertThat(page).as(name).contains(name.replace("<", "&lt;").replace(">", "&gt;"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/pods", "/api/v1/services", "/api/v1/topology"})
    void hostileNamesAreTextInJson(String path) {
        var json = JsonMapper.builder().build().readTree(page(path));

        assertThat(json.findValuesAsString("name").stream()
                        .map(name -> name.substring(name.indexOf('/') + 1))
                        .toList())
                .containsAll(HOSTILE);
    }
}
