package dev.underpass.kubeapi;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Creates, changes and deletes objects as an API server does.
final class Writes {

    private static final String PATCHES =
            "application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml";

    private final Store store;
    private final Collection<Webhook> webhooks;

    Writes(Store store, Collection<Webhook> webhooks) {
        this.store = store;
        this.webhooks = webhooks;
    }

    Written create(Target collection, WriteOptions options, ObjectNode body) {
        checkType(collection.type(), body);
        var target = collection.named(name(body));
        checkNamespace(target, body);
        return created(target, options, Proposal.update(target, options, Json.object(), body));
    }

    private Written created(Target target, WriteOptions options, Proposal proposal) {
        synchronized (store) {
            if (store.find(target.key()).isPresent()) {
                throw Failure.alreadyExists(target.type(), target.name());
            }
            var preparation = new Preparation(target, options);
            var object = preparation.created(mutated(target, proposal.object()));
            proposal.owners().apply(object).writeTo(object);
            admit(target, object, null);
            var stored = options.dryRun() ? object : store.put(target.key(), object);
            return new Written(201, stored, preparation.warnings());
        }
    }

    private ObjectNode mutated(Target target, ObjectNode object) {
        var mutated = object.deepCopy();
        if (!target.status()) {
            webhooks.forEach(webhook -> webhook.mutate(mutated));
        }
        return mutated;
    }

    private void admit(Target target, ObjectNode object, @Nullable ObjectNode old) {
        for (var webhook : target.status() ? List.<Webhook>of() : webhooks) {
            webhook.review(object.deepCopy(), old == null ? null : old.deepCopy())
                    .ifPresent(refusal -> {
                        throw Failure.denied(refusal);
                    });
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
        return change(target, options, old -> Proposal.update(target, options, old, body));
    }

    /// Applies a patch.
    ///
    /// @param type the patch's content type
    Written patch(Target target, WriteOptions options, String type, JsonNode body) {
        // A strategic patch differs from a merge patch for lists only, and a custom resource takes none.
        var strategic = type.equals("application/strategic-merge-patch+json");
        if (strategic && target.type().schema() == null) {
            return merge(target, options, patch(body));
        }
        return switch (type) {
            case "application/merge-patch+json" -> merge(target, options, patch(body));
            case "application/json-patch+json" ->
                change(target, options, old -> Proposal.update(target, options, old, Patches.edited(old, body)));
            case "application/apply-patch+yaml" -> apply(target, options, patch(body));
            default -> throw Failure.unsupported(PATCHES);
        };
    }

    private static ObjectNode patch(JsonNode body) {
        if (body instanceof ObjectNode object) {
            return object;
        }
        throw Failure.badRequest("error decoding patch: not an object");
    }

    private Written merge(Target target, WriteOptions options, ObjectNode patch) {
        return change(target, options, old -> Proposal.update(target, options, old, Patches.merged(old, patch)));
    }

    private Written apply(Target target, WriteOptions options, ObjectNode body) {
        checkType(target.type(), body);
        checkNamespace(target, body);
        var apply = new Apply(target, options);
        var config = apply.checked(body);
        synchronized (store) {
            if (store.find(target.key()).isEmpty() && !target.status()) {
                return created(target, options, new Proposal(config, _ -> apply.first(config)));
            }
            return change(target, options, old -> apply.merged(old, config));
        }
    }

    private Written change(Target target, WriteOptions options, Function<ObjectNode, Proposal> proposal) {
        synchronized (store) {
            var old = store.get(target);
            var proposed = proposal.apply(old);
            checkIdentity(target, old, proposed.object());
            var preparation = new Preparation(target, options);
            var object = preparation.updated(old, mutated(target, proposed.object()));
            proposed.owners().apply(object).writeTo(object);
            admit(target, object, old);
            var stored = object.equals(old) || options.dryRun() ? object : store.put(target.key(), object);
            if (!options.dryRun() && Deletions.isDue(stored)) {
                store.remove(target.key());
            }
            return new Written(200, stored, preparation.warnings());
        }
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
}
