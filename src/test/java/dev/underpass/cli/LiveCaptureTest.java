package dev.underpass.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.underpass.Judgement;
import dev.underpass.Recordings;
import dev.underpass.console.ConsoleApplication;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.bundle.BundleContents;
import dev.underpass.console.bundle.BundleException;
import dev.underpass.console.bundle.BundleReader;
import dev.underpass.console.objects.Kinds;
import dev.underpass.coordinator.DriftItem;
import dev.underpass.diagnosis.Analysis;
import dev.underpass.kubeapi.FakeKubeApi;
import dev.underpass.net.IpPrefix;
import dev.underpass.report.ReportWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.node.ObjectNode;

/// `capture` of a live cluster, with the console that its agents report to.
@Tag("kube-api")
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "underpass.source=kubernetes",
            "underpass.agents.auth=loopback",
            "underpass.cluster=prod"
        })
class LiveCaptureTest {

    private static final FakeKubeApi API = new FakeKubeApi();
    private static final BundleContents RECORDED = recorded();
    private static final Path KUBECONFIG = started();

    @LocalServerPort
    private int port;

    @Autowired
    private CurrentAnalysis current;

    @TempDir
    private Path folder;

    private static BundleContents recorded() {
        try {
            return BundleReader.contents(Recordings.path("stale-service-cidr"));
        } catch (BundleException e) {
            throw new AssertionError(e);
        }
    }

    private static Path started() {
        API.start();
        RECORDED.resources().values().forEach(list -> list.forEach(object -> API.load(List.of((ObjectNode) object))));
        API.load("""
                {"kind": "SpiderIPPool", "apiVersion": "spiderpool.spidernet.io/v2beta1", "metadata": {"name": "bad"},
                 "spec": {"subnet": "10.6<b>", "ips": ["10.6.0.9"]}}
                """);
        API.load("""
                {"kind": "Pod", "apiVersion": "v1",
                 "metadata": {"name": "vault", "namespace": "shop", "annotations": {"token": "hunter2",
                   "kubectl.kubernetes.io/last-applied-configuration": "{'x': 'hunter2'}"},
                   "managedFields": [{"manager": "hunter2"}]},
                 "spec": {"volumes": [{"name": "v", "secret": {"secretName": "hunter2"}}],
                   "containers": [{"name": "c", "image": "i", "args": ["--token=hunter2"],
                     "env": [{"name": "PASSWORD", "value": "hunter2"}]}]}}
                """);
        API.load("""
                {"kind": "ConfigMap", "apiVersion": "v1", "metadata": {"name": "app", "namespace": "shop"},
                 "data": {"password": "hunter2"}}
                """);
        API.load("""
                {"kind": "ConfigMap", "apiVersion": "v1", "metadata": {"name": "kubeadm-config", "namespace": "kube-system"},
                 "data": {"other": "hunter2", "ClusterConfiguration":
                   "networking: {podSubnet: 10.233.64.0/18, serviceSubnet: 10.233.0.0/18}\\ncertificateKey: hunter2\\n"}}
                """);
        API.deny("list", Kinds.NETWORK_POLICY.plural());
        API.withdraw(Kinds.CILIUM_NODE.resource());
        return API.kubeconfig();
    }

    @DynamicPropertySource
    static void source(DynamicPropertyRegistry registry) {
        registry.add("underpass.kubernetes.kubeconfig", KUBECONFIG::toString);
    }

    @AfterAll
    static void stop() {
        API.close();
    }

