package dev.underpass.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.agent.CommandStream.PodName;
import dev.underpass.agent.CommandStream.ProbeCommand;
import dev.underpass.net.DeviceName;
import dev.underpass.net.IpAddress;
import dev.underpass.net.MacAddress;
import dev.underpass.net.Neighbour;
import dev.underpass.report.HostReport.ConntrackCounters;
import dev.underpass.report.IpSet;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the agent makes of the texts that the node gives it.
class ReadingTest {

    @Test
    void sumsTheConntrackCountersOfAllProcessors() {
        var statistics = """
                entries  clashres found new invalid ignore delete chainlength insert insert_failed drop early_drop
                0000002c  00000000 0 0 0000000a 0 0 0 00000000 00000003 00000010 00000000
                0000002c  00000000 0 0 00000000 0 0 0 00000000 00000001 0000000a 00000000
                """;

        assertThat(HostFacts.counters(statistics, 44, 262144)).isEqualTo(new ConntrackCounters(44, 262144, 4, 26));
    }

    @Test
    void readsTheIpvsTable() {
        var table = """
                IP Virtual Server version 1.2.1 (size=4096)
                Prot LocalAddress:Port Scheduler Flags
                  -> RemoteAddress:Port Forward Weight ActiveConn InActConn
                TCP  0AE92A19:0050 rr persistent 10800
                  -> 0AE94A46:1F90      Masq    1      0          0
                  -> 0AE9548C:1F90      Masq    0      0          0
                UDP  [2001:0db8:0000:0000:0000:0000:0000:0001]:0035 rr
                """;

        var servers = HostFacts.servers(table);

        assertThat(servers).hasSize(2);
        assertThat(servers.getFirst().address()).hasToString("10.233.42.25");
        assertThat(servers.getFirst().persistenceSeconds()).isEqualTo(10800);
        assertThat(servers.getFirst().realServers())
                .extracting(server ->
                        server.address() + ":" + server.port() + " " + server.weight() + " " + server.forward())
                .containsExactly("10.233.74.70:8080 1 Masq", "10.233.84.140:8080 0 Masq");
        assertThat(servers.getLast().address()).hasToString("2001:db8::1");
        assertThat(servers.getLast().port()).isEqualTo(53);
    }

    @Test
    void readsSetsAndTheirMembers() {
        var save = """
                create KUBE-LOOP-BACK hash:ip,port,ip family inet hashsize 1024 maxelem 65536
                add KUBE-LOOP-BACK 10.233.74.70,tcp:8080,10.233.74.70
                create cali40s:a hash:net family inet
                """;

        assertThat(FilterReader.sets(save))
                .containsExactly(
                        new IpSet("KUBE-LOOP-BACK", "hash:ip,port,ip", List.of("10.233.74.70,tcp:8080,10.233.74.70")),
                        new IpSet("cali40s:a", "hash:net", List.of()));
    }

