package dev.underpass.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.ObjectName;
import dev.underpass.console.bundle.BundleReader;
import dev.underpass.coordinator.Recreation.Outcome;
import dev.underpass.diagnosis.Analysis;
import dev.underpass.diagnosis.PodAnalysis;
import dev.underpass.net.Neighbour;
import dev.underpass.net.NetworkState;
import dev.underpass.report.NamespaceReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Holds the plan for Pods to come against what the real coordinator wrote in recorded clusters.
class RecreationTest {

    private static final Path BUNDLES = Path.of("src/test/resources/bundles");

    static Stream<Path> bundles() throws IOException {
        try (var files = Files.list(BUNDLES)) {
            return files
                    .filter(file -> !file.getFileName().toString().startsWith("random-"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    /// Pods from which nothing is missing get, made anew, exactly what they have.
    @ParameterizedTest
    @MethodSource("bundles")
    void writesWhatTheCoordinatorWrote(Path bundle) throws Exception {
        var analysis = Analysis.of(BundleReader.read(bundle));
        for (var pod : analysis.pods()) {
            var report = report(analysis.snapshot(), pod);
            boolean intact = pod.drift().isEmpty()
                    && List.of(PodNetwork.Mode.UNDERLAY, PodNetwork.Mode.OVERLAY_MULTI_NIC)
                            .contains(pod.network().mode());
            if (report != null && intact) {
                assertSame(analysis.snapshot(), pod, report);
            }
        }
    }

    private static void assertSame(ClusterSnapshot snapshot, PodAnalysis pod, NamespaceReport report) {
        var host = host(snapshot, pod);

        var outcome = Recreation.of(snapshot, snapshot, pod.pod(), pod.network(), report, host);

        assertThat(outcome).as("%s", pod.pod().name()).isInstanceOf(Outcome.Made.class);
        var made = (Outcome.Made) outcome;
        assertThat(lines(made.pod().network()))
                .as("%s", pod.pod().name())
                .containsExactlyElementsOf(lines(report.network()));
        assertThat(made.pod().filters()).isEqualTo(report.filters());
        var own = pod.network().nics().stream()
                .flatMap(nic -> nic.addresses().stream())
                .collect(Collectors.toSet());
        assertThat(lines(made.node().applied(host, own).network())).containsExactlyElementsOf(lines(host.network()));
    }

    private static NamespaceReport host(ClusterSnapshot snapshot, PodAnalysis pod) {
        return Objects.requireNonNull(snapshot.reports().get(pod.network().node()))
                .host()
                .namespace();
    }

    private static @Nullable NamespaceReport report(ClusterSnapshot snapshot, PodAnalysis pod) {
        return snapshot.reports().values().stream()
                .flatMap(report -> report.pods().stream())
                .filter(each -> new ObjectName(each.namespace(), each.name())
                        .equals(pod.pod().name()))
                .findFirst()
                .map(each -> each.network())
                .orElse(null);
    }

    /// What is there for good, but for a vethLinkAddress that one recording's resources do not tell; who made a route
    /// is not said by all of iproute2's versions.
    private static Set<String> lines(NetworkState state) {
        var lines = new TreeSet<String>();
        Objects.requireNonNull(state.rules()).forEach(rule -> lines.add(rule.toString()));
        Objects.requireNonNull(state.rules6()).forEach(rule -> lines.add("-6 " + rule));
        Objects.requireNonNull(state.routes()).forEach(route -> lines.add(route.toString()));
        Objects.requireNonNull(state.routes6()).forEach(route -> lines.add("-6 " + route));
        Objects.requireNonNull(state.links()).forEach(link -> lines.add(link.toString()));
        Objects.requireNonNull(state.addresses()).forEach(address -> lines.add(address.toString()));
        Objects.requireNonNull(state.sysctls()).forEach((key, value) -> lines.add(key + " = " + value));
        Objects.requireNonNull(state.neighbours()).stream()
                .filter(Neighbour::permanent)
                .forEach(entry -> lines.add(entry.toString()));
        lines.removeIf(line -> line.contains("169.254.100.1"));
        return lines;
    }
}
