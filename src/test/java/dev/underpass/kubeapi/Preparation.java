package dev.underpass.kubeapi;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/// What the server makes of an object before it stores it: what is the server's, what the schema says, what counts.
final class Preparation {

    private static final Pattern NAME =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final List<String> SERVERS = List.of(
            "uid",
            "creationTimestamp",
            "resourceVersion",
            "generation",
            "deletionTimestamp",
            "deletionGracePeriodSeconds");

    private final Target target;
    private final WriteOptions options;
    private final List<String> warnings = new ArrayList<>();

    Preparation(Target target, WriteOptions options) {
        this.target = target;
        this.options = options;
    }

    List<String> warnings() {
        return warnings;
    }

    static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /// A new object as it may be stored.
    ObjectNode created(ObjectNode body) {
        var object = body.deepCopy();
        var metadata = Json.child(object, "metadata");
        metadata.remove(SERVERS);
        metadata.put("name", target.name());
        if (target.type().namespaced()) {
            metadata.put("namespace", target.namespace());
        }
        metadata.put("uid", UUID.randomUUID().toString()).put("creationTimestamp", now());
        if (target.type().counted()) {
            metadata.put("generation", 1);
        }
        if (target.type().status() && !target.type().names().plural().equals("nodes")) {
            object.remove("status");
        }
        firstStatus(object);
        settle(object);
        return object;
    }

    private void firstStatus(ObjectNode object) {
        switch (target.type().qualified()) {
            case "pods" -> object.putObject("status").put("phase", "Pending").put("qosClass", "BestEffort");
            case "namespaces" -> object.putObject("status").put("phase", "Active");
            default -> {}
        }
    }

    /// What a stored object becomes.
    ///
    /// @param proposed the whole object as the client wants it
    ObjectNode updated(ObjectNode old, ObjectNode proposed) {
        var object = target.status() ? old.deepCopy() : proposed.deepCopy();
        if (target.status() || target.type().status()) {
            var status = (target.status() ? proposed : old).get("status");
            if (status == null) {
                object.remove("status");
            } else {
                object.set("status", status.deepCopy());
            }
        }
        var metadata = Json.child(object, "metadata");
        for (var field :
                Stream.concat(SERVERS.stream(), Stream.of("name", "namespace")).toList()) {
            metadata.remove(field);
            var value = old.path("metadata").get(field);
            if (value != null) {
                metadata.set(field, value);
            }
        }
        settle(object);
        count(old, object);
        return object;
    }

    private void count(ObjectNode old, ObjectNode object) {
        if (target.type().counted() && !target.status() && !wanted(old).equals(wanted(object))) {
            Json.child(object, "metadata")
                    .put("generation", old.path("metadata").path("generation").asLong(0) + 1);
        }
    }

    private ObjectNode wanted(ObjectNode object) {
        var wanted = object.deepCopy();
        wanted.remove("metadata");
        if (target.type().status()) {
            wanted.remove("status");
        }
        return wanted;
    }

    private void settle(ObjectNode object) {
        var schema = target.type().schema();
        var errors = new ArrayList<Failure.Cause>();
        if (!NAME.matcher(target.name()).matches()) {
            errors.add(badName());
        }
        if (schema != null) {
            judgeUnknown(schema.prune(object));
            schema.fillIn(object);
            errors.addAll(schema.errors(object));
        }
        if (!errors.isEmpty()) {
            throw Failure.invalid(target.type(), target.name(), errors);
        }
    }

    private void judgeUnknown(List<String> unknown) {
        var sentences = unknown.stream().map("unknown field \"%s\""::formatted).toList();
        if (options.fieldValidation().equals("Strict") && !unknown.isEmpty()) {
            throw Failure.badRequest("%s in version \"%s\" cannot be handled as a %s: strict decoding error: %s"
                    .formatted(
                            target.type().names().kind(),
                            target.type().version(),
                            target.type().names().kind(),
                            String.join(", ", sentences)));
        }
        if (options.fieldValidation().equals("Warn")) {
            warnings.addAll(sentences);
        }
    }

    private Failure.Cause badName() {
        return new Failure.Cause(
                "FieldValueInvalid",
                ("Invalid value: \"%s\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, "
                                + "'-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', "
                                + "regex used for validation is '%s')")
                        .formatted(target.name(), NAME.pattern()),
                "metadata.name");
    }
}
