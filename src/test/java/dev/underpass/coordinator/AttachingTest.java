package dev.underpass.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.Recordings;
import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.Pod;
import dev.underpass.cluster.SpiderpoolResources.IpPool;
import dev.underpass.cluster.SpiderpoolResources.NetworkAttachment;
import dev.underpass.coordinator.NewNic.Given;
import dev.underpass.coordinator.PodNetwork.Mode;
import dev.underpass.coordinator.PodNetwork.Role;
import dev.underpass.coordinator.Recreation.Outcome;
import dev.underpass.diagnosis.Analysis;
import dev.underpass.diagnosis.PodAnalysis;
import dev.underpass.net.DeviceName;
import dev.underpass.net.IpAddress;
import dev.underpass.net.IpPrefix;
import dev.underpass.net.NetworkState;
import dev.underpass.report.NamespaceReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Holds what a Pod is told to get of a network against what recorded Pods got of it.
class AttachingTest {

    static Stream<String> recordings() {
        return Recordings.names().stream().filter(name -> !name.startsWith("random-"));
    }

    private static Stream<PodAnalysis> intact(Analysis analysis) {
        return analysis.pods().stream()
                .filter(pod -> pod.drift().isEmpty())
                .filter(pod -> List.of(Mode.UNDERLAY, Mode.OVERLAY_MULTI_NIC)
                        .contains(pod.network().mode()))
                .filter(pod -> pod.network().nics(Role.UNDERLAY).size() == 1);
    }

    /// Pods from which nothing is missing are told to get, of the same network and with the same addresses, what they
    /// have.
    @ParameterizedTest
    @MethodSource("recordings")
    void aPodGetsWhatRecordedOnesGot(String recording) {
        var analysis = Analysis.of(Recordings.read(recording));
        var snapshot = analysis.snapshot();

        intact(analysis).forEach(pod -> {
            var report = report(snapshot, pod);
            var attached = attached(snapshot, pod, report);

            assertThat(attached.outcome()).as("%s", pod.pod().name()).isInstanceOf(Outcome.Made.class);
            var made = (Outcome.Made) attached.outcome();
            assertThat(lines(made.pod().network()))
                    .as("%s", pod.pod().name())
                    .containsExactlyInAnyOrderElementsOf(lines(report.network()));
            assertThat(made.pod().filters()).isEqualTo(report.filters());
        });
    }

    @Test
    void somethingIsHeldAgainstSomething() {
        var modes = recordings()
                .flatMap(name -> intact(Analysis.of(Recordings.read(name))))
                .map(pod -> pod.network().mode())
                .toList();

        assertThat(modes).contains(Mode.UNDERLAY, Mode.OVERLAY_MULTI_NIC).hasSizeGreaterThan(20);
    }

    private static Attaching.Attached attached(ClusterSnapshot snapshot, PodAnalysis pod, NamespaceReport report) {
        var host = Objects.requireNonNull(snapshot.reports().get(pod.network().node()))
                .host()
                .namespace();
        var device = pod.network().nics(Role.UNDERLAY).getFirst().device();
        var network = network(snapshot, pod.pod(), device);
        var nic = new NewNic(
                network,
                device,
                Objects.requireNonNull(network.master()).value(),
                pod.network().mode() == Mode.UNDERLAY,
                given(snapshot, pod));
        var further = pod.pod().annotations().getOrDefault(Pod.NETWORKS, "");
        return Attaching.of(snapshot, pod.pod(), pod.network(), report, host, nic, further);
    }

    private static NetworkAttachment network(ClusterSnapshot snapshot, Pod pod, DeviceName device) {
        var name = pod.networks().stream()
                .filter(each -> each.device().equals(device.value()))
                .findFirst()
                .orElseThrow()
                .name();
        return snapshot.spiderpool().networkAttachments().stream()
                .filter(each -> each.name().toString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /// The addresses that the NIC has. The recordings' resources have no pool of IPv6.
    private static List<Given> given(ClusterSnapshot snapshot, PodAnalysis pod) {
        return pod.network().nics(Role.UNDERLAY).getFirst().addresses().stream()
                .map(address -> new Given(address, pool(snapshot, address)))
                .toList();
    }

    private static IpPool pool(ClusterSnapshot snapshot, IpAddress address) {
        return snapshot.spiderpool().ipPools().stream()
                .filter(each -> each.subnet().contains(address))
                .findFirst()
                .orElseGet(() -> new IpPool(
                        "v6",
                        IpPrefix.parse("fd00:10:6::/64"),
                        IpAddress.parse("fd00:10:6::1"),
                        List.of(),
                        List.of(),
                        List.of(),
                        null,
                        false,
                        false,
                        0,
                        0));
    }

    private static NamespaceReport report(ClusterSnapshot snapshot, PodAnalysis pod) {
        return Objects.requireNonNull(snapshot.reports().get(pod.network().node())).pods().stream()
                .filter(each -> each.name().equals(pod.pod().name().name())
                        && each.namespace().equals(pod.pod().name().namespace()))
                .findFirst()
                .orElseThrow()
                .network();
    }

    /// All but what the kernel draws by lot for a device, and a vethLinkAddress that one recording's resources do not
    /// tell.
    private static List<String> lines(NetworkState state) {
        var lines = new ArrayList<String>();
        Objects.requireNonNull(state.links())
                .forEach(link -> lines.add("link %s %s %s".formatted(link.name(), link.kind(), link.mode())));
        Objects.requireNonNull(state.addresses()).forEach(each -> lines.add(each.toString()));
        Objects.requireNonNull(state.rules()).forEach(each -> lines.add(each.toString()));
        Objects.requireNonNull(state.rules6()).forEach(each -> lines.add("-6 " + each));
        Objects.requireNonNull(state.routes()).forEach(each -> lines.add(each.toString()));
        Objects.requireNonNull(state.routes6()).forEach(each -> lines.add(each.toString()));
        Objects.requireNonNull(state.neighbours()).stream()
                .filter(each -> each.permanent())
                .forEach(each -> lines.add("neigh %s dev %s".formatted(each.address(), each.device())));
        lines.removeIf(line -> Stream.of("fe80:", "ff00::", "169.254.100.1").anyMatch(line::contains));
        return lines;
    }
}
