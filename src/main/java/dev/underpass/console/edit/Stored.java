package dev.underpass.console.edit;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.console.NotFoundException;
import dev.underpass.console.Phrases;
import dev.underpass.console.RefusedException;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.edit.KubernetesObjects.Reply;
import dev.underpass.console.objects.EditedObjects;
import dev.underpass.console.objects.Kind;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The objects as they are now: in the live cluster, or in the bundle that is shown.
@Component
class Stored {

    private static final Logger LOG = LoggerFactory.getLogger(Stored.class);

    private final KubernetesObjects api;
    private final CurrentAnalysis analysis;

    Stored(KubernetesObjects api, CurrentAnalysis analysis) {
        this.api = api;
        this.analysis = analysis;
    }

    /// @throws RefusedException if the source is a bundle
    void checkWritable() {
        if (analysis.live().isEmpty()) {
            throw new RefusedException(HttpStatus.CONFLICT, "read-only", Phrases.READ_ONLY.with());
        }
    }

    /// The object with its managed fields.
    ///
    /// @throws NotFoundException and others, if it cannot be read
    ObjectNode object(ObjectRef object) {
        if (analysis.live().isEmpty()) {
            return object(object, analysis.bundled(object.kind().kind()));
        }
        try {
            return read(api.get(object), object, "get");
        } catch (IOException e) {
            throw Writer.unreachable(e);
        }
    }

    /// The object as a bundle has it.
    static ObjectNode object(ObjectRef object, List<JsonNode> bundled) {
        return named(object.kind(), bundled)
                .filter(each -> each.key().equals(object.key()))
                .map(Named::object)
                .findFirst()
                .orElseThrow(() -> new NotFoundException(Phrases.NO_OBJECT_IN_BUNDLE.with(object)));
    }

    private static ObjectNode read(Reply reply, ObjectRef object, String verb) {
        if (reply.ok()) {
            return reply.body();
        }
        throw Refusals.of(reply, object, verb);
    }

    /// All objects of a kind by name.
    List<ObjectNode> all(EditedKind kind) {
        if (analysis.live().isEmpty()) {
            return all(kind, analysis.bundled(kind.kind()));
        }
        try {
            var all = read(api.list(kind), new ObjectRef(kind, "all", "all"), "list");
            return sorted(all.path("items").valueStream().flatMap(item -> named(kind, item)));
        } catch (IOException e) {
            throw Writer.unreachable(e);
        }
    }

    /// All that a bundle has of them.
    static List<ObjectNode> all(EditedKind kind, List<JsonNode> bundled) {
        return sorted(named(kind, bundled));
    }

    /// The cluster with the objects that people edit as they are at this moment: the watch is a little behind.
    /// Those that cannot be listed stay as the watch has them.
    ///
    /// @param without left out of it: an object that is to be created
    ClusterSnapshot fresh(ClusterSnapshot now, @Nullable ObjectRef without) {
        var read = new HashMap<Kind<?>, List<JsonNode>>();
        for (var kind : EditedKind.values()) {
            try {
                read.put(
                        kind.kind(),
                        all(kind).stream()
                                .flatMap(object -> named(kind, object))
                                .filter(each -> without == null
                                        || without.kind() != kind
                                        || !without.key().equals(each.key()))
                                .map(Named::object)
                                .map(JsonNode.class::cast)
                                .toList());
            } catch (RefusedException | NotFoundException e) {
                LOG.info("Rules are checked by what the watch has of {}: {}", kind, e.getMessage());
            }
        }
        return EditedObjects.fresh(now, read);
    }

    private record Named(String key, ObjectNode object) {}

    private static List<ObjectNode> sorted(Stream<Named> objects) {
        return objects.sorted(Comparator.comparing(Named::key))
                .map(Named::object)
                .toList();
    }

    private static Stream<Named> named(EditedKind kind, List<JsonNode> items) {
        return items.stream().flatMap(item -> named(kind, item));
    }

    private static Stream<Named> named(EditedKind kind, JsonNode item) {
        Function<String, String> metadata =
                field -> item.path("metadata").path(field).asString("");
        var key = kind.kind().namespaced()
                ? metadata.apply("namespace") + "/" + metadata.apply("name")
                : metadata.apply("name");
        return item instanceof ObjectNode object ? Stream.of(new Named(key, object)) : Stream.empty();
    }
}
