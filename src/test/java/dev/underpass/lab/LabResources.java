package dev.underpass.lab;

import static java.util.stream.Collectors.joining;

import dev.underpass.net.IpAddress.Family;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/// The Kubernetes objects of a lab.
final class LabResources {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<Map<String, Object>> PORTS =
            List.of(Map.of("name", "http", "port", LabService.TARGET_PORT, "protocol", "TCP"));

    private final Lab lab;
    private final List<Family> families;

    LabResources(Lab lab) {
        this.lab = lab;
        this.families = lab.spec().families();
    }

    /// All of them, as a Kubernetes List.
    Map<String, Object> list() {
        var items = new ArrayList<Map<String, Object>>();
        Layout.NODES.forEach(node -> items.add(node(node)));
        Layout.SERVICES.forEach(service -> {
            items.add(service(service));
            families.forEach(family -> items.add(slice(service, family)));
        });
        Layout.PODS.forEach(pod -> items.add(pod(pod)));
        items.addAll(new LabNetworks(lab).list());
        items.add(kubeProxy());
        return Map.of("apiVersion", "v1", "kind", "List", "items", items);
    }

    static Map<String, Object> object(String apiVersion, String kind, Map<String, Object> metadata) {
        var object = new LinkedHashMap<String, Object>();
        object.put("apiVersion", apiVersion);
        object.put("kind", kind);
        object.put("metadata", metadata);
        return object;
    }

    static Map<String, Object> with(Map<String, Object> object, String key, Object value) {
        object.put(key, value);
        return object;
    }

    private Map<String, Object> node(LabNode node) {
        var addresses = new ArrayList<Map<String, Object>>();
        families.forEach(family -> addresses.add(
                Map.of("type", "InternalIP", "address", node.addresses().of(family))));
        addresses.add(Map.of("type", "Hostname", "address", node.name()));
        return with(object("v1", "Node", Map.of("name", node.name())), "status", Map.of("addresses", addresses));
    }

    private Map<String, Object> service(LabService service) {
        var addresses = families.stream().map(service.clusterIps()::of).toList();
        var spec = Map.of(
                "type",
                "ClusterIP",
                "clusterIP",
                addresses.getFirst(),
                "clusterIPs",
                addresses,
                "internalTrafficPolicy",
                service.local() ? "Local" : "Cluster",
                "sessionAffinity",
                service.sticky() ? "ClientIP" : "None",
                "ipFamilies",
                families.stream().map(LabResources::name).toList(),
                "ports",
                List.of(Map.of(
                        "name",
                        "http",
                        "port",
                        LabService.PORT,
                        "protocol",
                        "TCP",
                        "targetPort",
                        LabService.TARGET_PORT)));
        return with(object("v1", "Service", Map.of("namespace", "lab", "name", service.name())), "spec", spec);
    }

    private static String name(Family family) {
        return family == Family.IPV4 ? "IPv4" : "IPv6";
    }

    private Map<String, Object> slice(LabService service, Family family) {
        var name = service.name() + (family == Family.IPV4 ? "-ipv4" : "-ipv6");
        var metadata = Map.<String, Object>of(
                "namespace", "lab", "name", name, "labels", Map.of("kubernetes.io/service-name", service.name()));
        var endpoints = service.backends().stream()
                .map(pod -> Map.of(
                        "addresses", List.of(pod.eth0().of(family)),
                        "conditions", Map.of("ready", true),
                        "nodeName", pod.node().name(),
                        "targetRef", Map.of("kind", "Pod", "namespace", "lab", "name", pod.name())))
                .toList();
        var slice = object("discovery.k8s.io/v1", "EndpointSlice", metadata);
        slice.put("addressType", name(family));
        slice.put("endpoints", endpoints);
        slice.put("ports", PORTS);
        return slice;
    }

    private Map<String, Object> pod(LabPod pod) {
        var annotations = new LinkedHashMap<String, Object>();
        if (pod.underlay()) {
            annotations.put("v1.multus-cni.io/default-network", "kube-system/macvlan-conf");
        }
        if (pod.net1() != null) {
            annotations.put("k8s.v1.cni.cncf.io/networks", secondNetwork(pod));
        }
        annotations.put("k8s.v1.cni.cncf.io/network-status", JSON.writeValueAsString(networkStatus(pod)));
        var metadata = Map.<String, Object>of(
                "namespace", "lab", "name", pod.name(), "uid", lab.namespace(pod), "annotations", annotations);
        var object = object("v1", "Pod", metadata);
        object.put(
                "spec",
                Map.of("nodeName", pod.node().name(), "containers", List.of(Map.of("name", "web", "image", "web"))));
        object.put(
                "status",
                Map.of(
                        "phase", "Running",
                        "podIP", ips(pod.eth0()).getFirst(),
                        "podIPs",
                                ips(pod.eth0()).stream()
                                        .map(each -> Map.of("ip", each))
                                        .toList(),
                        "hostIP", ips(pod.node().addresses()).getFirst(),
                        "conditions", List.of(Map.of("type", "Ready", "status", "True"))));
        return object;
    }

    private List<String> ips(Addresses addresses) {
        return families.stream().map(addresses::of).toList();
    }

    private static String secondNetwork(LabPod pod) {
        return pod.second() == Range.UNDERLAY ? "kube-system/macvlan-conf" : "kube-system/macvlan-conf7";
    }

    private List<Map<String, Object>> networkStatus(LabPod pod) {
        var first = pod.underlay() ? "kube-system/macvlan-conf" : "k8s-pod-network";
        var eth0 = Stream.of(
                Map.<String, Object>of("name", first, "interface", "eth0", "ips", ips(pod.eth0()), "default", true));
        var net1 = pod.secondNic().stream()
                .map(each -> Map.<String, Object>of("name", secondNetwork(pod), "interface", "net1", "ips", ips(each)));
        return Stream.concat(eth0, net1).toList();
    }

    private Map<String, Object> kubeProxy() {
        var mode = lab.spec().proxyMode().name().toLowerCase(java.util.Locale.ROOT);
        var config = """
                apiVersion: kubeproxy.config.k8s.io/v1alpha1
                kind: KubeProxyConfiguration
                clusterCIDR: %s
                mode: %s
                %s:
                  masqueradeAll: %s
                """.formatted(
                lab.spec().families().stream().map(lab.spec()::clusterCidr).collect(joining(",")),
                mode,
                mode,
                lab.spec().masqueradeAll());
        return with(
                object("v1", "ConfigMap", Map.of("namespace", "kube-system", "name", "kube-proxy")),
                "data",
                Map.of("config.conf", config));
    }
}
