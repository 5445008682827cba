package dev.underpass.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.Recordings;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.bundle.BundleException;
import dev.underpass.console.bundle.BundleReader;
import dev.underpass.console.objects.Kinds;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class KeptPoolsTest {

    private final KeptPools pools = new KeptPools();

    private static ClusterView cluster() throws BundleException {
        return ClusterView.recorded(
                BundleReader.bundle(Recordings.path("healthy")), Map.of(), Instant.parse("2026-11-30T00:00:00Z"));
    }

    @Test
    void keepsWhatIsMadeOfAPoolUntilThePoolOrTheAnalysisIsAnother() throws BundleException {
        var cluster = cluster();
        var object = (ObjectNode) cluster.recorded(Kinds.IP_POOL).getFirst();
        var name = object.path("metadata").path("name").asString();
        var changed = object.deepCopy();
        changed.withObject("/spec").withArray("excludeIPs").add("10.6.212.250");

        var first = pools.of(cluster, name, object);

        assertThat(pools.of(cluster, name, object.deepCopy())).isSameAs(first);
        assertThat(pools.of(cluster, name, changed).ranges()).isNotEqualTo(first.ranges());
        assertThat(pools.of(cluster, name, object)).isNotSameAs(first).isEqualTo(pools.of(cluster, name, object));
        assertThat(pools.of(cluster(), name, object)).isNotSameAs(pools.of(cluster, name, object));
    }
}
