package dev.underpass.console.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.Fabric;
import dev.underpass.console.InvalidInputException;
import dev.underpass.console.edit.PoolAddresses.AddressView;
import dev.underpass.console.objects.ClusterObjects;
import dev.underpass.report.Fields;
import dev.underpass.report.ReportFormatException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// What each address of a pool is.
class PoolAddressesTest {

    private static final YAMLMapper YAML = YAMLMapper.builder().build();

    private static String endpoint(String pod, String address, String pool) {
        var family = address.contains(":") ? "ipv6" : "ipv4";
        return """
                {kind: SpiderEndpoint, metadata: {namespace: default, name: %s}, status: {current: {node: node1, ips: [
                  {interface: eth0, %s: "%s", %sPool: %s}]}}}
                """.formatted(pod, family, address, family, pool);
    }

    private static ClusterSnapshot cluster(String... objects) throws ReportFormatException {
        var cluster = new ClusterObjects();
        for (var object : objects) {
            cluster.read(Fields.of(YAML.readTree(object), ""));
        }
        return cluster.snapshot("test", null, "", Fabric.ASSUMED);
    }

    private static ObjectNode pool(String spec, String status) {
        return (ObjectNode) YAML.readTree(
                "{kind: SpiderIPPool, metadata: {name: v4}, spec: {%s}, status: {%s}}".formatted(spec, status));
    }

    private static List<String> lines(PoolAddresses addresses) {
        return addresses.page(1000, "").items().stream()
                .map(PoolAddressesTest::line)
                .toList();
    }

    private static String line(AddressView view) {
        var pods = new ArrayList<String>();
        pods.add(view.address() + " " + view.state());
        if (view.pod() != null) {
            pods.add(view.pod() + (view.device() == null ? "" : "@" + view.device()));
        }
        pods.addAll(view.others());
        return String.join(" ", pods);
    }

    @Test
    void tellsTheStateOfEveryAddress() throws ReportFormatException {
        var cluster = cluster(
                endpoint("a", "10.6.0.2/16", "v4"),
                endpoint("b", "10.6.0.3/16", "v4"),
                endpoint("c", "10.6.0.3/16", "other"),
                endpoint("elsewhere", "10.6.9.9/16", "other"),
                endpoint("late", "10.6.0.20/16", "v4"),
                "{kind: SpiderReservedIP, metadata: {name: r}, spec: {ips: [10.6.0.5-10.6.0.6, 'fd00::1']}}");
        var pool = pool(
                "subnet: 10.6.0.0/16, gateway: 10.6.0.1, ips: [10.6.0.2-10.6.0.6, 10.6.0.8], excludeIPs: [10.6.0.6, 10.6.0.99]",
                "allocatedIPs: '{\"10.6.0.4\": {\"interface\": \"net1\", \"pod\": \"default/d\"}, \"10.6.0.2\": {\"pod\": \"default/a\"}}'");

        var addresses = PoolAddresses.of(cluster, pool);

        assertThat(lines(addresses))
                .containsExactly(
                        "10.6.0.1 gateway",
                        "10.6.0.2 allocated default/a@eth0",
                        "10.6.0.3 conflict default/b@eth0 default/c",
                        "10.6.0.4 allocated default/d@net1",
                        "10.6.0.5 reserved",
                        "10.6.0.6 excluded",
                        "10.6.0.8 free",
                        "10.6.0.20 allocated default/late@eth0");
        assertThat(addresses.page(1, "").total()).isEqualTo(BigInteger.valueOf(8));
    }

    @Test
    void tellsThatAPodHasTheGatewaysAddress() throws ReportFormatException {
        var cluster = cluster(endpoint("a", "10.6.0.1/16", "v4"));

        var addresses = PoolAddresses.of(cluster, pool("subnet: 10.6.0.0/16, gateway: 10.6.0.1, ips: []", ""));

        assertThat(lines(addresses)).containsExactly("10.6.0.1 conflict default/a@eth0");
    }

    @Test
    void pagesThroughMoreAddressesThanCouldBeHeld() throws ReportFormatException {
        var cluster = cluster(endpoint("a", "fd00::ffff:ffff:ffff:fffe/64", "v4"));
        var pool = pool("subnet: 'fd00::/64', gateway: 'fd00::1', ips: ['fd00::2-fd00::ffff:ffff:ffff:ffff']", "");
        var addresses = PoolAddresses.of(cluster, pool);

        var first = addresses.page(2, "");
        var second = addresses.page(2, String.valueOf(first.next()));
        var last = addresses.page(2, "fd00::ffff:ffff:ffff:fffe");

        assertThat(first.total()).isEqualTo(BigInteger.TWO.pow(64).subtract(BigInteger.ONE));
        assertThat(first.items().stream().map(PoolAddressesTest::line))
                .containsExactly("fd00::1 gateway", "fd00::2 free");
        assertThat(second.items().stream().map(PoolAddressesTest::line))
                .containsExactly("fd00::3 free", "fd00::4 free");
        assertThat(last.items().stream().map(PoolAddressesTest::line))
                .containsExactly(
                        "fd00::ffff:ffff:ffff:fffe allocated default/a@eth0", "fd00::ffff:ffff:ffff:ffff free");
        assertThat(last.next()).isNull();
    }

    @Test
    void mergesRangesThatOverlapAndLeavesOutWhatIsNone() throws ReportFormatException {
        var pool = pool(
                "subnet: 10.6.0.0/16, ips: [10.6.0.4, 10.6.0.1-10.6.0.3, 10.6.0.2-10.6.0.3, 'fd00::1', nonsense, 10.6.0.9-10.6.0.8, 1-2-3]",
                "allocatedIPs: 'no JSON'");

        var addresses = PoolAddresses.of(cluster(), pool);

        assertThat(lines(addresses))
                .containsExactly("10.6.0.1 free", "10.6.0.2 free", "10.6.0.3 free", "10.6.0.4 free");
    }

    @Test
    void refusesAPartThatCannotBe() throws ReportFormatException {
        var addresses = PoolAddresses.of(cluster(), pool("subnet: 10.6.0.0/16, ips: [10.6.0.1]", ""));

        assertThatThrownBy(() -> addresses.page(0, "")).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> addresses.page(1001, "")).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> addresses.page(1, "fd00::1")).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void isWrittenAsTheContractSays() throws ReportFormatException {
        var cluster = cluster(endpoint("a", "10.6.0.2/16", "v4"));
        var page = PoolAddresses.of(cluster, pool("subnet: 10.6.0.0/16, ips: [10.6.0.2-10.6.0.3]", ""))
                .page(1, "");

        var json = JsonMapper.builder().build().valueToTree(page).toString();

        assertThat(json)
                .isEqualTo("{\"items\":[{\"address\":\"10.6.0.2\",\"state\":\"allocated\",\"pod\":\"default/a\","
                        + "\"interface\":\"eth0\",\"others\":[]}],\"total\":2,\"continue\":\"10.6.0.3\"}");
    }
}
