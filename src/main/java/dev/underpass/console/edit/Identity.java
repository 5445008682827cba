package dev.underpass.console.edit;

import dev.underpass.console.InvalidInputException;
import dev.underpass.console.Phrases;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Whether a body is the object that its request names. What the body does not say, the request says.
final class Identity {

    private Identity() {}

    /// The body with its type and name.
    ///
    /// @throws InvalidInputException naming both where they differ
    static ObjectNode checked(ObjectRef object, ObjectNode body) {
        var result = type(object.kind(), body);
        var metadata = metadata(result);
        agree("metadata.name", metadata.get("name"), object.name());
        metadata.put("name", object.name());
        if (object.kind().kind().namespaced()) {
            agree("metadata.namespace", metadata.get("namespace"), object.namespace());
            metadata.put("namespace", object.namespace());
        } else {
            agree("metadata.namespace", metadata.get("namespace"), "");
            metadata.remove("namespace");
        }
        return result;
    }

    /// The object that a body itself names.
    ///
    /// @throws InvalidInputException if it names none
    static ObjectRef named(EditedKind kind, ObjectNode body) {
        var metadata = metadata(type(kind, body));
        var namespace = kind.kind().namespaced() ? text(metadata, "namespace") : "";
        return new ObjectRef(kind, namespace, text(metadata, "name"));
    }

    private static ObjectNode type(EditedKind kind, ObjectNode body) {
        var result = body.deepCopy();
        agree("kind", body.get("kind"), kind.kind().kind());
        agree("apiVersion", body.get("apiVersion"), kind.kind().apiVersion());
        return result.put("kind", kind.kind().kind())
                .put("apiVersion", kind.kind().apiVersion());
    }

    private static ObjectNode metadata(ObjectNode body) {
        return switch (body.get("metadata")) {
            case ObjectNode metadata -> metadata;
            case null -> body.putObject("metadata");
            default -> throw new InvalidInputException("metadata", Phrases.NOT_AN_OBJECT.with());
        };
    }

    private static String text(ObjectNode metadata, String field) {
        var value = metadata.get(field);
        if (value == null || !value.isString()) {
            throw new InvalidInputException(
                    "metadata." + field, (value == null ? Phrases.MISSING : Phrases.NOT_A_TEXT).with());
        }
        return value.asString();
    }

    private static void agree(String field, @Nullable JsonNode typed, String asked) {
        if (typed != null
                && !typed.isNull()
                && !(typed.isString() && typed.asString().equals(asked))) {
            var text = typed.toString();
            throw new InvalidInputException(
                    field, Phrases.BODY_SAYS.with(text.substring(0, Math.min(text.length(), 80)), asked));
        }
    }
}
