package dev.underpass.kubeapi;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Deletes objects as an API server does: with preconditions, after finalizers, and a Pod on a node with grace.
final class Deletions {

    private final Store store;

    Deletions(Store store) {
        this.store = store;
    }

    /// Deletes an object, at once or in two steps.
    ///
    /// @param options a `DeleteOptions`, which may be empty
    Written delete(Target target, boolean dryRun, ObjectNode options) {
        synchronized (store) {
            var old = store.get(target);
            checkPrecondition(target, old, options, "uid", "UID");
            checkPrecondition(target, old, options, "resourceVersion", "ResourceVersion");
            var waiting =
                    waiting(target, old, options.path("gracePeriodSeconds").asInt(30));
            if (waiting.isPresent()) {
                return new Written(200, dryRun ? waiting.get() : marked(target, old, waiting.get()), List.of());
            }
            if (!dryRun) {
                store.remove(target.key());
            }
            return new Written(200, deleted(target, old), List.of());
        }
    }

    /// The object as it stays until its finalizers are done or its node has stopped it; empty where nothing waits.
    private static Optional<ObjectNode> waiting(Target target, ObjectNode old, int graceSeconds) {
        var onNode = target.type().qualified().equals("pods")
                && !Json.text(old, "spec", "nodeName").isEmpty();
        int grace = onNode ? graceSeconds : 0;
        if (old.path("metadata").path("finalizers").isEmpty() && grace == 0) {
            return Optional.empty();
        }
        var object = old.deepCopy();
        Json.child(object, "metadata")
                .put("deletionTimestamp", Preparation.now())
                .put("deletionGracePeriodSeconds", grace);
        return Optional.of(object);
    }

    private ObjectNode marked(Target target, ObjectNode old, ObjectNode object) {
        return old.path("metadata").has("deletionTimestamp") ? old : store.put(target.key(), object);
    }

    /// Whether an object was deleted and nothing keeps it any more.
    static boolean isDue(ObjectNode object) {
        var metadata = object.path("metadata");
        return metadata.has("deletionTimestamp")
                && metadata.path("finalizers").isEmpty()
                && metadata.path("deletionGracePeriodSeconds").asInt(0) == 0;
    }

    private static void checkPrecondition(
            Target target, ObjectNode old, ObjectNode options, String field, String name) {
        var wanted = Json.text(options, "preconditions", field);
        var actual = Json.text(old, "metadata", field);
        if (!wanted.isEmpty() && !wanted.equals(actual)) {
            throw Failure.conflict(
                    target.type(),
                    target.name(),
                    "the %s in the precondition (%s) does not match the %s in record (%s). The object might have been %s"
                            .formatted(
                                    name,
                                    wanted,
                                    name,
                                    actual,
                                    field.equals("uid") ? "deleted and then recreated" : "modified"));
        }
    }

    private static ObjectNode deleted(Target target, ObjectNode old) {
        var status = Json.object().put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        status.put("status", "Success");
        var details = status.putObject("details").put("name", target.name());
        if (!target.type().group().isEmpty()) {
            details.put("group", target.type().group());
        }
        details.put("kind", target.type().names().plural()).put("uid", Json.text(old, "metadata", "uid"));
        return status;
    }
}
