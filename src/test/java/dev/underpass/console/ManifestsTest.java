package dev.underpass.console;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.underpass.Shell;
import dev.underpass.console.objects.Kind;
import dev.underpass.console.objects.Kinds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// What is applied to clusters: it renders, and grants what the console asks for and nothing else.
class ManifestsTest {

    private static final Path K8S = Path.of("k8s");
    private static final YAMLMapper YAML = YAMLMapper.builder().build();

    private static List<JsonNode> documents(Path file) throws IOException {
        try (var reader = Files.newBufferedReader(file)) {
            return YAML.readerFor(JsonNode.class).<JsonNode>readValues(reader).readAll();
        }
    }

    private static Set<String> granted(Path file, String role) throws IOException {
        var granted = new TreeSet<String>();
        for (var object : documents(file)) {
            if (object.path("kind").asString("").equals("ClusterRole")
                    && object.path("metadata").path("name").asString("").equals(role)) {
                object.path("rules")
                        .forEach(rule -> rule.path("apiGroups")
                                .forEach(group -> rule.path("resources")
                                        .forEach(resource -> rule.path("verbs")
                                                .forEach(verb -> granted.add("%s %s.%s"
                                                        .formatted(
                                                                verb.asString(),
                                                                resource.asString(),
                                                                group.asString()))))));
            }
        }
        return granted;
    }

    private static Stream<String> asked(List<Kind<?>> kinds, String... verbs) {
        return kinds.stream()
                .flatMap(kind -> Stream.of(verbs).map(verb -> "%s %s.%s".formatted(verb, kind.plural(), kind.group())));
    }

    @Test
    void theViewRoleIsWhatTheConsoleReads() throws IOException {
        var asked = Stream.of(
                        asked(Kinds.ALL, "list", "watch"),
                        asked(Kinds.EDITED, "get"),
                        Stream.of("create tokenreviews.authentication.k8s.io"))
                .flatMap(each -> each)
                .collect(toCollection(TreeSet::new));

        assertThat(granted(K8S.resolve("base/rbac-view.yaml"), "underpass-view"))
                .isEqualTo(asked);
    }

    @Test
    void theEditRoleIsWhatEditsNeedBesides() throws IOException {
        assertThat(granted(K8S.resolve("components/edit/rbac-edit.yaml"), "underpass-edit"))
                .isEqualTo(asked(Kinds.EDITED, "create", "patch", "delete").collect(toCollection(TreeSet::new)));
    }

