package dev.underpass.kubeapi;

import java.util.List;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/// Creates, changes and deletes objects as an API server does.
final class Writes {

    private final Store store;

    Writes(Store store) {
        this.store = store;
    }

    Written create(Target collection, WriteOptions options, ObjectNode body) {
        checkType(collection.type(), body);
        var target = collection.named(name(body));
        checkNamespace(target, body);
        synchronized (store) {
            if (store.find(target.key()).isPresent()) {
                throw Failure.alreadyExists(target.type(), target.name());
            }
            var preparation = new Preparation(target, options);
            var object = preparation.created(body);
            return new Written(
                    201, options.dryRun() ? object : store.put(target.key(), object), preparation.warnings());
        }
    }

    private static String name(ObjectNode body) {
        var metadata = body.path("metadata");
        var prefix = Json.text(metadata, "generateName");
        var name = Json.text(metadata, "name");
        if (name.isEmpty() && prefix.isEmpty()) {
            throw Failure.badRequest("name or generateName is required");
        }
        return name.isEmpty() ? prefix + Long.toString(System.nanoTime(), 36) : name;
    }

    private static void checkType(ResourceType type, ObjectNode body) {
        if (!Json.text(body, "kind").equals(type.names().kind())
                || !Json.text(body, "apiVersion").equals(type.apiVersion())) {
            throw Failure.badRequest("%s in version \"%s\" cannot be handled as a %s: no kind \"%s\" is registered"
                    .formatted(
                            Json.text(body, "kind"),
                            Json.text(body, "apiVersion"),
                            type.names().kind(),
                            Json.text(body, "kind")));
        }
    }

    private void checkNamespace(Target target, ObjectNode body) {
        var named = Json.text(body, "metadata", "namespace");
        if (target.type().namespaced() && !named.isEmpty() && !named.equals(target.namespace())) {
            throw Failure.badRequest(
                    "the namespace of the provided object does not match the namespace sent on the request");
        }
        var namespaces = ResourceTypes.named("namespaces");
        if (target.type().namespaced()
                && store.find(new Store.Key("namespaces", "", target.namespace()))
                        .isEmpty()) {
            throw Failure.notFound(namespaces, target.namespace());
        }
    }

    Written update(Target target, WriteOptions options, ObjectNode body) {
        checkType(target.type(), body);
        if (!Json.text(body, "metadata", "name").equals(target.name())) {
            throw Failure.badRequest("the name of the object (%s) does not match the name on the URL (%s)"
                    .formatted(Json.text(body, "metadata", "name"), target.name()));
        }
        if (target.type().schema() != null
                && Json.text(body, "metadata", "resourceVersion").isEmpty()) {
            throw Failure.invalid(
                    target.type(),
                    target.name(),
                    List.of(new Failure.Cause(
                            "FieldValueInvalid",
                            "Invalid value: 0: must be specified for an update",
                            "metadata.resourceVersion")));
        }
        return change(target, options, _ -> body);
    }

    /// @param proposal what the client wants in the place of the stored object
    Written change(Target target, WriteOptions options, UnaryOperator<ObjectNode> proposal) {
        synchronized (store) {
            var old = find(target);
            var proposed = proposal.apply(old);
            checkIdentity(target, old, proposed);
            var preparation = new Preparation(target, options);
            var object = preparation.updated(old, proposed);
            boolean same = object.equals(old);
            return new Written(
                    200, same || options.dryRun() ? object : store.put(target.key(), object), preparation.warnings());
        }
    }

    private ObjectNode find(Target target) {
        return store.find(target.key()).orElseThrow(() -> Failure.notFound(target.type(), target.name()));
    }

    private static void checkIdentity(Target target, ObjectNode old, ObjectNode proposed) {
        var uid = Json.text(proposed, "metadata", "uid");
        if (!uid.isEmpty() && !uid.equals(Json.text(old, "metadata", "uid"))) {
            throw Failure.conflict(
                    target.type(),
                    target.name(),
                    "Precondition failed: UID in precondition: %s, UID in object meta: %s"
                            .formatted(uid, Json.text(old, "metadata", "uid")));
        }
        var version = Json.text(proposed, "metadata", "resourceVersion");
        if (!version.isEmpty() && !version.equals(Json.text(old, "metadata", "resourceVersion"))) {
            throw Failure.stale(target.type(), target.name());
        }
    }

    /// @param options a `DeleteOptions`, which may be empty
    Written delete(Target target, boolean dryRun, ObjectNode options) {
        synchronized (store) {
            var old = find(target);
            checkPrecondition(target, old, options, "uid", "UID");
            checkPrecondition(target, old, options, "resourceVersion", "ResourceVersion");
            if (!dryRun) {
                store.remove(target.key());
            }
            return new Written(200, deleted(target, old), List.of());
        }
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
