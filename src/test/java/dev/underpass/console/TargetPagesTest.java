package dev.underpass.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.Recordings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpStatus;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// Clients and targets as people name them, in the trace page and in the API.
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "management.server.port=0")
class TargetPagesTest {

    private static final String PODS = """
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: u2, namespace: other, uid: o-1}
            spec: {nodeName: node1}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: pending, namespace: other, uid: p-1}
            spec: {}
            ---
            apiVersion: v1
            kind: Pod
            metadata:
              name: shop-5d8f9c7b6-abcde
              namespace: lab
              uid: s-1
              labels: {pod-template-hash: 5d8f9c7b6}
              ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: shop-5d8f9c7b6, controller: true, uid: r-1}]
            spec: {nodeName: node1}
            """;

    @TempDir
    private static Path folder;

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void source(DynamicPropertyRegistry registry) throws IOException {
        Recordings.unpack("healthy", folder);
        Files.writeString(folder.resolve("healthy/resources/more.yaml"), TargetTextTest.SERVICES + PODS);
        registry.add("underpass.source", () -> "bundle:" + folder.resolve("healthy"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            from=u1&to=web                     | lab/u1    | lab/web 10.233.42.25:80
            from=pod:lab/u1&to=svc:lab/web:80  | lab/u1    | lab/web 10.233.42.25:80
            from=10.6.212.241&to=syslog        | lab/u1    | lab/syslog 10.233.42.77:514/udp
            from=lab/shop&to=kube-system/kube-dns:53/udp | lab/shop-5d8f9c7b6-abcde | kube-system/kube-dns 10.233.0.10:53/udp
            from=lab/u2&to=10.233.0.10:53      | lab/u2    | kube-system/kube-dns 10.233.0.10:53
            """)
    void areUnderstood(String query, String pod, String target) {
        var page = Clients.page(port, "/trace?" + query);

        assertThat(page).contains(">" + pod + "</a> → <span>" + target + "</span>");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            from=u2&to=web      | from: u2 names 2 Pods: lab/u2, other/u2
            from=u9&to=web      | There is no Pod u9.
            from=lab/sh&to=web  | There is no Pod lab/sh.
            from=10.9.9.9&to=web| There is no Pod 10.9.9.9.
            from=u1&to=web:81   | Service lab/web has no port 81, only 80/tcp.
            """)
    void orRefusedWithTheReason(String query, String why) {
        assertThat(Clients.page(port, "/trace?" + query)).contains(">" + why + "<");
    }

    @Test
    void aPodsLineSaysWhatIsNotKnownOfIt() {
        assertThat(Clients.page(port, "/pods/other/pending")).contains(">On no node yet, attached by ");
        assertThat(Clients.page(port, "/pods/lab/u1"))
                .containsPattern(
                        ">On node1, attached by macvlan; \\d+ of \\d+ Service ports unreachable, \\d+ undetermined<");
        assertThat(Clients.page(port, "/pods/lab/u1/services")).contains(">One Service port</span>");
    }

    /// Where a page says 514 over UDP, the trace that it leads to asks for that and not for TCP.
    @Test
    void linksKeepTheProtocol() {
        assertThat(Clients.page(port, "/pods/lab/u1/services")).contains("to=10.233.42.77:514/udp\"");
        assertThat(Clients.page(port, "/services/lab/syslog")).contains("to=10.233.42.77:514/udp\"");
        assertThat(Clients.page(port, "/trace?from=lab/u1&to=kube-system/kube-dns:53"))
                .contains("to=10.233.0.10:53/udp\"")
                .contains("value=\"kube-system/kube-dns:53/udp\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            service=kube-system/kube-dns&port=53              | 53  | TCP
            service=kube-system/kube-dns&port=53&protocol=UDP | 53  | UDP
            service=kube-system/kube-dns&protocol=tcp         | 53  | TCP
            service=lab/syslog                                | 514 | UDP
            address=10.233.0.10&port=53                       | 53  | TCP
            address=10.233.0.10&port=53&protocol=UDP          | 53  | UDP
            """)
    void theApiTakesTheProtocol(String query, int number, String protocol) {
        Clients.of(port)
                .get()
                .uri("/api/v1/trace?pod=lab/u1&" + query)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.to.port")
                .isEqualTo(number)
                .jsonPath("$.to.protocol")
                .isEqualTo(protocol);
    }

    @Test
    void aProtocolThatTheServicesPortDoesNotHaveIsNotFound() {
        Clients.of(port)
                .get()
                .uri("/api/v1/trace?pod=lab/u1&service=lab/syslog&port=514&protocol=TCP")
                .exchange()
                .expectStatus()
                .isEqualTo(HttpStatus.NOT_FOUND)
                .expectBody()
                .jsonPath("$.detail")
                .isEqualTo("Service lab/syslog has no port 514/tcp, only 514/udp.");
    }
}
