package dev.underpass.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.Recordings;
import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.console.bundle.BundleReader;
import dev.underpass.console.objects.EditedObjects;
import dev.underpass.report.Fields;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the journal says of edits of a recorded cluster.
class ConfigurationChangesTest {

    private static ClusterSnapshot healthy;

    @BeforeAll
    static void read() throws Exception {
        healthy = BundleReader.read(Recordings.path("healthy"));
    }

    private static ClusterSnapshot edited(String body) throws Exception {
        return EditedObjects.of(Fields.parse(body)).applied(healthy);
    }

    private static String words(ClusterSnapshot before, ClusterSnapshot after) {
        return ConfigurationChanges.between(before, after).stream()
                .map(change -> "%s %s %s %s"
                        .formatted(
                                change.what(),
                                change.kind(),
                                change.name(),
                                change.fields().stream()
                                        .map(field ->
                                                "%s: %s > %s".formatted(field.field(), field.before(), field.after()))
                                        .collect(Collectors.joining("; "))))
                .collect(Collectors.joining("\n"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"resources": [{"kind": "ServiceCIDR", "metadata": {"name": "more"}, "spec": {"cidrs": ["192.0.2.0/24"]}}]} | ADDED ServiceCIDR more spec.cidrs: null > [192.0.2.0/24]
            {"delete": [{"kind": "SpiderIPPool", "name": "v4-10-7"}]} | REMOVED SpiderIPPool v4-10-7
            {"resources": [{"kind": "ConfigMap", "metadata": {"namespace": "kube-system", "name": "kube-proxy"}, "data": {"config.conf": "kind: KubeProxyConfiguration\\nmode: nftables\\n"}}]} | data.config.conf mode: iptables > nftables
            {"resources": [{"kind": "SpiderReservedIP", "metadata": {"name": "r"}, "spec": {"ips": ["10.6.0.9"]}}]} | ADDED SpiderReservedIP r spec.ips: null > [10.6.0.9]
            """)
    void namesTheFieldsWithBothValues(String edit, String words) throws Exception {
        assertThat(words(healthy, edited(edit))).contains(words);
    }

    @Test
    void whatIsReadForTheFirstTimeIsNoChange() throws Exception {
        var blind = healthy.withUnobserved(Set.of("servicecidrs.networking.k8s.io"));
        var after = edited(
                "{\"resources\": [{\"kind\": \"ServiceCIDR\", \"metadata\": {\"name\": \"more\"}, \"spec\": {\"cidrs\": []}}]}");

        assertThat(ConfigurationChanges.between(blind, after)).isEmpty();
        assertThat(ConfigurationChanges.between(after, blind)).isEmpty();
    }

    @Test
    void aSnapshotIsNoDifferentFromItself() {
        assertThat(ConfigurationChanges.between(healthy, healthy)).isEmpty();
        assertThat(ConfigurationChanges.between(healthy, healthy.with(healthy.spiderpool(), healthy.cni())))
                .isEmpty();
    }
}
