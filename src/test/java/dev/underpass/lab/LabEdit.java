package dev.underpass.lab;

import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// An edited object of a lab's cluster.
interface LabEdit {

    JsonMapper JSON = JsonMapper.builder().build();

    JsonNode resource(Lab lab);

    private static LabEdit of(String kind, String name, Consumer<ObjectNode> edit) {
        return lab -> {
            for (var item :
                    JSON.<JsonNode>valueToTree(new LabResources(lab).list()).get("items")) {
                if (item.get("kind").asString().equals(kind)
                        && item.get("metadata").get("name").asString().equals(name)) {
                    edit.accept((ObjectNode) item);
                    return item;
                }
            }
            throw new IllegalStateException("the lab has no %s %s".formatted(kind, name));
        };
    }

    /// Another value in the SpiderCoordinator's spec; its status stays what it is.
    static LabEdit coordinator(String field, Object value) {
        return of("SpiderCoordinator", "default", object -> {
            ((ObjectNode) object.get("spec")).set(field, JSON.valueToTree(value));
            object.remove("status");
        });
    }

    /// Another value in its status.
    static LabEdit status(String field, Object value) {
        return of(
                "SpiderCoordinator",
                "default",
                object -> ((ObjectNode) object.get("status")).set(field, JSON.valueToTree(value)));
    }

    /// Another value in the spec of the pool `v4-10-6`.
    static LabEdit pool(String field, Object value) {
        return of(
                "SpiderIPPool",
                "v4-10-6",
                object -> ((ObjectNode) object.get("spec")).set(field, JSON.valueToTree(value)));
    }

    /// Another coordinator plugin in a network's configuration; none when it is empty.
    static LabEdit network(String name, Map<String, Object> plugin) {
        return of("NetworkAttachmentDefinition", name, object -> {
            var spec = (ObjectNode) object.get("spec");
            var config = (ObjectNode) JSON.readTree(spec.get("config").asString());
            var plugins = (ArrayNode) config.get("plugins");
            plugins.remove(1);
            if (!plugin.isEmpty()) {
                plugins.add(JSON.<JsonNode>valueToTree(plugin));
            }
            spec.put("config", JSON.writeValueAsString(config));
        });
    }

    /// Other words in kube-proxy's configuration.
    static LabEdit kubeProxy(String before, String after) {
        return of("ConfigMap", "kube-proxy", object -> {
            var data = (ObjectNode) object.get("data");
            data.put("config.conf", data.get("config.conf").asString().replace(before, after));
        });
    }

    /// A new object.
    static LabEdit made(String json) {
        return _ -> JSON.readTree(json);
    }
}
