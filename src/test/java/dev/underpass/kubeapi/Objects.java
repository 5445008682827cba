package dev.underpass.kubeapi;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What a test does to the objects of an API server, as one who may do everything.
final class Objects {

    private static final int PAGE = 500;

    private final KubeCalls calls;

    Objects(KubeCalls calls) {
        this.calls = calls;
    }

    /// The path of an object.
    ///
    /// @param name `NAMESPACE/NAME` where it is in a namespace
    static String path(String resource, String name) {
        var type = ResourceTypes.named(resource);
        var parts = name.split("/", 2);
        return parts.length == 1 ? type.path() + "/" + name : collection(type, parts[0]) + "/" + parts[1];
    }

    static String collection(ResourceType type, String namespace) {
        var path = type.path();
        int last = path.lastIndexOf('/');
        return type.namespaced() ? path.substring(0, last) + "/namespaces/" + namespace + path.substring(last) : path;
    }

    ObjectNode create(ObjectNode object) {
        var type = ResourceTypes.of(object);
        var namespace = namespace(type, object);
        if (type.namespaced() && calls.get("/api/v1/namespaces/" + namespace).code() == 404) {
            create(Json.parse("{apiVersion: v1, kind: Namespace, metadata: {name: %s}}".formatted(namespace)));
        }
        var stored = accepted(calls.post(collection(type, namespace), object));
        return type.status() && object.has("status") ? updateStatus(type, stored, object) : stored;
    }

    ObjectNode update(ObjectNode object) {
        var type = ResourceTypes.of(object);
        var path = collection(type, namespace(type, object)) + "/" + Json.text(object, "metadata", "name");
        var wanted = object.deepCopy();
        Json.child(wanted, "metadata")
                .put("resourceVersion", Json.text(accepted(calls.get(path)), "metadata", "resourceVersion"));
        var stored = accepted(calls.put(path, wanted));
        return type.status() && object.has("status") ? updateStatus(type, stored, object) : stored;
    }

    private ObjectNode updateStatus(ResourceType type, ObjectNode stored, ObjectNode object) {
        var wanted = stored.deepCopy();
        wanted.set("status", object.get("status"));
        var path = collection(type, namespace(type, stored)) + "/" + Json.text(stored, "metadata", "name");
        return accepted(calls.put(path + "/status", wanted));
    }

    private static String namespace(ResourceType type, ObjectNode object) {
        var namespace = Json.text(object, "metadata", "namespace");
        return type.namespaced() && namespace.isEmpty() ? "default" : namespace;
    }

    void delete(String resource, String name) {
        accepted(calls.delete(path(resource, name), Json.object().put("gracePeriodSeconds", 0)));
    }

    @Nullable
    ObjectNode find(String resource, String name) {
        var reply = calls.get(path(resource, name));
        return reply.code() == 404 ? null : accepted(reply);
    }

    List<ObjectNode> list(String resource) {
        var path = ResourceTypes.named(resource).path() + "?limit=" + PAGE;
        var found = new ArrayList<ObjectNode>();
        var next = "";
        do {
            var page = accepted(calls.get(path + (next.isEmpty() ? "" : "&continue=" + next)));
            page.path("items").forEach(item -> found.add(Json.asObject(item)));
            next = Json.text(page, "metadata", "continue");
        } while (!next.isEmpty());
        return found;
    }

    private static ObjectNode accepted(KubeCalls.Reply reply) {
        if (reply.code() >= 300) {
            throw new IllegalStateException("the API server answered %d %s".formatted(reply.code(), reply.body()));
        }
        return reply.body();
    }
}
