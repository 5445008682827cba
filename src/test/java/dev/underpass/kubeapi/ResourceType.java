package dev.underpass.kubeapi;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/// A resource that an API server serves.
///
/// @param group empty for the core group
/// @param status whether `status` is a subresource
/// @param schema of a custom resource; null for one that is built in
record ResourceType(
        String group,
        String version,
        Names names,
        boolean namespaced,
        boolean status,
        @Nullable Schema schema) {

    record Names(String plural, String kind, List<String> shortNames) {}

    static ResourceType of(ObjectNode definition) {
        var spec = definition.path("spec");
        var version = spec.path("versions").path(0);
        var names = spec.path("names");
        return new ResourceType(
                Json.text(spec, "group"),
                Json.text(version, "name"),
                new Names(Json.text(names, "plural"), Json.text(names, "kind"), Json.texts(names.path("shortNames"))),
                Json.text(spec, "scope").equals("Namespaced"),
                version.path("subresources").has("status"),
                new Schema(version.path("schema").path("openAPIV3Schema")));
    }

    /// As errors and definitions name it: `pods`, `spiderippools.spiderpool.spidernet.io`.
    String qualified() {
        return group.isEmpty() ? names.plural() : names.plural() + "." + group;
    }

    String qualifiedKind() {
        return group.isEmpty() ? names.kind() : names.kind() + "." + group;
    }

    String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /// The path of all its objects, without a namespace.
    String path() {
        return (group.isEmpty() ? "/api/" : "/apis/") + apiVersion() + "/" + names.plural();
    }

    /// The schema of its objects; a missing node for a built-in type.
    JsonNode schemaNode() {
        return schema == null ? MissingNode.getInstance() : schema.root();
    }

    /// Whether the server counts the changes of what is wanted in `metadata.generation`.
    boolean counted() {
        return schema != null
                || group.equals("apps")
                || List.of("pods", "endpointslices", "networkpolicies").contains(names.plural());
    }
}
