package dev.underpass.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.underpass.Shell;
import dev.underpass.agent.netlink.NamespaceThread;
import dev.underpass.agent.probe.Probe;
import dev.underpass.agent.probe.Prober;
import dev.underpass.agent.probe.Target;
import dev.underpass.net.IpAddress;
import dev.underpass.net.Protocol;
import dev.underpass.report.ProbeResult;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Holds the agent's probes against connections that carry a request and its answer.
@Tag("netns")
class ProbeTest {

    private static final Duration PATIENCE = Duration.ofMillis(1500);

    @BeforeAll
    static void needsRoot() {
        assumeTrue(Shell.canMakeNamespaces(), "needs root and iproute2 for network namespaces");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ipv4", "dual-stack-nftables", "ipv6"})
    void agreesWithRealConnections(String spec) throws Exception {
        try (var lab = Lab.up(LabSpec.named(spec)).listening();
                var thread = new NamespaceThread()) {
            var pairs = Pair.all(lab.spec()).stream()
                    .filter(pair -> pair.tries() == 1)
                    .toList();
            var connections = new Connections(lab, PATIENCE).measure(pairs);

            var probes = probed(lab, thread, pairs);

            var different = new ArrayList<String>();
            connections.forEach((pair, outcome) -> {
                var probe = probes.get(pair);
                if ((outcome == Outcome.OK) != (probe != null && probe.outcome() == ProbeResult.Outcome.CONNECTED)) {
                    different.add("%s: %s, probe %s".formatted(pair, outcome, probe));
                }
            });
            assertThat(different).isEmpty();
            assertThat(connections.values()).contains(Outcome.OK, Outcome.REFUSED);
        }
    }

    private static Map<Pair, Probe.Result> probed(Lab lab, NamespaceThread thread, List<Pair> pairs)
            throws ExecutionException, InterruptedException {
        var futures = new HashMap<Pair, Future<Probe.Result>>();
        try (var pool = Executors.newFixedThreadPool(24)) {
            for (var pair : pairs) {
                futures.put(pair, pool.submit(() -> probe(lab, thread, pair)));
            }
        }
        var results = new HashMap<Pair, Probe.Result>();
        for (var each : futures.entrySet()) {
            results.put(each.getKey(), each.getValue().get());
        }
        return results;
    }

    private static Probe.Result probe(Lab lab, NamespaceThread thread, Pair pair) throws IOException {
        var target = new Target(pair.address(), pair.port(), Protocol.TCP, null);
        return Probe.once(thread, Path.of("/run/netns", lab.namespace(pair.from())), target, PATIENCE, null);
    }

    /// A path whose handshake passes and whose data does not is no connection.
    @Test
    void isNotFooledByAHandshake() throws IOException {
        try (var lab = Lab.up(LabSpec.named("ipv4")).listening();
                var thread = new NamespaceThread()) {
            var underlay = Layout.PODS.stream()
                    .filter(pod -> pod.name().equals("u1"))
                    .findFirst()
                    .orElseThrow();
            var overlay = Pair.all(lab.spec()).stream()
                    .filter(pair -> pair.from().equals(underlay) && pair.name().equals("b2"))
                    .findFirst()
                    .orElseThrow();

            var result = probe(lab, thread, overlay);

            assertThat(result.outcome()).isEqualTo(ProbeResult.Outcome.TIMEOUT);
            assertThat(result.detail()).contains("the handshake passes");
        }
    }

    @Test
    void asksDnsServersWithPacketsOfAnySize() throws Exception {
        try (var lab = Lab.up(LabSpec.named("ipv4"));
                var thread = new NamespaceThread()) {
            var pod = Layout.PODS.getFirst();
            var path = Path.of("/run/netns", lab.namespace(pod));
            var server = thread.in(path, () -> new DatagramSocket(53, InetAddress.ofLiteral("127.0.0.1")));
            var target = new Target(IpAddress.parse("127.0.0.1"), 53, Protocol.UDP, null);
            var answering = Thread.ofPlatform().daemon().start(() -> answer(server));
            try (server) {
                assertThat(Probe.once(thread, path, target, PATIENCE, null).outcome())
                        .isEqualTo(ProbeResult.Outcome.CONNECTED);
                assertThat(Probe.once(thread, path, target, PATIENCE, 1400).outcome())
                        .isEqualTo(ProbeResult.Outcome.CONNECTED);
                lab.run(lab.namespace(pod), "ip link set lo mtu 1300");
                assertThat(Probe.once(thread, path, target, PATIENCE, 1400).detail())
                        .contains("does not take packets of that size");
            }
            // The port is closed only when nobody waits on it any more.
            answering.join();
            assertThat(Probe.once(thread, path, target, PATIENCE, null).outcome())
                    .isEqualTo(ProbeResult.Outcome.REFUSED);
        }
    }

    @Test
    void refusesWhatItCannotAskWithoutTheServicesProtocol() throws IOException {
        try (var thread = new NamespaceThread()) {
            var self = Path.of("/proc/self/ns/net");
            var udp = new Target(IpAddress.parse("127.0.0.1"), 5353, Protocol.UDP, null);
            var tcp = new Target(IpAddress.parse("127.0.0.1"), 80, Protocol.TCP, null);

            assertThat(Probe.once(thread, self, udp, PATIENCE, null).detail()).contains("UDP on port 53");
            assertThat(Probe.once(thread, self, tcp, PATIENCE, 1400).detail()).contains("UDP on port 53 only");
        }
    }

    private static ProbeResult taken(BlockingQueue<ProbeResult> results) throws InterruptedException {
        var result = results.poll(20, java.util.concurrent.TimeUnit.SECONDS);
        if (result == null) {
            throw new AssertionError("no result");
        }
        return result;
    }

    private static void answer(DatagramSocket server) {
        try {
            var packet = new DatagramPacket(new byte[9000], 9000);
            while (true) {
                server.receive(packet);
                packet.getData()[2] |= (byte) 0x80;
                server.send(packet);
            }
        } catch (IOException _) {
            // The test has closed the socket.
        }
    }

    private static Prober.Request request(List<Target> targets) {
        return new Prober.Request(
                "p", "lab", "u1", Path.of("/proc/self/ns/net"), targets, Duration.ofMillis(200), null);
    }

    @Test
    void saysThatTooManyWait() throws Exception {
        try (var thread = new NamespaceThread()) {
            var results = new LinkedBlockingQueue<ProbeResult>();
            try (var prober = new Prober(thread, results::add)) {
                var refused = new Target(IpAddress.parse("127.0.0.1"), 9, Protocol.TCP, null);

                prober.start(request(java.util.Collections.nCopies(2000, refused)));

                assertThat(taken(results).detail()).isEqualTo("too many probes are waiting");
            }
        }
    }
}
