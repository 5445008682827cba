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
import tools.jackson.databind.JsonNode;

/// Collects a bundle's objects of the kinds that matter; other kinds, and Secrets, are left out.
final class Resources {

    private final Map<String, String> seen = new HashMap<>();
    private final ClusterObjects objects = new ClusterObjects();

    private final Map<Kind<?>, List<JsonNode>> edited = new HashMap<>();

    void add(Fields object, String file) throws ReportFormatException {
        refuseDuplicate(object, file);
        objects.read(object);
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

    /// Keeps an object that people edit, as it is.
    void keep(JsonNode object) throws ReportFormatException {
        Kinds.of(Fields.of(object, ""))
                .filter(Kinds.EDITED::contains)
                .ifPresent(kind ->
                        edited.computeIfAbsent(kind, _ -> new ArrayList<>()).add(object));
    }

    Map<Kind<?>, List<JsonNode>> edited() {
        return edited;
    }

    ClusterObjects objects() {
        return objects;
    }
}
