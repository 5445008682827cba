package dev.underpass.kubeapi;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What the API says of itself.
final class Discovery {

    private static final List<String> VERBS = List.of("create", "delete", "get", "list", "patch", "update", "watch");

    private Discovery() {}

    /// The answer to a path that names no resource; empty where there is none.
    static Optional<Answer> answer(String path, Collection<ResourceType> types) {
        return switch (path) {
            case "/readyz", "/livez", "/healthz" -> Optional.of(Answer.text(200, "ok"));
            case "/version" -> Optional.of(Answer.json(200, version()));
            case "/api" -> Optional.of(Answer.json(200, coreVersions()));
            case "/apis" -> Optional.of(Answer.json(200, groups(types)));
            default -> ofGroup(path, types);
        };
    }

    private static Optional<Answer> ofGroup(String path, Collection<ResourceType> types) {
        var versioned = types.stream()
                .filter(type -> path.equals((type.group().isEmpty() ? "/api/" : "/apis/") + type.apiVersion()))
                .toList();
        if (!versioned.isEmpty()) {
            return Optional.of(Answer.json(200, resources(versioned)));
        }
        return types.stream()
                .map(ResourceType::group)
                .filter(group -> !group.isEmpty() && path.equals("/apis/" + group))
                .findFirst()
                .map(group -> Answer.json(
                        200, group(group, types).put("kind", "APIGroup").put("apiVersion", "v1")));
    }

    /// A version that is not semver, as a server has that was built without a release's stamp.
    private static ObjectNode version() {
        return Json.object()
                .put("major", "1")
                .put("minor", "36")
                .put("gitVersion", "v0.0.0-master+$Format:%H$")
                .put("gitCommit", "$Format:%H$")
                .put("platform", "linux/amd64");
    }

    private static ObjectNode coreVersions() {
        var versions = Json.object().put("kind", "APIVersions");
        versions.putArray("versions").add("v1");
        return versions;
    }

    private static ObjectNode groups(Collection<ResourceType> types) {
        var list = Json.object().put("kind", "APIGroupList").put("apiVersion", "v1");
        var groups = list.putArray("groups");
        var names = new TreeSet<String>();
        types.forEach(type -> names.add(type.group()));
        names.stream().filter(name -> !name.isEmpty()).forEach(name -> groups.add(group(name, types)));
        return list;
    }

    private static ObjectNode group(String name, Collection<ResourceType> types) {
        var group = Json.object().put("name", name);
        var versions = group.putArray("versions");
        types.stream()
                .filter(type -> type.group().equals(name))
                .map(ResourceType::version)
                .distinct()
                .forEach(version -> addVersion(versions.addObject(), name, version));
        group.set("preferredVersion", versions.get(0));
        return group;
    }

    private static void addVersion(ObjectNode to, String group, String version) {
        to.put("groupVersion", group + "/" + version).put("version", version);
    }

    private static ObjectNode resources(List<ResourceType> types) {
        var list = Json.object()
                .put("kind", "APIResourceList")
                .put("apiVersion", "v1")
                .put("groupVersion", types.getFirst().apiVersion());
        var resources = list.putArray("resources");
        for (var type : types) {
            addResource(resources, type, "", VERBS);
            if (type.status()) {
                addResource(resources, type, "/status", List.of("get", "patch", "update"));
            }
        }
        return list;
    }

    private static void addResource(ArrayNode to, ResourceType type, String subresource, List<String> verbs) {
        var resource = to.addObject()
                .put("name", type.names().plural() + subresource)
                .put("singularName", type.names().kind().toLowerCase(Locale.ROOT))
                .put("namespaced", type.namespaced())
                .put("kind", type.names().kind());
        var list = resource.putArray("verbs");
        verbs.forEach(list::add);
        if (subresource.isEmpty() && !type.names().shortNames().isEmpty()) {
            type.names().shortNames().forEach(resource.putArray("shortNames")::add);
        }
    }
}
