package dev.underpass.kubeapi;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The objects of the fake API, and the events that made them; one version counts for all, as etcd's does.
final class ApiStore {

    static final JsonMapper JSON = JsonMapper.builder().build();

    private final TreeMap<String, ObjectNode> objects = new TreeMap<>();
    private final Map<String, List<Event>> history = new HashMap<>();
    private long version = 100;
    private long forgotten = 100;

    /// A change of one object of a collection, such as `/api/v1/pods`.
    record Event(long version, String type, JsonNode object) {}

    synchronized long version() {
        return version;
    }

    synchronized List<ObjectNode> list(String collection) {
        return List.copyOf(
                objects.subMap(collection + "#", collection + "#\uffff").values());
    }

    /// Stores an object under `collection#namespace/name`, as a new one or in place of the old.
    synchronized void put(String collection, JsonNode given) {
        var object = (ObjectNode) given.deepCopy();
        var metadata = (ObjectNode) object.get("metadata");
        var key = key(collection, object);
        var old = objects.get(key);
        metadata.put("resourceVersion", Long.toString(++version));
        metadata.put(
                "uid",
                old == null
                        ? UUID.nameUUIDFromBytes(key.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                                .toString()
                        : old.path("metadata").path("uid").asString(""));
        objects.put(key, object);
        record(collection, old == null ? "ADDED" : "MODIFIED", object);
    }

    synchronized void delete(String collection, String namespace, String name) {
        var old = objects.remove(collection + "#" + namespace + "/" + name);
        if (old != null) {
            var last = old.deepCopy();
            ((ObjectNode) last.get("metadata")).put("resourceVersion", Long.toString(++version));
            record(collection, "DELETED", last);
        }
    }

    private void record(String collection, String type, JsonNode object) {
        history.computeIfAbsent(collection, _ -> new ArrayList<>()).add(new Event(version, type, object));
        notifyAll();
    }

    private static String key(String collection, JsonNode object) {
        var metadata = object.path("metadata");
        return collection + "#" + metadata.path("namespace").asString("") + "/"
                + metadata.path("name").asString("");
    }

    /// Forgets all events up to now: watches from earlier versions are refused, running ones end with 410.
    synchronized void compact() {
        history.clear();
        version++;
        forgotten = version;
        notifyAll();
    }

    synchronized boolean forgot(long since) {
        return since < forgotten;
    }

    /// The events of a collection after a version, waiting for the first; null when they are forgotten.
    synchronized @Nullable List<Event> after(long since, String collection) throws InterruptedException {
        var events = matching(since, collection);
        while (events.isEmpty() && !forgot(since)) {
            wait();
            events = matching(since, collection);
        }
        return forgot(since) ? null : events;
    }

    private List<Event> matching(long since, String collection) {
        var events = history.getOrDefault(collection, List.of());
        int first = events.size();
        while (first > 0 && events.get(first - 1).version() > since) {
            first--;
        }
        return List.copyOf(events.subList(first, events.size()));
    }
}
