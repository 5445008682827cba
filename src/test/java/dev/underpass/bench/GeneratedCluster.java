package dev.underpass.bench;

import dev.underpass.Recordings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A cluster of any size, made of the recording `healthy`: its overlay Pod `b1` and its Macvlan Pod `u1` over and over,
/// with other names and addresses, IPv4 only. Of every hundred Macvlan Pods one lacks its route to the Services.
///
/// @param pods half of them overlay Pods, half Macvlan Pods
/// @param services each with two endpoints
public record GeneratedCluster(int pods, int services) {

    static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int PODS_PER_NODE = 50;
    private static final int FULL_NODE = 110;
    private static final int MANY = 20_000;
    private static final int FAULTY = 200;
    private static final int OTHER_ENDPOINT = 37;

    /// Writes a bundle: `GeneratedCluster PODS SERVICES DIRECTORY`.
    public static void main(String[] arguments) {
        new GeneratedCluster(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]))
                .write(Path.of(arguments[2]));
    }

    int nodes() {
        return Math.max(2, Math.ceilDiv(pods, podsPerNode()));
    }

    /// As many as Kubernetes allows by default where there are very many.
    private int podsPerNode() {
        return pods > MANY ? FULL_NODE : PODS_PER_NODE;
    }

    GeneratedPod pod(int number) {
        int node = number % nodes();
        return new GeneratedPod(number, node, number / nodes(), number % FAULTY == FAULTY - 1, pods > MANY);
    }

    List<GeneratedPod> podsOn(int node) {
        return IntStream.iterate(node, number -> number < pods, number -> number + nodes())
                .mapToObj(this::pod)
                .toList();
    }

    /// The Service's endpoints.
    List<GeneratedPod> endpoints(int service) {
        return List.of(pod(service * 3 % pods), pod((service * 3 + OTHER_ENDPOINT) % pods));
    }

    static String nodeAddress(int node) {
        return "10.6.%d.%d".formatted(1 + node / 250, 1 + node % 250);
    }

    static String serviceAddress(int service) {
        return "10.233.%d.%d".formatted(1 + service / 250, 1 + service % 250);
    }

    static String serviceName(int service) {
        return "service-%05d".formatted(service);
    }

    public void write(Path folder) {
        try {
            Files.createDirectories(folder.resolve("resources"));
            Files.createDirectories(folder.resolve("reports"));
            Files.writeString(folder.resolve("bundle.yaml"), """
                    apiVersion: underpass.dev/v1
                    kind: Bundle
                    cluster: generated
                    capturedAt: 2026-11-23T09:19:15Z
                    comment: "%d Pods, %d Services"
                    """.formatted(pods, services));
            Files.writeString(
                    folder.resolve("resources/cluster.json"), JSON.writeValueAsString(resources(file("cluster.json"))));
            var template = new GeneratedNode(this, file("node1.json"));
            for (int node = 0; node < nodes(); node++) {
                Files.writeString(
                        folder.resolve("reports/node%d.json".formatted(node)),
                        JSON.writeValueAsString(template.report(node)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode file(String name) throws IOException {
        try (var tar =
                new TarArchiveInputStream(new GZIPInputStream(Files.newInputStream(Recordings.path("healthy"))))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.getName().endsWith("/" + name)) {
                    return (ObjectNode) JSON.readTree(tar.readAllBytes());
                }
            }
            throw new IllegalStateException("no " + name);
        }
    }

    private ObjectNode resources(ObjectNode recorded) {
        var items = new ArrayList<JsonNode>();
        for (var item : recorded.withArray("items")) {
            switch (item.path("kind").asString()) {
                case "Node" -> addNodes(items, item);
                case "Pod" -> addPods(items, item);
                case "SpiderEndpoint" -> addEndpoints(items, item);
                case "Service" -> addServices(items, item);
                case "EndpointSlice" -> addSlices(items, item);
                case "SpiderIPPool" -> addPool(items, item);
                default -> items.add(JSON.readTree(widened(item.toString())));
            }
        }
        var list = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "List");
        list.withArray("items").addAll(items);
        return list;
    }

    /// The recording's overlay range is too small for many Pods.
    static String widened(String text) {
        return text.replace("10.233.64.0/18", "10.244.0.0/16")
                .replace(",fd00:10:233:64::/64", "")
                .replace(", \"fd00:10:233:64::/64\"", "")
                .replace(",\"fd00:10:233:64::/64\"", "");
    }

    private static boolean is(JsonNode item, String name) {
        return item.path("metadata").path("name").asString().equals(name);
    }

    private void addNodes(List<JsonNode> items, JsonNode item) {
        if (is(item, "node1")) {
            for (int node = 0; node < nodes(); node++) {
                items.add(JSON.readTree(item.toString()
                        .replace("node1", "node" + node)
                        .replace("10.6.212.101", nodeAddress(node))
                        .replace("{\"address\":\"fd00:10:6::101\",\"type\":\"InternalIP\"},", "")));
            }
        }
    }

    private void addPods(List<JsonNode> items, JsonNode item) {
        for (int number = 0; number < pods; number++) {
            var pod = pod(number);
            if (is(item, pod.template())) {
                items.add(JSON.readTree(pod.renamed(item.toString())));
            }
        }
    }

    private void addEndpoints(List<JsonNode> items, JsonNode item) {
        if (is(item, "u1")) {
            addPods(items, item);
        }
    }

    private void addServices(List<JsonNode> items, JsonNode item) {
        if (is(item, "web-n1")) {
            for (int service = 0; service < services; service++) {
                items.add(JSON.readTree(item.toString()
                        .replace("web-n1", serviceName(service))
                        .replace("10.233.42.26", serviceAddress(service))
                        .replace(",\"fd00:10:233::4226\"", "")
                        .replace(",\"IPv6\"", "")
                        .replace("RequireDualStack", "SingleStack")));
            }
        }
    }

    private void addSlices(List<JsonNode> items, JsonNode item) {
        if (is(item, "web-n1-ipv4")) {
            for (int service = 0; service < services; service++) {
                var slice = (ObjectNode) JSON.readTree(item.toString().replace("web-n1", serviceName(service)));
                var one = slice.withArray("endpoints").get(0).toString();
                var endpoints = endpoints(service).stream()
                        .map(pod -> JSON.readTree(pod.renamed(one.replace("10.233.74.70", pod.address())
                                .replace("\"b1\"", "\"" + pod.name() + "\""))))
                        .toList();
                slice.putArray("endpoints").addAll(endpoints);
                items.add(slice);
            }
        }
    }

    private void addPool(List<JsonNode> items, JsonNode item) {
        if (is(item, "v4-10-6")) {
            var allocations = JSON.createObjectNode();
            for (int number = 0; number < pods; number++) {
                var pod = pod(number);
                if (!pod.overlay()) {
                    allocations
                            .putObject(pod.address())
                            .put("interface", "eth0")
                            .put("pod", "lab/" + pod.name())
                            .put("podUid", pod.uid());
                }
            }
            var pool = (ObjectNode) JSON.readTree(item.toString());
            pool.withObject("/spec").putArray("ips").add("10.6.16.1-10.6.215.254");
            pool.withObject("/status")
                    .put("allocatedIPCount", allocations.size())
                    .put("totalIPCount", 200 * 256 - 2)
                    .put("allocatedIPs", allocations.toString());
            items.add(pool);
        }
    }
}
