package dev.underpass.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.cluster.Fabric;
import dev.underpass.console.objects.ClusterObjects;
import dev.underpass.report.Fields;
import dev.underpass.report.ReportFormatException;
import java.util.List;
import org.junit.jupiter.api.Test;

class CidrFindingsTest {

    private static final String SERVICE = """
            {"kind": "Service", "apiVersion": "v1", "metadata": {"name": "web", "namespace": "shop"},
             "spec": {"clusterIP": "10.233.0.9", "ports": [{"port": 80}]}}
            """;
    private static final String SERVICE_CIDR = """
            {"kind": "ServiceCIDR", "apiVersion": "networking.k8s.io/v1", "metadata": {"name": "kubernetes"},
             "spec": {"cidrs": ["10.233.0.0/18"]}}
            """;

    private static List<Finding> findings(String spec, String status) throws ReportFormatException {
        var coordinator = """
            {"kind": "SpiderCoordinator", "apiVersion": "spiderpool.spidernet.io/v2beta1", "metadata": {"name": "default"},
             "spec": %s, "status": %s}
            """.formatted(spec, status);
        var all = new ClusterObjects();
        for (var text : List.of(SERVICE, SERVICE_CIDR, coordinator)) {
            all.read(Fields.parse(text));
        }
        return Analysis.of(all.snapshot("c", null, "", Fabric.ASSUMED)).findings().stream()
                .filter(finding -> finding.code().equals("U04"))
                .toList();
    }

    @Test
    void aClusterIpOutsideOfTheDetectedRangeIsNamedWithTheRightRangesSource() throws ReportFormatException {
        var found = findings("{}", "{\"phase\": \"Synced\", \"serviceCIDR\": [\"10.96.0.0/12\"]}");

        assertThat(found).hasSize(1);
        assertThat(found.getFirst().affected().services()).hasToString("[shop/web]");
        assertThat(found.getFirst().evidence())
                .map(Object::toString)
                .containsExactly(
                        "Service shop/web has 10.233.0.9; SpiderCoordinator default status.serviceCIDR: [10.96.0.0/12]",
                        "ServiceCIDR kubernetes: 10.233.0.0/18");
    }

    @Test
    void aClusterIpWithinTheDetectedRangeIsNoFinding() throws ReportFormatException {
        assertThat(findings("{}", "{\"serviceCIDR\": [\"10.233.0.0/18\"]}")).isEmpty();
    }

    @Test
    void whatIsHijackedIsRoutedAsWellAndGarbageContainsNothing() throws ReportFormatException {
        assertThat(findings(
                        "{\"hijackCIDR\": [\"not-a-cidr\", \"10.233.0.0/18\"]}",
                        "{\"serviceCIDR\": [\"10.96.0.0/12\"]}"))
                .isEmpty();
        assertThat(findings("{\"hijackCIDR\": [\"not-a-cidr\"]}", "{\"serviceCIDR\": [\"10.96.0.0/12\"]}"))
                .hasSize(1);
    }

    @Test
    void noRangeAtAllIsToldByOtherCodes() throws ReportFormatException {
        assertThat(findings("{}", "{}")).isEmpty();
        assertThat(findings("{}", "{\"serviceCIDR\": []}")).isEmpty();
    }
}