    @BeforeEach
    void reported() {
        for (var report : RECORDED.reports().values()) {
            var json = new ByteArrayOutputStream();
            ReportWriter.write(report, json);
            WebTestClient.bindToServer()
                    .baseUrl(console())
                    .build()
                    .put()
                    .uri("/api/v1/nodes/{node}/report", report.node())
                    .header("Content-Type", "application/json")
                    .bodyValue(json.toByteArray())
                    .exchange();
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            var snapshot = live().snapshot();
            return snapshot.reports().size() == RECORDED.reports().size()
                    && !snapshot.services().isEmpty()
                    && !snapshot.spiderpool().ipPools().isEmpty()
                    && current.resourceStates().stream()
                            .noneMatch(state -> state.status().name().equals("STARTING"));
        });
    }

    private String console() {
        return "http://127.0.0.1:" + port;
    }

    private Analysis live() {
        return Objects.requireNonNull(current.current().block()).analysis();
    }

    private static Analysis reopened(Path bundle) throws BundleException {
        return Analysis.of(BundleReader.read(bundle));
    }

    private CommandRun capture(Path to, String... more) {
        var arguments = new ArrayList<>(List.of("capture", to.toString(), "--kubeconfig", KUBECONFIG.toString()));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    @Test
    void showsTheSameAnalysisWhenItIsReopened() throws BundleException {
        var bundle = folder.resolve("bundle");

        var run = capture(bundle, "--console", console());

        assertThat(run.err()).contains("networkpolicies.networking.k8s.io", "ciliumnodes.cilium.io", "bad is left out");
        assertThat(run.status()).isZero();
        var reopened = reopened(bundle);
        assertThat(reopened.snapshot().unobserved())
                .containsExactly("networkpolicies.networking.k8s.io")
                .isEqualTo(live().snapshot().unobserved());
        assertThat(Judgement.of(reopened)).isEqualTo(Judgement.of(live()));
        assertThat(Judgement.of(reopened).verdicts().values())
                .anyMatch(said -> said.disposition().equals("WRONG_NIC"));
    }

    @Test
    void holdsNoSecretNorAnythingElseThatIsNoneOfItsBusiness() throws IOException {
        var bundle = folder.resolve("bundle");
        API.load("""
                {"kind": "Secret", "apiVersion": "v1", "metadata": {"name": "hunter2", "namespace": "shop"},
                 "stringData": {"password": "hunter2"}}
                """);

        assertThat(capture(bundle).status()).isZero();

        try (var files = Files.walk(bundle)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file))
                        .as(file.toString())
                        .doesNotContain("hunter2", "managedFields", "last-applied", "Secret");
            }
        }
        assertThat(API.asked("/api/v1/secrets")).isZero();
    }

    @Test
    void saysThatABundleWithoutReportsDecidesLittle() throws BundleException {
        var bundle = folder.resolve("bundle");

        var run = capture(bundle);

        assertThat(run.status()).isZero();
        assertThat(run.err()).contains("no reports").contains("--console URL");
        assertThat(reopened(bundle).snapshot().reports()).isEmpty();
    }

    @Test
    void endsWithTwoAndWritesNothingWhenTheConsoleDoesNotAnswer() {
        var bundle = folder.resolve("bundle");

        var run = capture(bundle, "--console", "http://127.0.0.1:1");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("http://127.0.0.1:1/api/v1/nodes/node1/report: cannot be read");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void redactsWhatItReadsOfTheLiveCluster() throws BundleException {
        var bundle = folder.resolve("bundle");

        var run = capture(bundle, "--console", console(), "--redact");

        assertThat(run.status()).isZero();
        assertThat(nameless(reopened(bundle))).isEqualTo(nameless(live()));
    }

    @Test
    void isMadeByTheConsoleAsWell() throws IOException, BundleException {
        var bundle = downloaded("");

        var reopened = reopened(bundle);
        assertThat(reopened.snapshot().name()).isEqualTo("prod");
        assertThat(reopened.snapshot().unobserved())
                .containsExactly("networkpolicies.networking.k8s.io")
                .isEqualTo(live().snapshot().unobserved());
        assertThat(Judgement.of(reopened)).isEqualTo(Judgement.of(live()));
        assertThat(text(bundle)).doesNotContain("hunter2", "managedFields");
    }

    @Test
    void isRedactedByTheConsoleAsWell() throws IOException, BundleException {
        var bundle = downloaded("?redact=true");

        assertThat(nameless(reopened(bundle))).isEqualTo(nameless(live()));
        assertThat(text(bundle)).doesNotContain("prod", "web-n1", "10.233.42", "hunter2");
    }

    /// Only who watched knows that, and without it the Pods' missing route would be said to be removed.
    @Test
    void tellsWhenARangeCameThatTheConsoleSawCome() throws IOException, BundleException {
        var range = IpPrefix.parse("192.0.2.0/24");
        var was = (ObjectNode) RECORDED.of(Kinds.COORDINATOR).getFirst();
        var grown = was.deepCopy();
        grown.withObject("/spec").withArray("hijackCIDR").add(range.toString());
        API.load(List.of(grown));
        try {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> live().snapshot().rangesSince().containsKey(range));
            var live = live();

            var plain = reopened(downloaded(""));
            var redacted = reopened(downloaded("?redact=true"));

            assertThat(plain.snapshot().rangesSince())
                    .isEqualTo(live.snapshot().rangesSince())
                    .containsOnlyKeys(range);
            assertThat(Judgement.of(plain)).isEqualTo(Judgement.of(live));
            assertThat(drift(live, range)).containsOnly("U10").isEqualTo(drift(plain, range));
            assertThat(redacted.snapshot().rangesSince().values())
                    .containsExactlyElementsOf(live.snapshot().rangesSince().values());
            var other = redacted.snapshot().rangesSince().keySet().iterator().next();
            assertThat(other).isNotEqualTo(range);
            assertThat(drift(redacted, other)).isEqualTo(drift(live, range));
        } finally {
            API.load(List.of(was));
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> drift(live(), range).isEmpty());
        }
    }

    /// The codes of what is said of the range, of every Pod.
    private static List<String> drift(Analysis analysis, IpPrefix range) {
        return analysis.pods().stream()
                .flatMap(pod -> pod.drift().stream())
                .filter(item -> item.text().startsWith(range + " "))
                .map(DriftItem::code)
                .toList();
    }

    @Test
    void isNotMadeByTheConsoleWhileTheApiIsAway() {
        API.stop();
        try {
            WebTestClient.bindToServer()
                    .baseUrl(console())
                    .responseTimeout(Duration.ofSeconds(20))
                    .build()
                    .get()
                    .uri("/api/v1/bundle")
                    .exchange()
                    .expectStatus()
                    .isEqualTo(502)
                    .expectBody()
                    .jsonPath("$.type")
                    .isEqualTo("https://underpass.dev/problems/api-unreachable");
        } finally {
            API.start();
        }
    }

    private Path downloaded(String query) throws IOException {
        var answer = WebTestClient.bindToServer()
                .baseUrl(console())
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(16 << 20))
                .responseTimeout(Duration.ofSeconds(30))
                .build()
                .get()
                .uri("/api/v1/bundle" + query)
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentType("application/gzip")
                .expectBody(byte[].class)
                .returnResult();
        var name = answer.getResponseHeaders().getContentDisposition().getFilename();
        assertThat(name).matches("underpass-(prod|redacted)-\\d{8}T\\d{6}Z\\.tar\\.gz");
        return Files.write(folder.resolve(String.valueOf(name)), Objects.requireNonNull(answer.getResponseBody()));
    }

    /// All that the archive holds, as text.
    private static String text(Path archive) throws IOException {
        try (var content = new GZIPInputStream(Files.newInputStream(archive))) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /// What an analysis says, without whom it says it of: how often each is said.
    private static Map<Object, Long> nameless(Analysis analysis) {
        var judgement = Judgement.of(analysis);
        Map<Object, Long> counts = judgement.verdicts().values().stream()
                .collect(Collectors.groupingBy(each -> (Object) each, Collectors.counting()));
        counts.putAll(judgement.findings());
        return counts;
    }

    @Test
    void hasNoReportOfANodeThatNeverSentOne() {
        WebTestClient.bindToServer()
                .baseUrl(console())
                .build()
                .get()
                .uri("/api/v1/nodes/nobody/report")
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.detail")
                .isEqualTo("There is no report of node nobody.");
    }
}
