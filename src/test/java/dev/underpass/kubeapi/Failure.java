package dev.underpass.kubeapi;

import java.io.Serial;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// A refusal by the API server, with the `Status` that says so.
final class Failure extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /// What is wrong with one field.
    ///
    /// @param reason such as `FieldValueInvalid`
    record Cause(String reason, String message, String field) {}

    private final int code;
    private final transient ObjectNode status;

    Failure(int code, String reason, String message) {
        super(message);
        this.code = code;
        this.status = Json.object().put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        status.put("status", "Failure").put("message", message);
        if (!reason.isEmpty()) {
            status.put("reason", reason);
        }
        status.put("code", code);
    }

    /// A refusal by an admission webhook, as the API server passes it on.
    static Failure denied(Webhook.Refusal refusal) {
        int code = Math.max(400, refusal.status().path("code").asInt(0));
        var failure = new Failure(
                code,
                Json.text(refusal.status(), "reason"),
                "admission webhook \"%s\" denied the request: %s"
                        .formatted(refusal.webhook(), Json.text(refusal.status(), "message")));
        if (refusal.status().get("details") instanceof ObjectNode details) {
            failure.status.set("details", details.deepCopy());
        }
        return failure;
    }

    static Failure unauthorized() {
        return new Failure(401, "Unauthorized", "Unauthorized");
    }

    static Failure badRequest(String message) {
        return new Failure(400, "BadRequest", message);
    }

    static Failure notFound(ResourceType type, String name) {
        return new Failure(404, "NotFound", "%s \"%s\" not found".formatted(type.qualified(), name)).about(type, name);
    }

    static Failure alreadyExists(ResourceType type, String name) {
        return new Failure(409, "AlreadyExists", "%s \"%s\" already exists".formatted(type.qualified(), name))
                .about(type, name);
    }

    static Failure conflict(ResourceType type, String name, String why) {
        return new Failure(
                        409,
                        "Conflict",
                        "Operation cannot be fulfilled on %s \"%s\": %s".formatted(type.qualified(), name, why))
                .about(type, name);
    }

    static Failure stale(ResourceType type, String name) {
        return conflict(
                type,
                name,
                "the object has been modified; please apply your changes to the latest version and try again");
    }

    static Failure expired(String message) {
        return new Failure(410, "Expired", message);
    }

    static Failure tooOld(long asked, long oldest) {
        return expired("too old resource version: %d (%d)".formatted(asked, oldest));
    }

    static Failure methodNotAllowed() {
        return new Failure(405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
    }

    static Failure unsupported(String accepted) {
        return new Failure(
                415,
                "UnsupportedMediaType",
                "the body of the request was in an unknown format - accepted media types include: " + accepted);
    }

    /// Field errors in the order of the schema.
    static Failure invalid(ResourceType type, String name, List<Cause> causes) {
        var lines = causes.stream()
                .map(cause -> cause.field() + ": " + cause.message())
                .toList();
        var text = lines.size() == 1 ? lines.getFirst() : "[" + String.join(", ", lines) + "]";
        var failure =
                new Failure(422, "Invalid", "%s \"%s\" is invalid: %s".formatted(type.qualifiedKind(), name, text));
        return failure.about(name, type.group(), type.names().kind()).causedBy(causes);
    }

    private Failure about(ResourceType type, String name) {
        return about(name, type.group(), type.names().plural());
    }

    /// @param kind a resource's plural, or its kind in an invalid object's failure
    Failure about(String name, String group, String kind) {
        var details = Json.child(status, "details");
        if (!name.isEmpty()) {
            details.put("name", name);
        }
        if (!group.isEmpty()) {
            details.put("group", group);
        }
        details.put("kind", kind);
        return this;
    }

    Failure causedBy(List<Cause> causes) {
        var list = Json.child(status, "details").putArray("causes");
        for (var cause : causes) {
            var item = list.addObject().put("reason", cause.reason()).put("message", cause.message());
            if (!cause.field().isEmpty()) {
                item.put("field", cause.field());
            }
        }
        return this;
    }

    /// Lets a client that was listing in pages go on from the next one.
    Failure continuedBy(String token) {
        Json.child(status, "metadata").put("continue", token);
        return this;
    }

    int code() {
        return code;
    }

    ObjectNode status() {
        return status;
    }
}
