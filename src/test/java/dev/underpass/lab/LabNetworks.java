package dev.underpass.lab;

import static dev.underpass.lab.LabResources.object;
import static dev.underpass.lab.LabResources.with;

import dev.underpass.net.IpAddress.Family;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/// Spiderpool's, Multus' and Calico's objects of a lab.
final class LabNetworks {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String SPIDERPOOL = "spiderpool.spidernet.io/v2beta1";

    private final Lab lab;
    private final List<Family> families;

    LabNetworks(Lab lab) {
        this.lab = lab;
        this.families = lab.spec().families();
    }

    List<Map<String, Object>> list() {
        var items = new ArrayList<Map<String, Object>>();
        Layout.PODS.stream()
                .filter(pod -> pod.underlay() || pod.net1() != null)
                .forEach(pod -> items.add(spiderEndpoint(pod)));
        families.forEach(family -> {
            items.add(ipPool(Range.UNDERLAY, family));
            items.add(ipPool(Range.SECOND_UNDERLAY, family));
            items.add(calicoPool(family));
        });
        items.addAll(attachment("macvlan-conf", Range.UNDERLAY));
        items.addAll(attachment("macvlan-conf7", Range.SECOND_UNDERLAY));
        items.add(coordinator());
        return items;
    }

    private Map<String, Object> spiderEndpoint(LabPod pod) {
        var eth0 = pod.underlay()
                ? Stream.of(allocation("eth0", pod.eth0(), Range.UNDERLAY))
                : Stream.<Map<String, Object>>empty();
        var net1 = pod.secondNic().stream().map(each -> allocation("net1", each, pod.second()));
        var current = Map.of(
                "uid", lab.namespace(pod),
                "node", pod.node().name(),
                "ips", Stream.concat(eth0, net1).toList());
        return with(
                object(SPIDERPOOL, "SpiderEndpoint", Map.of("namespace", "lab", "name", pod.name())),
                "status",
                Map.of("ownerControllerType", "Pod", "ownerControllerName", pod.name(), "current", current));
    }

    private Map<String, Object> allocation(String device, Addresses addresses, Range range) {
        var allocation = new LinkedHashMap<String, Object>(Map.of("interface", device, "vlan", 0));
        for (var family : families) {
            var ip = family == Family.IPV4 ? "ipv4" : "ipv6";
            allocation.put(ip, addresses.of(family) + range.length(family));
            allocation.put(ip + "Pool", pool(range, family));
            allocation.put(ip + "Gateway", range.gateway(family));
        }
        return allocation;
    }

    private static String pool(Range range, Family family) {
        return (family == Family.IPV4 ? "v4-" : "v6-") + (range == Range.UNDERLAY ? "10-6" : "10-7");
    }

    private static Map<String, Object> ipPool(Range range, Family family) {
        var start = range.gateway(family).replaceAll("0\\.1$|1$", "");
        var ips = family == Family.IPV4 ? start + "212.200-" + start + "212.254" : start + "200-" + start + "254";
        return with(
                object(SPIDERPOOL, "SpiderIPPool", Map.of("name", pool(range, family))),
                "spec",
                Map.of(
                        "ipVersion",
                        family == Family.IPV4 ? 4 : 6,
                        "subnet",
                        range.of(family),
                        "gateway",
                        range.gateway(family),
                        "ips",
                        List.of(ips),
                        "default",
                        range == Range.UNDERLAY,
                        "disable",
                        false));
    }

    private static Map<String, Object> calicoPool(Family family) {
        var name = family == Family.IPV4 ? "default-ipv4-ippool" : "default-ipv6-ippool";
        return with(
                object("crd.projectcalico.org/v1", "IPPool", Map.of("name", name)),
                "spec",
                Map.of(
                        "cidr",
                        Range.OVERLAY.of(family),
                        "ipipMode",
                        "Never",
                        "vxlanMode",
                        "Never",
                        "natOutgoing",
                        false,
                        "disabled",
                        false));
    }

    private List<Map<String, Object>> attachment(String name, Range range) {
        var metadata = Map.<String, Object>of("namespace", "kube-system", "name", name);
        var pools = new LinkedHashMap<String, Object>();
        var ipam = new LinkedHashMap<String, Object>(Map.of("type", "spiderpool"));
        for (var family : families) {
            var ip = family == Family.IPV4 ? "ipv4" : "ipv6";
            pools.put(ip, List.of(pool(range, family)));
            ipam.put("default_" + ip + "_ippool", List.of(pool(range, family)));
        }
        var macvlan = Map.of("type", "macvlan", "master", "eth0", "mode", "bridge", "ipam", ipam);
        var config =
                Map.of("cniVersion", "0.3.1", "name", name, "plugins", List.of(macvlan, Map.of("type", "coordinator")));
        return List.of(
                with(
                        object(SPIDERPOOL, "SpiderMultusConfig", metadata),
                        "spec",
                        Map.of(
                                "cniType",
                                "macvlan",
                                "enableCoordinator",
                                true,
                                "macvlan",
                                Map.of("master", List.of("eth0"), "ippools", pools))),
                with(
                        object("k8s.cni.cncf.io/v1", "NetworkAttachmentDefinition", metadata),
                        "spec",
                        Map.of("config", JSON.writeValueAsString(config))));
    }

    private Map<String, Object> coordinator() {
        var coordinator = object(SPIDERPOOL, "SpiderCoordinator", Map.of("name", "default"));
        coordinator.put(
                "spec",
                Map.of(
                        "mode",
                        "auto",
                        "podCIDRType",
                        "calico",
                        "hijackCIDR",
                        List.of(),
                        "hostRuleTable",
                        500,
                        "podRPFilter",
                        0,
                        "tunePodRoutes",
                        true,
                        "txQueueLen",
                        0));
        coordinator.put(
                "status",
                Map.of(
                        "phase", "Synced",
                        "overlayPodCIDR",
                                families.stream().map(Range.OVERLAY::of).toList(),
                        "serviceCIDR", families.stream().map(Range.SERVICES::of).toList()));
        return coordinator;
    }
}
