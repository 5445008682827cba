package dev.underpass.kubeapi;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Server-side apply: a manager says all that it wants of an object, and owns that.
final class Apply {

    private final Target target;
    private final WriteOptions options;
    private final ManagedFields.Owner owner;
    private final JsonNode schema;

    Apply(Target target, WriteOptions options) {
        this.target = target;
        this.options = options;
        this.owner = new ManagedFields.Owner(options.manager(), "Apply", target.subresource());
        this.schema = target.type().schemaNode();
    }

    /// What the manager may say: its own part of the object, without what belongs to the other endpoint.
    ///
    /// @throws Failure where it says what it may not
    ObjectNode checked(ObjectNode body) {
        if (body.path("metadata").has("managedFields")) {
            throw Failure.badRequest("metadata.managedFields must be nil");
        }
        var config = body.deepCopy();
        if (target.status()) {
            config.retain("apiVersion", "kind", "metadata", "status");
        } else if (target.type().status()) {
            config.remove("status");
        }
        if (target.type().schema() != null) {
            checkDeclared(target.type().schema().prune(config.deepCopy()));
        }
        return config;
    }

    private void checkDeclared(List<String> unknown) {
        if (!unknown.isEmpty()) {
            throw new Failure(
                    500,
                    "",
                    "failed to create typed patch object (%s/%s; %s, Kind=%s): .%s: field not declared in schema"
                            .formatted(
                                    target.namespace(),
                                    target.name(),
                                    target.type().apiVersion(),
                                    target.type().names().kind(),
                                    unknown.getFirst()));
        }
    }

    /// The owners of an object that this apply makes.
    ManagedFields first(ObjectNode config) {
        return new ManagedFields(List.of())
                .with(owner, target.type().apiVersion(), _ -> FieldSet.applied(config, schema));
    }

    /// @throws Failure where fields that others own would change, and that is not forced
    Proposal merged(ObjectNode live, ObjectNode config) {
        var managers = ManagedFields.of(live);
        var wanted = FieldSet.applied(config, schema);
        var object = live.deepCopy();
        merge(object, config, schema);
        release(object, managers, managers.of(owner).without(wanted));
        var change = FieldChange.between(live, object, schema);
        if (!options.force()) {
            checkConflicts(managers, change);
        }
        var after = managers.taken(owner, change).with(owner, target.type().apiVersion(), _ -> wanted);
        return new Proposal(object, _ -> after);
    }

    private static void merge(ObjectNode into, ObjectNode config, JsonNode schema) {
        for (var field : config.properties()) {
            var name = field.getKey();
            var property = Schema.property(schema, name);
            if (into.get(name) instanceof ObjectNode below
                    && field.getValue() instanceof ObjectNode value
                    && !Schema.atomic(property)) {
                merge(below, value, property);
            } else {
                into.set(name, field.getValue().deepCopy());
            }
        }
    }

    /// Removes the fields that this manager no longer wants and nobody else owns.
    private void release(ObjectNode object, ManagedFields managers, FieldSet left) {
        for (var path : left.paths()) {
            var kept = managers.besides(owner).stream()
                    .flatMap(entry -> entry.fields().paths().stream())
                    .anyMatch(other -> other.size() >= path.size()
                            && other.subList(0, path.size()).equals(path));
            if (!kept && FieldSet.at(object, path.subList(0, path.size() - 1)) instanceof ObjectNode around) {
                around.remove(path.getLast());
            }
        }
    }

    private void checkConflicts(ManagedFields managers, FieldChange change) {
        var causes = new ArrayList<Failure.Cause>();
        var byManager = new TreeMap<String, List<String>>();
        for (var entry : managers.besides(owner)) {
            for (var path : entry.fields().and(change.touched()).paths()) {
                causes.add(new Failure.Cause(
                        "FieldManagerConflict", "conflict with " + entry.text(), FieldSet.text(path)));
                byManager.computeIfAbsent(entry.text(), _ -> new ArrayList<>()).add("- " + FieldSet.text(path));
            }
        }
        if (!causes.isEmpty()) {
            throw new Failure(409, "Conflict", message(causes, byManager)).causedBy(causes);
        }
    }

    private static String message(List<Failure.Cause> causes, SortedMap<String, List<String>> byManager) {
        if (causes.size() == 1) {
            return "Apply failed with 1 conflict: %s: %s"
                    .formatted(causes.getFirst().message(), causes.getFirst().field());
        }
        var lines = new ArrayList<String>();
        byManager.forEach((manager, fields) -> {
            lines.add("conflicts with " + manager + ":");
            lines.addAll(fields);
        });
        return "Apply failed with %d conflicts: %s".formatted(causes.size(), String.join("\n", lines));
    }
}
