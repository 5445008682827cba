package dev.underpass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.Recordings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainTest {

    private static final String HEALTHY = Recordings.path("healthy").toString();

    @TempDir
    private Path folder;

    private static CommandRun run(String... arguments) {
        return CommandRun.of(arguments);
    }

    @Test
    void checkPrintsPairsAndFindingsAsTheContractSays() {
        var run = run("check", HEALTHY, "--json", "--from", "lab/u1", "--pods");

        assertThat(run.status()).isEqualTo(1);
        var pair = run.json().get("pairs").get(0);
        assertThat(pair.propertyNames())
                .containsExactlyInAnyOrder("from", "to", "disposition", "code", "summary", "confidence", "backends");
        assertThat(pair.get("to").propertyNames()).containsExactlyInAnyOrder("service", "address", "port", "protocol");
        var finding = run.json().get("findings").get(0);
        assertThat(finding.propertyNames())
                .contains("code", "severity", "title", "summary", "remedy", "evidence", "affected", "since");
        assertThat(finding.get("affected").propertyNames()).containsExactlyInAnyOrder("pods", "services", "nodes");
    }

    @Test
    void checkAnswersAPairsFileInItsOrder() throws IOException {
        var file = folder.resolve("pairs.json");
        Files.writeString(file, """
                {"pairs": [
                  {"from": "lab/u2", "to": {"address": "10.233.42.26", "port": 80, "protocol": "TCP"}, "x": 1},
                  {"from": "lab/u1", "to": {"address": "10.6.212.102", "port": 9000}}]}""");

        var pairs = run("check", HEALTHY, "--json", "--pairs", file.toString())
                .json()
                .get("pairs");

        assertThat(pairs.size()).isEqualTo(2);
        assertThat(pairs.get(0).get("from").asString()).isEqualTo("lab/u2");
        assertThat(pairs.get(0).get("to").get("service").asString()).isEqualTo("lab/web-n1");
        assertThat(pairs.get(0).get("disposition").asString()).isEqualTo("DELIVERED");
        assertThat(pairs.get(1).get("to").get("address").asString()).isEqualTo("10.6.212.102");
    }

    @Test
    void aServiceIsAsGoodAsItsWorstBackend() {
        var pair = run("check", HEALTHY, "--json", "--from", "lab/u1", "--to", "lab/web")
                .json()
                .get("pairs")
                .get(0);

        assertThat(pair.get("backends").size()).isEqualTo(2);
        assertThat(pair.get("disposition").asString()).isEqualTo("DELIVERED");
    }

    @Test
    void checkAgainstAnEarlierBundleNamesWhatIsLostAndWhy() {
        var broken = Recordings.path("hijack-route-deleted").toString();

        var run = run("check", broken, "--against", HEALTHY, "--json");

        assertThat(run.status()).isEqualTo(1);
        var lost = run.json().get("reachability").get("lost");
        assertThat(lost.size()).isPositive();
        lost.forEach(pair -> {
            assertThat(pair.get("from").asString()).isEqualTo("lab/u1");
            assertThat(pair.get("before").get("disposition").asString()).isEqualTo("DELIVERED");
            assertThat(pair.get("after").get("code").asString()).isEqualTo("U22");
        });
        assertThat(run.json().get("reachability").get("gained").size()).isZero();
        assertThat(run.json().get("findings").get("new").toString()).contains("\"U22\"");
        assertThat(run.json().get("findings").get("resolved").size()).isZero();
    }

    @Test
    void checkAgainstALaterBundleNamesWhatIsGained() {
        var broken = Recordings.path("hijack-route-deleted").toString();

        var run = run("check", HEALTHY, "--against", broken);

        assertThat(run.status()).isZero();
        assertThat(run.out())
                .contains("Gained: lab/u1 -> lab/web", "Resolved: U22")
                .doesNotContain("Lost:");
    }

    @Test
    void aBundleIsNoDifferentFromItself() {
        var run = run("check", HEALTHY, "--against", HEALTHY);

        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("No difference.", "0 pairs lost, 0 gained");
    }

    @ParameterizedTest
    @CsvSource({"--from, lab/u1", "--to, lab/web", "--pairs, x.json"})
    void againstComparesWholeBundlesOnly(String option, String value) {
        var run = run("check", HEALTHY, "--against", HEALTHY, option, value);

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("--against compares whole bundles");
    }

    private static Path edit(Path folder, String text) throws IOException {
        return Files.writeString(folder.resolve("edit.yaml"), text);
    }

    private static final String NO_SERVICES = """
            apiVersion: spiderpool.spidernet.io/v2beta1
            kind: SpiderCoordinator
            metadata: {name: default}
            spec: {mode: auto, podCIDRType: calico, hostRuleTable: 500, podRPFilter: 0, tunePodRoutes: true}
            status: {phase: Synced, overlayPodCIDR: [10.233.64.0/18], serviceCIDR: [10.96.0.0/12]}
            """;

    @Test
    void whatIfTellsLostPairsAndWhatIsToBeRestarted(@TempDir Path folder) throws IOException {
        var run = run("check", HEALTHY, "--what-if", edit(folder, NO_SERVICES).toString());

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out())
                .contains("Running Pods: no pair changes.")
                .contains("Made anew, lab/u1 differs:")
                .contains("    - pod: 10.233.0.0/18 via 10.6.212.101 dev veth0 src 10.6.212.241")
                .contains("    + pod: 10.96.0.0/12 via 10.6.212.101 dev veth0 src 10.6.212.241")
                .contains("Takes effect with a restart of: Pod lab/u1")
                .contains("Lost: lab/u1 -> lab/web");
    }

    @Test
    void whatIfAsJsonHasTheShapeOfTheRestApi(@TempDir Path folder) throws IOException {
        var run = run(
                "check",
                HEALTHY,
                "--json",
                "--what-if",
                edit(folder, NO_SERVICES).toString());

        assertThat(run.json().get("runningPods").get("changed").size()).isZero();
        assertThat(run.json()
                        .get("recreatedPods")
                        .get("changed")
                        .get(0)
                        .get("effect")
                        .asString())
                .isEqualTo("differs");
        assertThat(run.json().get("reachability").get("lost").size()).isPositive();
        assertThat(run.json().get("reachability").get("gained").size()).isZero();
        assertThat(run.json().get("findings").get("new").toString()).contains("\"U04\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            mode: overlay    | lab/u1 cannot start: mode overlay on eth0
            mode: disabled   | lab/u1 cannot start: unknown tuneMode: disabled
            hijackCIDR: [x]  | lab/u1 cannot start: hijackCIDR: 'x' is no CIDR
            podRPFilter: 77  | lab/u1 cannot start: podRPFilter 77
            """)
    void whatIfNamesPodsThatCouldNotStart(String field, String message, @TempDir Path folder) throws IOException {
        var text = """
                apiVersion: spiderpool.spidernet.io/v2beta1
                kind: SpiderCoordinator
                metadata: {name: default}
                spec: {%s}
                """.formatted(field);

        var run = run("check", HEALTHY, "--what-if", edit(folder, text).toString());

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).contains("Made anew, " + message).contains("Lost: lab/u1 -> lab/web");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            10.6.212.200-10.6.212.240                | 0 | lab/u1 differs
            10.6.212.200-10.6.212.240                | 0 | address: one of
            10.6.212.220,10.6.212.221,10.6.212.227   | 1 | lab/u1 cannot start: SpiderIPPool v4-10-6 has no free address for it
            10.6.212.220,10.6.212.221,10.6.212.222   | 0 | lab/u1 cannot be told: SpiderIPPool v4-10-6 has 1 free addresses for
            """)
    void whatIfCountsTheRoomOfAShrunkPool(String ips, int status, String message, @TempDir Path folder)
            throws IOException {
        var text = """
                apiVersion: spiderpool.spidernet.io/v2beta1
                kind: SpiderIPPool
                metadata: {name: v4-10-6}
                spec: {ipVersion: 4, subnet: 10.6.0.0/16, gateway: 10.6.0.1, default: true, ips: [%s]}
                """.formatted(ips);

        var run = run("check", HEALTHY, "--what-if", edit(folder, text).toString());

        assertThat(run.out()).contains("Made anew, ").contains(message);
        assertThat(run.status()).isEqualTo(status);
    }

    @Test
    void whatIfGivesTheReasonThatKubeProxysNewConfigurationHas(@TempDir Path folder) throws IOException {
        var text = """
                apiVersion: v1
                kind: ConfigMap
                metadata: {namespace: kube-system, name: kube-proxy}
                data:
                  config.conf: |
                    kind: KubeProxyConfiguration
                    mode: iptables
                    clusterCIDR: 10.6.0.0/16
                """;

        var run =
                run("check", HEALTHY, "--json", "--what-if", edit(folder, text).toString());

        var lost = run.json().get("reachability").get("lost");
        assertThat(lost.valueStream().map(pair -> pair.get("after").get("code").asString()))
                .isNotEmpty()
                .containsOnly("U66");
        assertThat(run.json().get("restarts").get(0).asString()).isEqualTo("DaemonSet kube-system/kube-proxy");
    }

    @Test
    void whatIfSaysWhichPodsARestartAloneWouldMend(@TempDir Path folder) throws IOException {
        var text = """
                apiVersion: spiderpool.spidernet.io/v2beta1
                kind: SpiderCoordinator
                metadata: {name: default}
                spec: {mode: auto, podCIDRType: calico, hostRuleTable: 600, podRPFilter: 0}
                """;
        var file = edit(folder, text).toString();
        var broken = Recordings.path("hijack-route-deleted").toString();

        assertThat(run("check", broken, "--what-if", file).out())
                .contains("6 of the 6 pairs gained are gained by a restart alone", "or have too many: lab/u1")
                .contains("Gained: lab/u1 -> lab/web");
        assertThat(run("check", HEALTHY, "--what-if", file).out()).doesNotContain("by a restart alone", "Gained:");
    }

    @Test
    void whatIfOfADeletedCoordinatorLetsNoPodStart(@TempDir Path folder) throws IOException {
        var run = run(
                "check",
                HEALTHY,
                "--what-if",
                edit(folder, "delete: [{kind: SpiderCoordinator, name: default}]")
                        .toString());

        assertThat(run.out()).contains("lab/u1 cannot start: there is no SpiderCoordinator");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                             | holds no object
            kind: Pod                                      | kind: what an edit of Pod would do is not known
            kind: SpiderCoordinator                        | metadata: missing
            [1]                                            | not an object
            resources: []                                  | nothing to edit
            resources: [{kind: Secret}]                    | resources[0].kind: what an edit of Secret
            delete: [{kind: SpiderIPPool, name: none}]     | there is no SpiderIPPool none
            delete: [{kind: SpiderIPPool}]                 | delete[0].name: missing
            'a: b: c'                                      | not YAML
            """)
    void whatIfSaysWhatIsWrongWithTheFile(String text, String message, @TempDir Path folder) throws IOException {
        var run = run("check", HEALTHY, "--what-if", edit(folder, text).toString());

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("edit.yaml", message);
    }

    @Test
    void whatIfIsAboutAWholeBundle() {
        var run = run("check", HEALTHY, "--what-if", "x", "--from", "lab/u1");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("--what-if is about a whole bundle");
    }

    @Test
    void checkReadsWellForPeople() {
        var run = run("check", Recordings.path("hijack-route-deleted").toString(), "--from", "lab/u1");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out())
                .contains("U22 CRITICAL", "A route to the node is missing in the Pod", "lab/u1", "Fix: Restart the Pod")
                .doesNotContain("\u001b[");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void checkEndsWithZeroWhereNothingIsUnreachable() {
        assertThat(run("check", HEALTHY, "--from", "lab/u1", "--to", "lab/web-n1")
                        .status())
                .isZero();
    }

    @Test
    void traceShowsEveryDecisionThereAndBack() {
        var run = run("trace", HEALTHY, "--from", "lab/u1", "--to", "lab/web-n2:80");

        assertThat(run.status()).isZero();
        assertThat(run.out())
                .contains("REACHABLE", "FORWARD", "REPLY", "Pod lab/u1", "node node1", "node node2", "Pod lab/b2")
                .contains("10.233.0.0/18 via 10.6.212.101 dev veth0 src 10.6.212.241")
                .contains("        runner-up: default via 10.6.0.1 dev eth0", "        veth0 mtu 1500 state UP")
                .contains("-j DNAT --to-destination 10.233.84.140:8080")
                .contains("10.6.212.241 dev vethbb82030dbc2 table 500 scope link");
    }

    @Test
    void traceAsJsonFollowsTheContract() {
        var trace = run("trace", HEALTHY, "--from", "lab/u1", "--to", "10.233.84.140:8080", "--json");

        assertThat(trace.status()).isEqualTo(1);
        var json = trace.json();
        assertThat(json.propertyNames())
                .contains("from", "to", "disposition", "code", "summary", "confidence", "paths", "alternatives");
        assertThat(json.get("code").asString()).isEqualTo("U54");
        var hop = json.get("paths").get(0).get("forward").get(0);
        assertThat(hop.propertyNames()).contains("where", "step", "evidence", "detail", "observedAt", "packet");
        assertThat(hop.get("packet").propertyNames()).contains("src", "dst", "dport", "mark", "device");
        assertThat(json.get("summary").asString()).contains("connect() succeeds, then no data arrives");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            --from lab                | --from: not NAMESPACE/NAME: 'lab'
            --from lab/nobody         | --from: the bundle has no Pod lab/nobody
            --to lab/nothing          | --to: There is no Service lab/nothing with a ClusterIP.
            --to lab/web:99           | --to: Service lab/web has no port 99, only 80/tcp.
            --to lab/web:80/udp       | --to: Service lab/web has no port 80/udp, only 80/tcp.
            --to lab/web:80/icmp      | --to: not TCP, UDP or SCTP: 'icmp'
            --to 10.6.212.1           | --to: neither NAMESPACE/SERVICE[:PORT[/PROTOCOL]] nor ADDRESS
            --to 10.233.42.25:99999   | --to: not a port: '99999'
            --to [fd00::z]:80         | --to: not an IP address: 'fd00::z'
            --to [fd00::]]:80         | --to: neither NAMESPACE/SERVICE
            --pairs /nowhere.json     | /nowhere.json: cannot be read
            --nonsense                | Unknown option: '--nonsense'
            """)
    void badInputEndsWithTwoAndALineThatSaysWhy(String options, String message) {
        var arguments = new ArrayList<>(List.of("check", HEALTHY));
        arguments.addAll(List.of(options.split(" ", -1)));

        var run = run(arguments.toArray(String[]::new));

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains(message);
        assertThat(run.out()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"pairs": 1}                                                       | neither a list nor an object with a list 'pairs'
            [{"from": "lab/u1"}]                                               | pairs[0].to: missing
            [{"from": "lab/u1", "to": {"address": "10.1", "port": 1}}]         | pairs[0].to.address: not a dotted quad
            [{"from": "lab/u1", "to": {"address": "10.0.0.1", "port": 0}}]     | pairs[0].to.port: not a port: 0
            [{"from": "lab/x", "to": {"address": "10.0.0.1", "port": 1}}]      | pairs[0].from: the bundle has no Pod lab/x
            [                                                                  | line 1: not JSON
            """)
    void aBadPairsFileIsNamedWithItsPlace(String content, String message) throws IOException {
        var file = folder.resolve("pairs.json");
        Files.writeString(file, content);

        var run = run("check", HEALTHY, "--pairs", file.toString());

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("pairs.json", message);
    }

    @ParameterizedTest
    @CsvSource({"check", "trace", "serve", "demo"})
    void everyCommandHasHelp(String command) {
        var run = run(command, "--help");

        assertThat(run.status()).isZero();
        assertThat(run.out()).startsWith("Usage: underpass " + command);
    }
}
