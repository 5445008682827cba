package dev.underpass.console.edit;

import static dev.underpass.console.edit.KubernetesObjects.MANAGER;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// Who manages which fields of an object, as its `managedFields` tell.
record Owners(List<Owner> owners) {

    /// One entry of `managedFields`. Of a list whose items have managers of their own, it names the list.
    ///
    /// @param applied by server-side apply, not by an update
    /// @param status through the status subresource
    record Owner(String manager, boolean applied, boolean status, Set<FieldPath> fields) {

        private static Owner of(JsonNode entry) {
            var fields = new TreeSet<FieldPath>();
            collect(entry.path("fieldsV1"), FieldPath.ROOT, fields);
            return new Owner(
                    entry.path("manager").asString(""),
                    entry.path("operation").asString("").equals("Apply"),
                    entry.path("subresource").asString("").equals("status"),
                    fields);
        }

        private static void collect(JsonNode fieldsV1, FieldPath path, Set<FieldPath> into) {
            var below = fieldsV1.propertyStream()
                    .filter(field -> field.getKey().startsWith("f:"))
                    .toList();
            if (below.isEmpty() && !path.names().isEmpty()) {
                into.add(path);
            }
            below.forEach(
                    field -> collect(field.getValue(), path.then(field.getKey().substring(2)), into));
        }

        private boolean ours() {
            return manager.equals(MANAGER) && !status;
        }

        private boolean owns(FieldPath path) {
            return fields.stream().anyMatch(path::touches);
        }
    }

    static Owners of(JsonNode object) {
        var entries = new ArrayList<Owner>();
        for (var entry : object.path("metadata").path("managedFields")) {
            entries.add(Owner.of(entry));
        }
        return new Owners(entries);
    }

    /// The fields that the console applied, and that an apply without them would release.
    Set<FieldPath> applied() {
        var fields = new TreeSet<FieldPath>();
        owners.stream()
                .filter(owner -> owner.ours() && owner.applied())
                .forEach(owner -> fields.addAll(owner.fields()));
        return fields;
    }

    /// Whether an apply without the field removes it: the console applied it, and nobody else wants it.
    boolean releasable(FieldPath path) {
        return applied().contains(path)
                && owners.stream()
                        .filter(owner -> !(owner.ours() && owner.applied()))
                        .noneMatch(owner -> owner.owns(path));
    }

    /// The other managers of a field, or of something in it.
    List<String> others(FieldPath path) {
        return owners.stream()
                .filter(owner -> !owner.ours() && owner.owns(path))
                .map(Owner::manager)
                .distinct()
                .toList();
    }

    List<String> managers() {
        return owners.stream().map(Owner::manager).distinct().toList();
    }
}
