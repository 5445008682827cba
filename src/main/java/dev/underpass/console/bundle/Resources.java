package dev.underpass.console.bundle;

import dev.underpass.console.objects.ClusterObjects;
import dev.underpass.console.objects.Kind;
import dev.underpass.console.objects.Kinds;
import dev.underpass.report.Fields;
import dev.underpass.report.ReportFormatException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Collects a bundle's objects of the kinds that matter; other kinds, and Secrets, are left out.
final class Resources {

    private final Map<String, String> seen = new HashMap<>();
    private final Map<Kind<?>, List<JsonNode>> documents = new HashMap<>();
    private final ClusterObjects objects = new ClusterObjects();

    void add(JsonNode document, String place, String file) throws ReportFormatException {
        var object = Fields.of(document, place);
        refuseDuplicate(object, file);
        objects.read(object);
        Kinds.of(object)
                .ifPresent(kind ->
                        documents.computeIfAbsent(kind, _ -> new ArrayList<>()).add(document));
    }

    private void refuseDuplicate(Fields object, String file) throws ReportFormatException {
        var metadata = object.object("metadata");
        var group = object.text("apiVersion", "").split("/", 2)[0];
        var kind = object.text("kind") + "." + group;
        var key = "%s %s/%s".formatted(kind, metadata.text("namespace", ""), metadata.text("name"));
        var earlier = seen.put(key, file);
        if (earlier != null) {
            throw metadata.error("name", "%s is already in %s".formatted(key, earlier));
        }
    }

    /// The objects that matter as they were read.
    Map<Kind<?>, List<JsonNode>> documents() {
        return documents;
    }

    /// Those that people edit.
    Map<Kind<?>, List<JsonNode>> edited() {
        return documents.entrySet().stream()
                .filter(entry -> Kinds.EDITED.contains(entry.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    ClusterObjects objects() {
        return objects;
    }
}
