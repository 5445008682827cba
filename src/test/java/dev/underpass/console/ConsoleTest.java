package dev.underpass.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.Recordings;
import dev.underpass.diagnosis.Code;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.BodyInserters;

/// The console over a recorded cluster, asked as a browser and as a script would.
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "management.server.port=0")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleTest {

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
            /                                     | A route to the node is missing in the Pod
            /pods                                 | 8 of 8 Pods
            /pods?q=verdict:unreachable ns:lab -node:node2 | lab/u1
            /pods?q=nobody                        | The filter hides all 8 Pods.
            /pods/lab/u1                          | Differences from the plan
            /findings/U01                         | Not found here
            /pods/lab/u1/routes                   | - MISSING
            /pods/lab/u1/routes?only=problems     | - MISSING
            /pods/lab/u1/routes                   | # ip route show table main
            /pods/lab/u1/routes?dst=10.233.42.26  | default via 10.6.0.1 dev eth0
            /pods/lab/u1/routes?dst=nonsense      | not an IP address
            /pods/lab/u1/services                 | the gateway has no route to the Service address
            /pods/lab/u1/interfaces               | macvlan mode bridge
            /pods/lab/u1/interfaces               | Of a Pod, up to 120 s older: listening sockets
            /nodes/node1                          | Of a node, up to 60 s older: sysctls
            /trace?from=lab/u2&to=lab/web         | listening sockets in Pod lab/b2, which an agent may have read up to 120 s before
            /pods/lab/u1/events                   | 2026-11-23T09:23:25Z
            /pods/lab/u1/events                   | changes of the configuration are seen only in a cluster
            /pods/lab/u1/yaml                     | v1.multus-cni.io/default-network: kube-system/macvlan-conf
            /services                             | lab/web-n1
            /services/lab/web                     | Unreachable
            /services/lab/web                     | 10.233.42.25:80
            /trace?from=lab/u1&to=lab/web         | No agent of node1 takes commands now.
            /trace?from=lab/u1&to=lab/web&probe=x | That probe is forgotten
            /coordinator/default/edit             | for the Pods of today:
            /coordinator/default/edit             | steered to the node besides, by the status:
            /networks/new                         | SpiderCoordinator default
            /nodes                                | node1
            /nodes/node1                          | iptables
            /nodes/node1                          | eth0@
            /nodes/node1                          | Table 500
            /nodes/node1                          | from all lookup 500
            /nodes/node1                          | 10.6.212.241 dev
            /findings                             | U22
            /findings?severity=info               | of 4 findings
            /findings?q=severity:info             | of 4 findings
            /findings?q=kind:nonsense             | kind:nonsense: this value is not understood. Possible are fault, limitation.
            /findings?q=node:node1 -node:node1    | The filter hides all 4 findings.
            /services?q=verdict:unreachable       | of 9 Services
            /services?q=port:443                  | 1 of 9 Services
            /services?q=ip:10.233.42.0/24         | lab/web
            /services?q=ip:10.233.42.9/24         | Possible are 10.6.212, 10.6.0.0/16, fd00::/64.
            /services?q=nobody                    | The filter hides all 9 Services.
            /nodes?q=report:recorded -node2       | 1 of 2 nodes
            /nodes?q=proxy:ipvs                   | The filter hides all 2 nodes.
            /nodes?q=age:>10                      | Possible are &gt;10m, &lt;90s.
            /nodes?q=ip:                          | ip:: a value is missing after the colon.
            /networks?q=coordinator:yes           | macvlan
            /networks?q=zone:a                    | zone:a: there is no such key.
            /pools?q=family:ipv6 is:full          | The filter hides all
            /pools?q=pressure:<100&sort=name      | of
            /pools?q=pool:x                       | <mark>pool:x</mark>
            /changes?q=what:gone                  | Possible are added, edited, removed.
            /pods?q=ip:10.6.0.0/16                | of 8 Pods
            /pods?q=ns:lab <x>:y u1               | <mark>&lt;x&gt;:y</mark>
            /findings?q=zzz                       | The filter hides all 4 findings.
            /findings/U22                         | In this cluster
            /reachability                         | 10.233.0.0/18
            /reachability?row=1                   | Choose two rows; 1 chosen.
            /trace                                | Nothing asked yet
            /trace?from=lab/u2&to=lab/web:80      | -j DNAT --to-destination
            /trace?from=lab/u1&to=lab/web         | 10.233.0.0/18 via 10.6.212.101 dev veth0
            /trace?from=lab/u1&to=lab/web&compare=lab/u2 | They part here:
            /trace?from=lab/u1&to=lab/web&compare=lab/nobody | There is no Pod lab/nobody.
            /trace?from=lab/u1&to=lab/web         | ip route get 10.233.42.25
            /trace?from=lab/u1&to=lab/web&hop=2   | <dt>Packet afterwards</dt>
            /trace?from=lab/u1&to=lab/web&hop=2   | <code>ip route</code>
            /trace?from=lab/u2&to=lab/web:80&dir=reply | <dt>Packet afterwards</dt>
            /trace?from=lab/u2&to=lab/web:80      | assumed
            /trace?from=lab/u2&to=lab/web&backend=10.6.212.242:8080 | Take it with you
            /trace?from=lab/u2&to=lab/web         | <span>src of the route</span> <code>10.233.0.0/18 via
            /trace?from=lab/u2&to=lab/web         | <ul class="passed" aria-label="Rules that were tried before
            /trace?from=lab/u1&to=lab/web         | <code>- 10.233.0.0/18 via 10.6.212.101 dev veth0 src 10.6.212.241</code> <strong>MISSING</strong> <span>would decide here; expected because of SpiderCoordinator default status.serviceCIDR</span>
            /trace?from=lab/u2&to=lab/web         | <li class="runner_up"><span>runner-up:</span> <code>default via 10.6.0.1 dev eth0</code></li>
            /trace?from=lab/u2&to=lab/web         | <code>veth0 mtu 1500 state UP</code>
            /trace?from=lab/nobody&to=lab/web     | There is no Pod lab/nobody.
            /trace?from=lab/u1&to=10.0.0.1        | neither NAMESPACE/SERVICE
            /trace?from=x&to=y                    | There is no Pod x.
            /trace?from=lab/u1&to=lab/web:99      | Service lab/web has no port 99, only 80/tcp.
            """)
    void everyPageSaysWhatItIsFor(String path, String text) {
        assertThat(page(path))
                .contains(text.replace("'", "&#39;"))
                .contains("<main")
                .doesNotContain("??");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(textBlock = """
            /,                 Diagnose
            /pods?q=ns:lab,    Inspect
            /pods/lab/u1,      Inspect › Pods
            /trace,            Diagnose
            /findings/U22,     Diagnose › Findings
            /topology,         Inspect › Topology
            /pools,            Configure
            /pools/new,        Configure › IP pools
            /pools/v4-10-6/edit, Configure › IP pools › v4-10-6
            /networks/kube-system/macvlan-conf/edit, Configure › Networks › kube-system/macvlan-conf
            /coordinator/default/edit, Configure › Coordinator
            /reservedips/new,  Configure › IP pools › Reserved addresses
            /changes,          History
            /settings,         Console
            /setup,            Console
            /palette?q=lab,    Overview
            """)
    void everyPageSaysWhereItIsAndOffersItsAddress(String path, String crumbs) {
        var page = page(path);
        var nav = page.replaceFirst("(?s).*<nav class=\"crumbs\"[^>]*>(.*?)</nav>.*", "$1");

        assertThat(nav.replaceAll("<[^>]*>", "").strip()).isEqualTo(crumbs);
        assertThat(page).contains("id=\"copy-link\" data-scripted data-copy=\"\"");
    }

    @Test
    void aTraceUnfoldsItsFirstWayAndNoOtherThatWorks() {
        var ways = page("/trace?from=lab/u2&to=lab/web:80").split("<details class=\"way\"", -1);

        assertThat(ways).hasSizeGreaterThan(2);
        assertThat(ways[1]).startsWith(" open=\"open\">");
        assertThat(ways).filteredOn(each -> each.startsWith(">")).hasSize(ways.length - 2);
    }

    @Test
    void aPageThatIsNotThereLeadsBackToTheOverview() {
        var page = new String(
                Objects.requireNonNull(get("/nowhere")
                        .expectStatus()
                        .isNotFound()
                        .expectBody()
                        .returnResult()
                        .getResponseBody()),
                StandardCharsets.UTF_8);

        assertThat(page).containsPattern("<nav class=\"crumbs\"[^>]*><a href=\"/\">Overview</a></nav>");
    }

    @Test
    void aKeptTraceIsShownUnderItsOwnAddress() {
        var where = FormClient.of(port)
                .post()
                .uri("/trace/keep")
                .body(BodyInserters.fromFormData("from", "lab/u1").with("to", "lab/web"))
                .exchange()
                .expectStatus()
                .isSeeOther()
                .returnResult(String.class)
                .getResponseHeaders()
                .getLocation();

        assertThat(page(String.valueOf(where)))
                .contains("Kept on ")
                .contains("Ask again now")
                .doesNotContain("Keep this answer");
    }

    @Test
    void aCellOfTheMatrixHasAPageOfItsOwn() {
        var cell = Pattern.compile("/reachability/[0-9a-f]{12}/[0-9a-f]{12}").matcher(page("/reachability"));
        assertThat(cell.find()).isTrue();

        assertThat(page(cell.group()))
                .contains("lab/u1", "U22", "/trace?from=lab/u1", "Download as CSV")
                .doesNotContain("??");
        assertThat(page(cell.group() + "?format=csv"))
                .startsWith("pod,reachable,unreachable,undetermined,worst,code,summary\r\n\"lab/u1\",");
    }

    @Test
    void twoRowsOfTheMatrixAreComparedByTheirLines() {
        var ids = Pattern.compile("name=\"row\" value=\"([0-9a-f]{12})\"")
                .matcher(page("/reachability"))
                .results()
                .map(match -> match.group(1))
                .toList();

        assertThat(page("/reachability?row={a}&row={b}", ids.getFirst(), ids.get(1)))
                .contains("What the two rows do not have in common");
    }

    @ParameterizedTest(name = "{0} says {1}")
    @CsvSource(delimiter = '|', textBlock = """
            /trace?from=lab/u1&to=lab/web         | 到 lab/web 10.233.42.25:80 的数据包在 网关 丢失
            /trace?from=lab/u1&to=lab/web&compare=lab/u2 | 网关没有通往 Service 地址 10.233.42.25 的路由
            /trace?from=lab/u1&to=lab/web         | <strong>缺失</strong> <span>本应在此决定；依据 SpiderCoordinator default status.serviceCIDR 应当存在</span>
            /trace?from=lab/u2&to=lab/web         | <span>次选：</span> <code>default via 10.6.0.1 dev eth0</code>
            /trace?from=lab/nobody&to=lab/web     | 没有 Pod lab/nobody。
            /trace?from=lab/u1&to=10.0.0.1        | to：既不是 NAMESPACE/SERVICE
            /pods/lab/u1                          | 依据 SpiderCoordinator default
            /pods/lab/u1/routes?dst=10.233.42.26  | 不匹配
            /pods/lab/u1/services                 | 网关没有通往 Service 地址
            /services/lab/web                     | 原因：缺失：10.233.0.0/18
            /findings/U22                         | 缺失：10.233.0.0/18
            """)
    void theCoresSentencesAreChineseOnChinesePages(String path, String text) {
        var page = Clients.of(port)
                .get()
                .uri(path)
                .header("Accept-Language", "zh-CN")
                .exchange()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();

        assertThat(Objects.requireNonNull(page).replaceAll("(?s)<pre id=\"trace-(text|markdown)\".*?</pre>", ""))
                .contains(text)
                .doesNotContain("the gateway has no route", "expected because of", "are lost at", "There is no");
    }

    @Test
    void pagesCarryTheSecurityHeaders() {
        get("/").expectHeader()
                .valueEquals("Content-Security-Policy", SecurityHeaders.CONTENT_SECURITY_POLICY)
                .expectHeader()
                .valueEquals("X-Content-Type-Options", "nosniff")
                .expectHeader()
                .valueEquals("Referrer-Policy", "same-origin")
                .expectHeader()
                .valueMatches("Vary", ".*HX-Request, HX-Request-Type, Accept-Language.*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "a\r\nSet-Cookie: x=1"})
    void hostileTextIsShownAndNeverRun(String text) {
        for (var path : List.of("/pods?q={text}", "/trace?from={text}&to={text}", "/findings?q={text}")) {
            assertThat(page(path, text, text)).doesNotContain("<script>alert").doesNotContain("<img src=x");
        }
        assertThat(page("/pods/lab/u1/routes?dst={text}", text)).doesNotContain("<script>alert");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            /pods/lab/nobody            | 404
            /pods/%20/x                 | 404
            /services/lab/nothing       | 404
            /nodes/none                 | 404
            /findings/U99               | 404
            /nowhere                    | 404
            /reachability/gone/gone     | 404
            /reachability?row=a&row=b   | 404
            /assets/nothing.js          | 404
            /pods?page=0                | 400
            /pods?page=-3               | 400
            /pods?page=x                | 400
            /pods?page=99999999999      | 400
            """)
    void errorsArePagesInTheSameLayout(String path, int status) {
        var body = get(path)
                .expectStatus()
                .isEqualTo(status)
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();

        assertThat(body).contains("role=\"alert\"", "<main").doesNotContain("Exception");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/pods?page={text}", "/pods?page=1&sort={text}"})
    void anErrorShowsWhatNobodyWouldSee(String path) {
        var body = get(path, "x\u0000y\u0085z\u202e")
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();

        assertThat(body).contains("x\u2400y\\u0085z\\u202e").doesNotContain("\u0000", "\u0085", "\u202e");
    }

    @Test
    void aQueryThatIsNotUnderstoodShowsWhatNobodyWouldSee() {
        assertThat(page("/findings?severity={text}", "x\u0000y\u0085z\u202e"))
                .contains("<mark>severity:x\u2400y\\u0085z\\u202e</mark>");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            /api/v1/overview                        | $.pairs.unreachable
            /api/v1/nodes                           | $.items[0].kubeProxyMode
            /api/v1/nodes/node1                     | $.findings
            /api/v1/pods?namespace=lab&attachment=macvlan | $.items[0].reachability.unreachable
            /api/v1/pods?disposition=wrong_nic      | $.items[0].name
            /api/v1/pods/lab/u1                     | $.settings[0].source
            /api/v1/pods/lab/u1/routes              | $.tables.main[0].text
            /api/v1/pods/lab/u1/routes              | $.drift[0].code
            /api/v1/pods/lab/u1/reachability        | $.items[0].clusterIP
            /api/v1/matrix                          | $.rows[0].pods
            /api/v1/matrix                          | $.cells[0].example.summary
            /api/v1/matrix                          | $.pairs.service.unreachable
            /api/v1/services                        | $.items[0].backends
            /api/v1/services/lab/web                | $.classes[0].attachment
            /api/v1/findings?code=u22               | $.items[0].affected.pods[0]
            /api/v1/trace?pod=lab/u2&service=lab/web&port=80 | $.paths[1].forward[0].packet.src
            /api/v1/trace?pod=lab/u1&address=10.6.212.101&port=9000 | $.disposition
            /api/v1/trace?pod=lab/o1&service=lab/web&fromAddress=10.6.212.227 | $.code
            /v3/api-docs                            | $.openapi
            """)
    void theApiAnswersAsTheContractSays(String path, String place) {
        get(path).expectStatus().isOk().expectBody().jsonPath(place).exists();
    }

    @Test
    void aSocketBoundToTheUnderlayAddressIsTold() {
        get("/api/v1/trace?pod=lab/o1&service=lab/web-n1&fromAddress=10.6.212.227")
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("U31");
    }

    @Test
    void listsComeInParts() {
        get("/api/v1/pods?limit=3")
                .expectBody()
                .jsonPath("$.items.length()")
                .isEqualTo(3)
                .jsonPath("$.total")
                .isEqualTo(8)
                .jsonPath("$.continue")
                .isEqualTo("3");
        get("/api/v1/pods?limit=3&continue=6")
                .expectBody()
                .jsonPath("$.items.length()")
                .isEqualTo(2)
                .jsonPath("$.continue")
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            /api/v1/pods?limit=-1                           | 400 | limit
            /api/v1/pods?limit=x                            | 400 | limit
            /api/v1/pods?continue=zzz                       | 400 | continue
            /api/v1/pods?q=foo:bar                          | 400 | q
            /api/v1/pods?disposition=awful                  | 400 | q
            /api/v1/trace                                   | 400 | pod
            /api/v1/trace?pod=lab/u1                        | 400 | service
            /api/v1/trace?pod=lab&service=lab/web           | 400 | pod
            /api/v1/trace?pod=lab/u1&address=1.2.3&port=80  | 400 | address
            /api/v1/trace?pod=lab/u1&address=1.2.3.4        | 400 | port
            /api/v1/trace?pod=lab/u1&address=1.2.3.4&port=80&protocol=ICMP | 400 | protocol
            /api/v1/findings?severity=awful                 | 400 | severity
            """)
    void invalidInputIsAProblemThatNamesTheField(String path, int status, String field) {
        get(path)
                .expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("https://underpass.dev/problems/invalid-input")
                .jsonPath("$.errors[0].field")
                .isEqualTo(field)
                .jsonPath("$.errors[0].message")
                .exists();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/pods/lab/nobody",
                "/api/v1/nodes/none",
                "/api/v1/services/lab/nothing",
                "/api/v1/nowhere",
                "/api/v1/trace?pod=lab/nobody&service=lab/web",
                "/api/v1/trace?pod=lab/u1&service=lab/nothing"
            })
    void whatIsNotThereIsAProblemToo(String path) {
        get(path)
                .expectStatus()
                .isNotFound()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("https://underpass.dev/problems/not-found");
    }

    @ParameterizedTest
    @EnumSource(Code.class)
    void everyCodeHasItsHelpPage(Code code) {
        assertThat(page("/findings/" + code.name()))
                .contains("How it looks", "How we know", "What to do", "Check by hand");
    }
}
