package dev.underpass.console.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.Recordings;
import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.console.bundle.BundleReader;
import dev.underpass.net.InterfaceAddress;
import dev.underpass.net.IpAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
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
