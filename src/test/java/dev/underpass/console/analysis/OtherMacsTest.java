package dev.underpass.console.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.Recordings;
import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.NodeName;
import dev.underpass.console.bundle.BundleReader;
import dev.underpass.net.InterfaceAddress;
import dev.underpass.net.IpAddress;
import dev.underpass.report.NodeReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/// Who answers for an address besides its owner, by what nodes and Pods keep of their neighbours.
class OtherMacsTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @ParameterizedTest
    @ValueSource(strings = {"healthy", "healthy-nftables", "dual-stack", "same-subnet"})
    void inARealNetworkOnlyTheOwnerAnswers(String recording) {
        var snapshot = Recordings.read(recording);
        var addresses = snapshot.reports().values().stream()
                .flatMap(report -> report.pods().stream())
                .flatMap(pod -> Objects.requireNonNull(pod.network().network().addresses()).stream())
                .map(InterfaceAddress::local)
                .toList();

        assertThat(addresses).hasSizeGreaterThan(10);
        assertThat(OtherMacs.of(snapshot)).doesNotContainKeys(addresses.toArray(IpAddress[]::new));
        assertThat(OtherMacs.disputed(snapshot)).isEmpty();
    }

    /// `u1` of node1 has 10.6.212.241, and nobody 10.6.212.250.
    @ParameterizedTest
    @CsvSource(textBlock = """
            10.6.212.241, REACHABLE,  02:00:00:00:00:99,                   02:00:00:00:00:99
            10.6.212.241, STALE,      02:00:00:00:00:99,                   02:00:00:00:00:99
            10.6.212.241, FAILED,     02:00:00:00:00:99,                   ''
            10.6.212.241, PERMANENT,  02:00:00:00:00:99,                   ''
            10.6.212.250, REACHABLE,  02:00:00:00:00:99,                   ''
            10.6.212.250, REACHABLE,  02:00:00:00:00:99 02:00:00:00:00:98, 02:00:00:00:00:99 02:00:00:00:00:98
            """)
    void anotherThatWasHeardIsTold(String address, String state, String heard, String told, @TempDir Path folder)
            throws Exception {
        var found = OtherMacs.of(hearing(folder, address, state, words(heard)))
                .getOrDefault(IpAddress.parse(address), List.of());

        assertThat(found).extracting(each -> each.mac().text()).containsExactlyInAnyOrder(words(told));
        assertThat(found)
                .allMatch(each ->
                        each.where().equals("node2 eth0") && each.state().equals(state));
    }

    /// Whoever had the address before `u1` may have been heard until a while after that was made, and is kept as
    /// `STALE`
    /// for as long as the kernel has room.
    @ParameterizedTest
    @CsvSource(textBlock = """
            10.6.212.241, REACHABLE, 02:00:00:00:00:99,                   900, true
            10.6.212.241, REACHABLE, 02:00:00:00:00:99,                   899, false
            10.6.212.241, STALE,     02:00:00:00:00:99,                  9999, false
            10.6.212.241, DELAY,     02:00:00:00:00:99,                  9999, false
            10.6.212.250, REACHABLE, 02:00:00:00:00:99 02:00:00:00:00:98, 9999, false
            """)
    void onlyWhoIsHeardWhileTheOwnerHasTheAddressDisputesIt(
            String address, String state, String heard, int secondsAfter, boolean disputed, @TempDir Path folder)
            throws Exception {
        var snapshot = hearing(folder, address, state, words(heard));
        var made = snapshot.pods().stream()
                .filter(pod -> pod.name().name().equals("u1"))
                .flatMap(pod -> Stream.ofNullable(pod.createdAt()))
                .findFirst()
                .orElseThrow();
        var node2 = new NodeName("node2");
        var reports = new HashMap<>(snapshot.reports());
        reports.put(node2, at(Objects.requireNonNull(reports.get(node2)), made.plusSeconds(secondsAfter)));

        var found = OtherMacs.disputed(snapshot.withReports(reports));

        assertThat(found).isEqualTo(disputed ? Set.of(IpAddress.parse(address)) : Set.of());
    }

    private static NodeReport at(NodeReport report, Instant time) {
        return new NodeReport(
                report.node(),
                report.sequence(),
                report.bootId(),
                report.agentVersion(),
                time,
                report.host(),
                report.pods(),
                List.of());
    }

    private static String[] words(String text) {
        return text.isEmpty() ? new String[0] : text.split(" ", -1);
    }

    /// The healthy network, of which node2 keeps these as the neighbour of an address.
    private static ClusterSnapshot hearing(Path folder, String address, String state, String... macs) throws Exception {
        Recordings.unpack("healthy", folder);
        var file = folder.resolve("healthy/reports/node2.json");
        var report = JSON.readTree(Files.readString(file));
        var neighbours = (ArrayNode) report.path("host").path("neighbours");
        for (var mac : List.of(macs)) {
            neighbours
                    .addObject()
                    .put("dst", address)
                    .put("dev", "eth0")
                    .put("lladdr", mac)
                    .putArray("state")
                    .add(state);
        }
        Files.writeString(file, JSON.writeValueAsString(report));
        return BundleReader.read(folder.resolve("healthy"));
    }
}
