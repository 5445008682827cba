package dev.underpass.console.edit;

import dev.underpass.console.edit.KubernetesObjects.Mode;
import dev.underpass.console.edit.KubernetesObjects.Reply;
import java.io.IOException;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The one request that an edit is done by, guarded by the object's version.
sealed interface Write {

    Reply send(KubernetesObjects api, ObjectRef object, Mode mode) throws IOException;

    /// The right that it needs.
    String verb();

    record Create(ObjectNode body) implements Write {

        @Override
        public Reply send(KubernetesObjects api, ObjectRef object, Mode mode) throws IOException {
            return api.create(object, body, mode);
        }

        @Override
        public String verb() {
            return "create";
        }
    }

    /// Server-side apply: the API itself knows which fields others manage.
    record Apply(ObjectNode configuration) implements Write {

        @Override
        public Reply send(KubernetesObjects api, ObjectRef object, Mode mode) throws IOException {
            return api.apply(object, configuration, mode);
        }

        @Override
        public String verb() {
            return "patch";
        }
    }

    /// A JSON merge patch, which alone removes fields that somebody else manages. The API asks nobody about it.
    record Patch(ObjectNode patch) implements Write {

        @Override
        public Reply send(KubernetesObjects api, ObjectRef object, Mode mode) throws IOException {
            return api.patch(object, patch, mode);
        }

        @Override
        public String verb() {
            return "patch";
        }
    }

    record Delete(ObjectNode options) implements Write {

        @Override
        public Reply send(KubernetesObjects api, ObjectRef object, Mode mode) throws IOException {
            return api.delete(object, options, mode);
        }

        @Override
        public String verb() {
            return "delete";
        }
    }

    /// The request that makes the changes: an apply where that can say them, else a merge patch.
    ///
    /// @param current the object with its managed fields
    static Write update(ObjectNode current, Changes changes) {
        var owners = Owners.of(current);
        return changes.removed().stream().allMatch(path -> owners.releasable(path) && isLeaf(current, path))
                ? new Apply(configuration(current, changes, owners))
                : new Patch(guarded(changes.mergePatch(current), current));
    }

    /// The values in an object can be released, but the object around them stays.
    private static boolean isLeaf(ObjectNode current, FieldPath path) {
        return !path.in(current).isObject();
    }

    /// What the console wants of the object: the fields that it touches now, and those that it applied before.
    private static ObjectNode configuration(ObjectNode current, Changes changes, Owners owners) {
        var wanted = current.deepCopy();
        changes.applyTo(wanted);
        var configuration = JsonNodeFactory.instance.objectNode();
        configuration.set("apiVersion", current.path("apiVersion"));
        configuration.set("kind", current.path("kind"));
        FieldPath.of("metadata", "name")
                .put(configuration, current.path("metadata").path("name"));
        for (var path : owners.applied()) {
            var value = path.in(wanted);
            if (!value.isMissingNode()) {
                path.put(configuration, value);
            }
        }
        changes.set().forEach((path, value) -> path.put(configuration, value));
        return guarded(configuration, current);
    }

    private static ObjectNode guarded(ObjectNode request, ObjectNode current) {
        var version = current.path("metadata").path("resourceVersion");
        FieldPath.of("metadata", "resourceVersion").put(request, version);
        return request;
    }

    static Write delete(ObjectNode current) {
        var options = JsonNodeFactory.instance.objectNode();
        options.put("apiVersion", "v1").put("kind", "DeleteOptions");
        options.putObject("preconditions")
                .setAll(Map.of(
                        "uid", current.path("metadata").path("uid"),
                        "resourceVersion", current.path("metadata").path("resourceVersion")));
        return new Delete(options);
    }
}
