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
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// The wizard where pools say whom they are for: Pod `b1` (app=b1) runs on node1 in the namespace `lab` (team=net).
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "management.server.port=0")
class WizardPoolsTest {

    private static final String NAMESPACE =
            "{apiVersion: v1, kind: Namespace, metadata: {name: lab, labels: {team: net}}}\n";
    private static final String[][] POOLS = {
        {"own-pods", "podAffinity: {matchLabels: {app: b1}}"},
        {"other-pods", "podAffinity: {matchLabels: {app: b2}}"},
        {
            "own-workload",
            "podAffinity: {matchLabels: {ipam.spidernet.io/app-name: b1, ipam.spidernet.io/app-kind: Pod,"
                    + " ipam.spidernet.io/app-namespace: lab, ipam.spidernet.io/app-api-version: v1}}"
        },
        {"other-workload", "podAffinity: {matchLabels: {ipam.spidernet.io/app-name: b2}}"},
        {"in", "podAffinity: {matchExpressions: [{key: app, operator: In, values: [b1, b2]}]}"},
        {"not-in", "podAffinity: {matchExpressions: [{key: app, operator: NotIn, values: [b1]}]}"},
        {"exists", "podAffinity: {matchExpressions: [{key: tier, operator: Exists}]}"},
        {"not-exists", "podAffinity: {matchExpressions: [{key: tier, operator: DoesNotExist}]}"},
        {"own-namespace", "namespaceName: [lab], namespaceAffinity: {matchLabels: {team: other}}"},
        {"other-namespace", "namespaceName: [shop, prod], namespaceAffinity: {matchLabels: {team: net}}"},
        {"own-team", "namespaceAffinity: {matchLabels: {team: net}}"},
        {"other-team", "namespaceAffinity: {matchLabels: {team: dev}}"},
        {"own-node", "nodeName: [node1], nodeAffinity: {matchLabels: {zone: z}}"},
        {"other-node", "nodeName: [node2]"},
        {"no-node", "nodeName: [node9]"},
        {"all-nodes", "nodeAffinity: {matchExpressions: [{key: kubernetes.io/hostname, operator: Exists}]}"},
        {"node-label", "nodeAffinity: {matchLabels: {kubernetes.io/hostname: node2}}"},
        {"no-label", "nodeAffinity: {matchLabels: {zone: z}}"},
        {"own-network", "multusName: [kube-system/macvlan-conf]"},
        {"plain-network", "multusName: [macvlan-conf]"},
        {"other-network", "multusName: [kube-system/macvlan-conf7]"},
        {"two", "namespaceName: [shop], multusName: [kube-system/macvlan-conf7]"},
    };

    @TempDir
    private static Path folder;

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void source(DynamicPropertyRegistry registry) throws IOException {
        Recordings.unpack("dual-stack", folder);
        var text = new StringBuilder(NAMESPACE);
        for (int i = 0; i < POOLS.length; i++) {
            int net = 20 + i;
            text.append("""
                    ---
                    apiVersion: spiderpool.spidernet.io/v2beta1
                    kind: SpiderIPPool
                    metadata: {name: %s}
                    spec: {subnet: 10.%d.0.0/16, gateway: 10.%d.0.1, ips: [10.%d.0.10-10.%d.0.99], %s}
                    """.formatted(POOLS[i][0], net, net, net, net, POOLS[i][1]));
        }
        Files.writeString(folder.resolve("dual-stack/resources/pools.yaml"), text);
        registry.add("underpass.source", () -> "bundle:" + folder.resolve("dual-stack"));
    }

    private String text(String step, String workload, String pool) {
        var page = Clients.page(
                port,
                "/networks/access?step=%s&ns=lab&workload=%s&network=kube-system/macvlan-conf&mode=overlay&pool4=%s"
                        .formatted(step, workload, pool));
        return page.substring(page.indexOf("<main"), page.indexOf("</main>"))
                .replaceAll("<[^>]*>", " ")
                .replaceAll("\\s+", " ")
                .replace("&#39;", "'");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            other-pods      | podAffinity app=b2
            other-workload  | podAffinity ipam.spidernet.io/app-name=b2
            not-in          | podAffinity app notin (b1)
            exists          | podAffinity tier
            other-namespace | namespaceName shop, prod
            other-team      | namespaceAffinity team=dev
            no-node         | nodeName node9
            no-label        | nodeAffinity zone=z
            other-network   | multusName kube-system/macvlan-conf7
            """)
    void aPoolThatIsForOthersIsRefusedWithWhatForbidsIt(String pool, String forbids) {
        assertThat(text("result", "b1", pool))
                .contains(
                        "Which addresses",
                        "SpiderIPPool %s is not for this workload: %s.".formatted(pool, forbids),
                        "%s · not for this workload: %s".formatted(pool, forbids))
                .doesNotContain("1. Make these objects");
    }

    @ParameterizedTest
    @CsvSource({
        "own-pods",
        "own-workload",
        "in",
        "not-exists",
        "own-namespace",
        "own-team",
        "own-node",
        "all-nodes",
        "own-network",
        "plain-network"
    })
    void aPoolThatIsForTheWorkloadIsTaken(String pool) {
        assertThat(text("result", "b1", pool))
                .contains("1. Make these objects", pool)
                .doesNotContain("SpiderIPPool %s is not for".formatted(pool), "Whether SpiderIPPool");
    }

    @ParameterizedTest
    @CsvSource({"other-node, nodeName node2", "node-label, nodeAffinity kubernetes.io/hostname=node2"})
    void aPoolOfOtherNodesIsTakenWithAWarning(String pool, String rule) {
        assertThat(text("result", "b1", pool))
                .contains("1. Make these objects", "or not where they run now: %s.".formatted(rule));
    }

    @Test
    void everyRestrictionThatForbidsIsSaid() {
        assertThat(text("result", "b1", "two"))
                .contains(
                        "is not for this workload: namespaceName shop.",
                        "is not for this workload: multusName kube-system/macvlan-conf7.");
    }

    @Test
    void ofAWorkloadThatIsYetToBeMadeNobodyKnowsTheLabels() {
        assertThat(text("result", "fresh", "own-pods"))
                .contains("1. Make these objects", "Whether SpiderIPPool own-pods is for this workload is not known");
    }
}
