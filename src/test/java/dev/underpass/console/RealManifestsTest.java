package dev.underpass.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.Shell;
import dev.underpass.kubeapi.KubeApi;
import dev.underpass.kubeapi.RealKubeApi;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// A real API server takes every object of every overlay, field by field.
@Tag("kube-api")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIfEnvironmentVariable(
        named = RealKubeApi.ASSETS,
        matches = ".+",
        disabledReason = RealKubeApi.ASSETS + " names no folder with kube-apiserver and etcd")
class RealManifestsTest {

    private static final YAMLMapper YAML = YAMLMapper.builder().build();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// Prometheus' own resources, which a server without its operator does not know.
    private static final String OPERATOR = "monitoring.coreos.com/";

    private final KubeApi api = new RealKubeApi();

    @AfterAll
    void close() {
        api.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "single", "edit", "monitoring", "oidc", "ha", "ha-redis"})
    void everyObjectIsTaken(String overlay) throws IOException {
        api.start();
        if (api.find("namespaces", "underpass") == null) {
            api.create("{apiVersion: v1, kind: Namespace, metadata: {name: underpass}}");
        }
        var rendered = Shell.run("kubectl", "kustomize", "k8s/overlays/" + overlay);
        List<JsonNode> objects =
                YAML.readerFor(JsonNode.class).<JsonNode>readValues(rendered).readAll();
        var served = objects.stream()
                .filter(each -> !each.path("apiVersion").asString("").startsWith(OPERATOR))
                .toList();

        var answer = Shell.feed(
                served.stream().map(JSON::writeValueAsString).collect(Collectors.joining(System.lineSeparator())),
                "kubectl",
                "--kubeconfig",
                api.kubeconfig(KubeApi.ADMIN).toString(),
                "apply",
                "--server-side",
                "--dry-run=server",
                "--validate=strict",
                "-f",
                "-");

        assertThat(answer.status()).as(answer.err()).isZero();
        assertThat(answer.out().lines()).hasSameSizeAs(served).allMatch(line -> line.endsWith("(server dry run)"));
    }
}
