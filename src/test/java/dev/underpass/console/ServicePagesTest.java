package dev.underpass.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.Recordings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import tools.jackson.databind.json.JsonMapper;

/// What a Service's page says of it beside the verdicts on single Pods.
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "management.server.port=0")
class ServicePagesTest {

    private static final String MORE = """
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: front, namespace: lab, creationTimestamp: "2026-11-01T08:00:00Z"}
            spec:
              type: NodePort
              clusterIP: 10.233.42.70
              clusterIPs: [10.233.42.70]
              externalTrafficPolicy: Local
              sessionAffinity: ClientIP
              publishNotReadyAddresses: true
              selector: {app: front, tier: web}
              ports:
              - {name: http, port: 80, targetPort: "<i>web", nodePort: 30080, protocol: TCP}
              - {name: dns, port: 53, targetPort: 5353, nodePort: 30053, protocol: UDP}
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: front-a, namespace: lab, labels: {kubernetes.io/service-name: front}}
            addressType: IPv4
            ports:
            - {name: http, port: 8080, protocol: TCP}
            endpoints:
            - addresses: [10.6.212.241]
              conditions: {ready: true, serving: true, terminating: false}
              nodeName: node1
              targetRef: {kind: Pod, name: u1, namespace: lab}
            - addresses: [10.6.9.1]
              conditions: {ready: false, serving: false, terminating: false}
            - addresses: [10.6.9.2]
              conditions: {ready: false, serving: true, terminating: true}
              targetRef: {kind: Pod, name: gone, namespace: lab}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: nobody, namespace: lab}
            spec: {clusterIP: 10.233.42.71, clusterIPs: [10.233.42.71], selector: {app: nobody}, ports: [{port: 80}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: elsewhere, namespace: lab}
            spec: {type: ExternalName, externalName: example.org}
            """;

    @TempDir
    private static Path folder;

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void source(DynamicPropertyRegistry registry) throws IOException {
        Recordings.unpack("hijack-route-deleted", folder);
        Files.writeString(folder.resolve("hijack-route-deleted/resources/more.yaml"), MORE);
        registry.add("underpass.source", () -> "bundle:" + folder.resolve("hijack-route-deleted"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            front     | Type NodePort ClusterIP 10.233.42.70
            front     | externalTrafficPolicy Local
            front     | sessionAffinity ClientIP
            front     | publishNotReadyAddresses true
            front     | Selector app=front,tier=web
            front     | Created 2026-11-01T08:00:00Z
            front     | 80/TCP http &lt;i&gt;web 30080 1 of 3
            front     | 53/UDP dns 5353 30053 0 of 0
            front     | 3 of 3 addresses, those that take no new connections first
            front     | 10.6.212.241 8080/TCP lab/u1 macvlan node1 ready
            front     | 10.6.9.1 8080/TCP no Pod named – – not ready
            front     | 10.6.9.2 8080/TCP lab/gone – – terminating, still serving
            nobody    | Pods of its namespace with the labels app=nobody: 0.
            noep      | whoever manages its EndpointSlices has written none
            elsewhere | None (headless)
            elsewhere | No ports There is nothing to connect to
            """)
    void saysWhatItIsAndWhatIsBehindIt(String service, String words) {
        var page = words("/services/lab/" + service);

        assertThat(page).contains(words);
    }

    @Test
    void ofAClusterIpNoPolicyForWhoComesFromOutsideIsTold() {
        assertThat(words("/services/lab/web"))
                .contains("internalTrafficPolicy")
                .doesNotContain("externalTrafficPolicy");
    }

    private String words(String path) {
        return Clients.page(port, path)
                .replaceAll("(?s)<script.*?</script>", " ")
                .replaceAll("<[^>]*>", " ")
                .replaceAll("\\s+", " ");
    }

    @Test
    void aClassLeadsToItsCellAndToATraceOfItsWorst() {
        var page = Clients.page(port, "/services/lab/web");

        var row = page.substring(page.indexOf("Which classes of Pods reach it"));
        assertThat(row).contains(">U22</a>", "/trace?from=lab/u1&amp;to=10.233.42.25:80", "Trace from lab/u1");
        var cell = row.replaceAll("(?s).*?href=\"(/reachability/[^\"]+)\".*", "$1");
        assertThat(Clients.page(port, cell)).contains("lab/u1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"web", "under-n1", "noep", "front", "local-n2"})
    void itsSumsAreThoseOfTheApi(String service) {
        var page = words("/services/lab/" + service);
        var counts = JsonMapper.shared()
                .readTree(Clients.page(port, "/api/v1/services/lab/" + service))
                .path("reachability");

        for (var fold : new String[] {"reachable", "unreachable", "undetermined"}) {
            long count = counts.path(fold).asLong();
            var verdict = Character.toUpperCase(fold.charAt(0)) + fold.substring(1);
            var told = verdict + " " + (count == 1 ? "one connection" : count + " connections");
            assertThat(page.contains(told)).as("%s of %s", told, service).isEqualTo(count > 0);
        }
    }

    @Test
    void ofAClassTheWorstIsTold() {
        var rows = words("/services/lab/local-n2").split("Which classes of Pods reach it", -1)[1];
        var mixed = Pattern.compile("([✓✗?]) (?:(?![✓✗?]).)*Trace from \\S+ ([1-9]\\d*) ([1-9]\\d*) 0 ")
                .matcher(rows)
                .results()
                .map(row -> row.group(1))
                .toList();

        assertThat(mixed).isNotEmpty().containsOnly("✗");
    }
}