    /// An edit reads the object, perhaps an earlier version of it, and writes it.
    @Test
    void theConsoleActsForOthersOnlyAsEditsNeed() throws IOException {
        var asked = asked(
                        Kinds.EDITED,
                        Stream.of("get", "list", "create", "patch", "delete")
                                .map("impersonate-on:user-info:"::concat)
                                .toArray(String[]::new))
                .collect(toCollection(TreeSet::new));
        asked.add("impersonate-on:user-info:create selfsubjectaccessreviews.authorization.k8s.io");
        asked.add("impersonate:user-info users.authentication.k8s.io");
        asked.add("impersonate:user-info groups.authentication.k8s.io");

        assertThat(granted(K8S.resolve("components/impersonate/rbac-impersonate.yaml"), "underpass-impersonate"))
                .isEqualTo(asked);
        assertThat(granted(K8S.resolve("components/impersonate-any/rbac-impersonate.yaml"), "underpass-impersonate"))
                .containsExactly("impersonate groups.", "impersonate users.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "single", "edit", "monitoring", "oidc", "ha", "ha-redis"})
    void overlaysRender(String overlay) throws IOException {
        assumeTrue(hasKubectl(), "needs kubectl, whose kustomize renders overlays");
        var rendered = Shell.run(
                "kubectl", "kustomize", K8S.resolve("overlays").resolve(overlay).toString());

        var objects =
                YAML.readerFor(JsonNode.class).<JsonNode>readValues(rendered).readAll();

        assertThat(objects).isNotEmpty().allSatisfy(object -> {
            assertThat(object.path("kind").asString("")).isNotEmpty();
            var kind = object.path("kind").asString("");
            if (!Set.of("Namespace", "ClusterRole", "ClusterRoleBinding").contains(kind)) {
                assertThat(object.path("metadata").path("namespace").asString(""))
                        .isEqualTo("underpass");
            }
        });
    }

    @Test
    void recordingsHaveTheDirectoryThatTheConsoleIsTold(@TempDir Path folder) throws IOException {
        assumeTrue(hasKubectl(), "needs kubectl, whose kustomize renders overlays");
        var overlay = Files.createDirectory(folder.resolve("overlay"));
        Files.writeString(overlay.resolve("kustomization.yaml"), """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                resources: [../k8s/overlays/ha]
                components: [../k8s/components/recordings]
                """);
        FileSystemUtils.copyRecursively(K8S, folder.resolve("k8s"));
        var console = YAML
                .readerFor(JsonNode.class)
                .<JsonNode>readValues(Shell.run("kubectl", "kustomize", overlay.toString()))
                .readAll()
                .stream()
                .filter(object -> object.path("kind").asString("").equals("Deployment")
                        && object.at("/metadata/name").asString("").equals("underpass"))
                .findFirst()
                .orElseThrow()
                .at("/spec/template/spec");

        var container = console.at("/containers/0");
        assertThat(container.path("env").toString()).contains("UNDERPASS_RECORDINGS_DIRECTORY", "UNDERPASS_STORE");
        assertThat(container.path("volumeMounts").toString()).contains("/recordings", "/tmp");
        assertThat(console.path("volumes").toString()).contains("underpass-recordings");
        assertThat(console.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
    }

    /// Whoever may speak with the store may do everything that anybody may do.
    @Test
    void theStoreIsReachedByTheConsoleAloneAndAsksForAPassword() throws IOException {
        var store = documents(K8S.resolve("overlays/ha/store.yaml"));

        assertThat(store)
                .filteredOn(object -> object.path("kind").asString("").equals("NetworkPolicy"))
                .singleElement()
                .satisfies(policy -> {
                    var spec = policy.path("spec");
                    assertThat(spec.path("podSelector")
                                    .path("matchLabels")
                                    .path("app")
                                    .asString(""))
                            .isEqualTo("underpass-store");
                    assertThat(spec.path("policyTypes")).hasSize(2);
                    assertThat(spec.has("egress")).isFalse();
                    assertThat(spec.path("ingress"))
                            .singleElement()
                            .satisfies(rule -> assertThat(rule.path("from"))
                                    .singleElement()
                                    .satisfies(from -> assertThat(from.path("podSelector")
                                                    .path("matchLabels")
                                                    .path("app")
                                                    .asString(""))
                                            .isEqualTo("underpass")));
                });
        assertThat(store)
                .filteredOn(object -> object.path("kind").asString("").equals("StatefulSet"))
                .singleElement()
                .satisfies(set -> assertThat(set.path("spec")
                                .path("template")
                                .path("spec")
                                .path("containers")
                                .path(0)
                                .path("args")
                                .valueStream()
                                .map(JsonNode::asString))
                        .containsSubsequence("--requirepass", "$(PASSWORD)"));
    }

    /// What the Secret holds is read at the start, and the address of the overlay `ha` does not count more.
    @Test
    void withARedisOfYoursThereIsNoStoreAndItsSecretIsRead() throws IOException {
        assumeTrue(hasKubectl(), "needs kubectl, whose kustomize renders overlays");
        var overlay = K8S.resolve("overlays/ha-redis");
        var rendered = Shell.run("kubectl", "kustomize", overlay.toString());
        assertThat(rendered).doesNotContain("underpass-store");

        var console = YAML.readerFor(JsonNode.class).<JsonNode>readValues(rendered).readAll().stream()
                .filter(object -> object.path("kind").asString("").equals("Deployment"))
                .findFirst()
                .orElseThrow()
                .path("spec")
                .path("template")
                .path("spec");
        var container = console.path("containers").path(0);
        var environment = container
                .path("env")
                .valueStream()
                .collect(toMap(
                        each -> each.path("name").asString(),
                        each -> each.path("value").asString("")));
        var secret = named(console.path("volumes"), "redis").path("secret").path("secretName");
        var mounted =
                named(container.path("volumeMounts"), "redis").path("mountPath").asString();

        assertThat(secret.asString("")).isEqualTo("underpass-redis");
        assertThat(environment)
                .containsEntry("UNDERPASS_STORE", "redis")
                .containsEntry("SPRING_CONFIG_ADDITIONALLOCATION", mounted + "/")
                .doesNotContainKey("SPRING_DATA_REDIS_URL");
        assertThat(Files.readAllLines(overlay.resolve("redis.properties")))
                .filteredOn(line -> line.contains("spring.ssl."))
                .hasSize(3)
                .allMatch(line -> line.contains("=" + mounted + "/"));
    }

    private static JsonNode named(JsonNode list, String name) {
        return list.valueStream()
                .filter(each -> each.path("name").asString("").equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static boolean hasKubectl() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "kubectl")));
    }

    @Test
    void everyContainerIsAsNarrowAsItCanBe() throws IOException {
        var containers = new ArrayList<JsonNode>();
        for (var file : List.of(
                "base/console.yaml",
                "overlays/demo/demo.yaml",
                "components/agent/agent.yaml",
                "overlays/ha/store.yaml")) {
            for (var object : documents(K8S.resolve(file))) {
                object.path("spec")
                        .path("template")
                        .path("spec")
                        .path("containers")
                        .forEach(containers::add);
            }
        }

        assertThat(containers).hasSize(4).allSatisfy(container -> {
            var context = container.path("securityContext");
            assertThat(context.path("readOnlyRootFilesystem").asBoolean()).isTrue();
            assertThat(context.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
            assertThat(context.path("capabilities").path("drop").path(0).asString(""))
                    .isEqualTo("ALL");
            assertThat(container.path("resources").path("limits").has("memory")).isTrue();
        });
    }

    @Test
    void rulesAndDashboardNameMetricsThatThereAre() throws IOException {
        var documented = names(Files.readString(Path.of("docs/operations.md")));
        for (var file : List.of("rules.yaml", "underpass.json")) {
            var used = names(Files.readString(K8S.resolve("overlays/monitoring").resolve(file)));
            assertThat(used).isNotEmpty();
            assertThat(documented).as(file).containsAll(used);
        }
    }

    private static Set<String> names(String text) {
        return Pattern.compile("\\bunderpass_[a-z_]+")
                .matcher(text)
                .results()
                .map(match -> match.group().replaceAll("_bucket$", ""))
                .collect(toCollection(TreeSet::new));
    }
}