    @Test
    void readsHowKubeProxyIsConfigured() {
        var configz = """
                {"kubeproxy.config.k8s.io": {"mode": "nftables", "clusterCIDR": "10.233.64.0/18",
                 "detectLocalMode": "ClusterCIDR", "iptables": {"masqueradeAll": false},
                 "nftables": {"masqueradeAll": true}}}""";

        var proxy = KubeProxyConfig.parsed("nftables", configz);

        assertThat(proxy.mode()).isEqualTo("nftables");
        assertThat(proxy.masqueradeAll()).isTrue();
        assertThat(proxy.clusterCidr()).isEqualTo("10.233.64.0/18");
        assertThat(proxy.detectLocalMode()).isEqualTo("ClusterCIDR");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}
            not JSON
            {"kubeproxy.config.k8s.io": 7}
            """)
    void inventsNothingOfAnUnknownConfiguration(String configz) {
        var proxy = KubeProxyConfig.parsed("iptables", configz);

        assertThat(proxy.mode()).isEqualTo("iptables");
        assertThat(proxy.masqueradeAll()).isNull();
        assertThat(proxy.clusterCidr()).isNull();
    }

    @Test
    void readsCniConfigurationAndIsContentWithoutAny(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("10-calico.conflist"), "{}");
        Files.writeString(folder.resolve("notes.txt"), "no configuration");

        assertThat(HostFacts.cniConfig(folder)).isEqualTo(Map.of("10-calico.conflist", "{}"));
        assertThat(HostFacts.cniConfig(folder.resolve("none"))).isEmpty();
    }

    @Test
    void waitsLongerEachTimeAndNeverInStep() {
        var backoff = new Backoff(new Random(1), Backoff.OF_REPORTS);
        var other = new Backoff(new Random(2), Backoff.OF_REPORTS);

        var waits = new ArrayList<Long>();
        for (int i = 0; i < 12; i++) {
            waits.add(backoff.next().toMillis());
            assertThat(waits.getLast()).isNotEqualTo(other.next().toMillis());
        }

        assertThat(waits.getFirst()).isBetween(250L, 500L);
        assertThat(waits.getLast()).isBetween(10_000L, 20_000L);
        backoff.reset();
        assertThat(backoff.next().toMillis()).isBetween(250L, 500L);
    }

    /// Whatever chance says: an attempt that begins just before it is back waits for its connection in vain, then
    /// pauses, and the next one finds it. One that was away for more than a minute is asked seldom.
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void findsAConsoleThatIsBackWithinFiveSecondsOrTwentyIfItWasLongAway(boolean latest) {
        var always = new RandomGenerator() {
            @Override
            public long nextLong() {
                throw new IllegalStateException("without a bound");
            }

            @Override
            public long nextLong(long bound) {
                return latest ? bound - 1 : 0;
            }
        };
        var backoff = new Backoff(always, Backoff.OF_STREAMS);

        var away = Duration.ZERO;
        var wait = Duration.ZERO;
        for (int failures = 0; failures < 100; failures++) {
            boolean soon = away.compareTo(Duration.ofMinutes(1)) < 0;
            wait = backoff.next();
            away = away.plus(wait);

            assertThat(wait.plus(ConsoleClient.CONNECT)).isLessThan(Duration.ofSeconds(soon ? 5 : 20));
            assertThat(wait).isGreaterThanOrEqualTo(Duration.ofMillis(250));
        }

        assertThat(wait).isGreaterThanOrEqualTo(Duration.ofMillis(7_500));
        backoff.reset();
        for (int failures = 0; failures < 20; failures++) {
            assertThat(backoff.next()).isLessThanOrEqualTo(Duration.ofMillis(2_500));
        }
    }

    @Test
    void keepsNeighboursThatOnlyAged() {
        var before = List.of(neighbour("REACHABLE", 1), neighbour("STALE", 40));
        var aged = List.of(neighbour("STALE", 30), neighbour("DELAY", 70));
        var failed = List.of(neighbour("FAILED", 30), neighbour("STALE", 70));

        assertThat(NamespaceWatch.latest(before, aged, false)).isSameAs(before);
        assertThat(NamespaceWatch.latest(before, aged, true)).isSameAs(aged);
        assertThat(NamespaceWatch.latest(before, failed, false)).isSameAs(failed);
    }

    private static Neighbour neighbour(String state, long age) {
        return new Neighbour(
                IpAddress.parse("10.6.0.1"), new DeviceName("eth0"), new MacAddress("02:00:00:00:00:01"), state, age);
    }

    /// Takes down what it was told.
    private static final class Told implements CommandStream.Handler {

        @Override
        public void opened() {
            // Nothing to do: no console is asked.
        }

        private final List<PodName> pods = new ArrayList<>();
        private final List<ProbeCommand> probes = new ArrayList<>();
        private int reads;

        @Override
        public void pods(List<PodName> names) {
            pods.addAll(names);
        }

        @Override
        public void probe(ProbeCommand command) {
            probes.add(command);
        }

        @Override
        public void readNow() {
            reads++;
        }
    }

    @Test
    void understandsTheConsolesCommands() throws IOException {
        var told = new Told();
        var client = new ConsoleClient(URI.create("http://127.0.0.1:1"), "node1", null, null);
        var stream = """
                : heartbeat

                event: pods
                data: {"pods": [
                data: {"uid": "u-1", "namespace": "shop", "name": "web-0"}]}

                event: probe
                data: {"id": "p-1", "pod": {"uid": "u-1", "namespace": "shop", "name": "web-0"},
                data:  "targets": [{"address": "10.233.42.25", "port": 80, "service": "shop/web"}]}

                event: probe
                data: {"id": "p-2", "pod": {"uid": "u-1", "namespace": "shop", "name": "web-0"},
                data:  "targets": [{"address": "10.233.42.25", "port": 70000}]}

                event: pods
                data: [

                event: of-tomorrow
                data: {}

                event: read
                data: {}

                """;

        new CommandStream(client, told).events(new BufferedReader(new StringReader(stream)));

        assertThat(told.pods).containsExactly(new PodName("u-1", "shop", "web-0"));
        assertThat(told.probes).singleElement().satisfies(probe -> {
            assertThat(probe.id()).isEqualTo("p-1");
            assertThat(probe.targets())
                    .extracting(target -> target.port() + " " + target.service())
                    .containsExactly("80 shop/web");
        });
        assertThat(told.reads).isEqualTo(1);
    }
}
