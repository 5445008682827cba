package dev.underpass.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.Recordings;
import dev.underpass.console.bundle.BundleException;
import dev.underpass.console.recordings.Written;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.util.HtmlUtils;
import org.springframework.web.util.UriUtils;

/// It worked before the Deployment was restarted: its Pod of now against its Pods of then, which had other names.
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "management.server.port=0")
class BeforeRestartTest {

    /// Not yet, so that no other recording is due.
    private static final Instant RECORDED = Instant.parse("2099-11-23T10:00:00Z");

    private static final String AT = "@" + Written.id(RECORDED);
    private static final String TRACE = "/trace?from=lab/shop-77c-new&to=lab/web:80&compare=";
    private static final String ROUTES = "/pods/lab/shop-77c-new/routes?only=problems&with=";
    private static final Pattern CHOICE = Pattern.compile("<li><a href=\"([^\"]+)\">(Compare with [^<]+)</a></li>");

    @TempDir
    private static Path folder;

    @LocalServerPort
    private int port;

    /// The same cluster before and after: `u1` is a Pod of the Deployment `shop`.
    @DynamicPropertySource
    static void source(DynamicPropertyRegistry registry) throws IOException, BundleException {
        var then = restarted("healthy", "shop-5d8-old", "5d8");
        Files.writeString(
                then.resolve("resources/more.yaml"),
                pod("lab", "shop-5d8-b", "Deployment", "node2")
                        + pod("lab", "shop-5d8-c", "Deployment", "node1")
                        + pod("lab", "shop-5d8-d", "Deployment", "node2")
                        + pod("lab", "shop-5d8-e", "Deployment", "node2")
                        + pod("lab", "shop-5d8-f", "Deployment", "node2")
                        + pod("other", "shop-5d8-g", "Deployment", "node1")
                        + pod("lab", "etcd-old", "Node", "node1"));
        var recordings = Files.createDirectory(folder.resolve("recordings"));
        Written.put(recordings, RECORDED, then);
        var now = restarted("hijack-route-deleted", "shop-77c-new", "77c");
        Files.writeString(now.resolve("resources/more.yaml"), pod("lab", "etcd-new", "Node", "node1"));
        registry.add("underpass.source", () -> "bundle:" + now);
        registry.add("underpass.recordings.directory", recordings::toString);
    }

    private static Path restarted(String bundle, String name, String hash) throws IOException {
        Recordings.unpack(bundle, folder);
        var place = folder.resolve(bundle);
        var owner = "{\"kind\": \"ReplicaSet\", \"name\": \"shop-" + hash + "\", \"controller\": true}";
        var named = "\"name\": \"" + name + "\"";
        var owned = named + ", \"ownerReferences\": [" + owner + "]";
        var labelled = "\"app\": \"u1\", \"pod-template-hash\": \"" + hash + "\"";
        replace(place.resolve("reports/node1.json"), "\"name\": \"u1\"", named);
        replace(place.resolve("resources/cluster.json"), "\"name\": \"u1\"", owned);
        replace(place.resolve("resources/cluster.json"), "\"app\": \"u1\"", labelled);
        return place;
    }

    private static void replace(Path file, String is, String becomes) throws IOException {
        var text = Files.readString(file);
        assertThat(text).contains(is);
        Files.writeString(file, text.replace(is, becomes));
    }

    /// @param owner `Deployment` for `shop`, or `Node` for a static Pod
    private static String pod(String namespace, String name, String owner, String node) {
        var controller = owner.equals("Node") ? "kind: Node, name: " + node : "kind: ReplicaSet, name: shop-5d8";
        return """
                ---
                apiVersion: v1
                kind: Pod
                metadata:
                  name: %s
                  namespace: %s
                  uid: %s
                  labels: {pod-template-hash: 5d8}
                  ownerReferences: [{%s, controller: true}]
                spec: {nodeName: %s}
                """.formatted(name, namespace, name, controller, node);
    }

    /// What is offered, each with where it leads.
    private static Map<String, String> offered(String page) {
        var offered = new LinkedHashMap<String, String>();
        for (var found : CHOICE.matcher(page).results().toList()) {
            offered.put(
                    found.group(2), UriUtils.decode(HtmlUtils.htmlUnescape(found.group(1)), StandardCharsets.UTF_8));
        }
        return offered;
    }

    @ParameterizedTest
    @ValueSource(strings = {TRACE, ROUTES})
    void whereThePodIsNotThoseOfItsWorkloadAreOfferedTheSameNodesFirst(String address) {
        for (var asked : List.of("", "lab/shop-77c-new")) {
            var page = Clients.page(port, address + asked + AT);

            assertThat(page)
                    .contains(
                            "At 2099-11-23T10:00:00Z: There is no Pod lab/shop-77c-new.",
                            "the Pods of Deployment shop new names");
            assertThat(offered(page).keySet())
                    .containsExactly(
                            "Compare with lab/shop-5d8-c, on the same node",
                            "Compare with lab/shop-5d8-old, on the same node",
                            "Compare with lab/shop-5d8-b",
                            "Compare with lab/shop-5d8-d",
                            "Compare with lab/shop-5d8-e");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /trace?from=lab/shop-77c-new&to=lab/web:80&compare= | They part here
            /pods/lab/shop-77c-new/routes?only=problems&with=   | 1 line differs.
            """)
    void whatIsChosenIsCompared(String address, String difference) {
        var where = Objects.requireNonNull(
                offered(Clients.page(port, address + AT)).get("Compare with lab/shop-5d8-old, on the same node"));

        assertThat(where).startsWith(address.substring(0, address.indexOf('?')));
        assertThat(Clients.page(port, where.replaceFirst("#.*", "")))
                .contains("lab/shop-77c-new beside lab/shop-5d8-old at 2099-11-23T10:00:00Z", difference);
    }

    @Test
    void itIsOfferedInTheReadersLanguage() {
        for (var address : List.of(TRACE, ROUTES)) {
            var page = Clients.of(port)
                    .get()
                    .uri(address + AT)
                    .header("Accept", "text/html")
                    .header("Accept-Language", "zh-CN")
                    .exchange()
                    .expectBody(String.class)
                    .returnResult()
                    .getResponseBody();

            assertThat(page).contains("重启会改变 Deployment shop 的 Pod 的名称", "与 lab/shop-5d8-old 比较（同一节点）");
        }
    }

    /// A Pod that nobody knows, one that is there, one of now, and static Pods, whose node is no workload.
    @ParameterizedTest
    @ValueSource(
            strings = {
                TRACE + "lab/nobody@",
                TRACE + "lab/u2@",
                TRACE + "lab/nobody",
                ROUTES + "lab/nobody@",
                ROUTES + "lab/u2@",
                ROUTES + "lab/nobody",
                "/pods/lab/etcd-new/routes?with=@"
            })
    void nothingIsOfferedElse(String address) {
        var recorded = address.endsWith("@") ? address.replaceFirst("@$", AT) : address;

        assertThat(Clients.page(port, recorded)).contains("lab/").doesNotContain("Compare with lab/", "id=\"instead\"");
    }
}
