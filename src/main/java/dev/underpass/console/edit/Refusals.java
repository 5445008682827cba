package dev.underpass.console.edit;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.underpass.console.Impersonated;
import dev.underpass.console.NotFoundException;
import dev.underpass.console.Phrases;
import dev.underpass.console.RefusedException;
import dev.underpass.console.edit.KubernetesObjects.Reply;
import dev.underpass.words.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.JsonNode;

/// What the API server and its webhooks refuse, as a person who filled in fields can understand it.
public final class Refusals {

    private static final Pattern UNKNOWN = Pattern.compile("unknown field \"([^\"]*)\"");
    private static final Pattern DUPLICATE = Pattern.compile("duplicate field \"([^\"]*)\"");

    /// `spec.mode: Unsupported value …` somewhere in a sentence, and what schema errors of an apply say, `.spec.x: …`.
    private static final Pattern AT_FIELD =
            Pattern.compile("(?:^|[\\s;\\[])\\.?((?:spec|metadata)(?:\\.[\\w/-]+|\\[\\d+])*): (.*)", Pattern.DOTALL);

    private static final Set<String> SETTINGS = Set.of(
            "mode",
            "podCIDRType",
            "hijackCIDR",
            "hostRuleTable",
            "podDefaultRouteNIC",
            "podMACPrefix",
            "podRPFilter",
            "policyRoutes",
            "tunePodRoutes",
            "txQueueLen",
            "vethLinkAddress",
            "vethMTU");

    private Refusals() {}

    /// What is wrong with one field.
    ///
    /// @param message in English
    /// @param words the same, for those who say it in another language
    public record FieldError(
            String field, String message, @JsonIgnore Sentence words) {

        /// What the API says is of no language.
        FieldError(String field, String message) {
            this(field, message, Sentence.line(message));
        }

        FieldError(String field, Sentence words) {
            this(field, words.toString(), words);
        }
    }

    /// @param verb the right that the request needed
    static RuntimeException of(Reply reply, ObjectRef object, String verb) {
        var message = message(reply);
        if (isAdmission(reply)) {
            return invalid(reply, object);
        }
        return switch (reply.status()) {
            case 401 ->
                new RefusedException(HttpStatus.BAD_GATEWAY, "api-unauthorized", Phrases.API_CREDENTIALS.with(message));
            case 403 -> forbidden(object, verb, message);
            case 404 -> absent(reply, object);
            case 400, 413, 422 -> invalid(reply, object);
            case 429, 503 ->
                new RefusedException(HttpStatus.SERVICE_UNAVAILABLE, "api-busy", Phrases.API_BUSY.with(message))
                        .with("Retry-After", "2");
            default ->
                message.contains("typed patch object") ? invalid(reply, object) : failed(reply.status(), message);
        };
    }

    private static RefusedException failed(int status, String message) {
        return new RefusedException(HttpStatus.BAD_GATEWAY, "api-failed", Phrases.API_STATUS.with(status, message));
    }

    /// Whether a webhook or a policy said no, with whatever status.
    static boolean isAdmission(Reply reply) {
        var message = message(reply);
        return message.contains("denied the request") || message.contains("denied request");
    }

    private static RefusedException forbidden(ObjectRef object, String verb, String message) {
        return Impersonated.current()
                .map(someone -> forbidden(someone, object, verb, message))
                .orElseGet(() -> forbiddenToUs(object, verb, message));
    }

    /// The cluster's RBAC decides, of somebody who edits in their own name; or the console may not act for anybody.
    private static RefusedException forbidden(Impersonated someone, ObjectRef object, String verb, String message) {
        var resource = object.kind().kind().resource();
        var text = message.contains(" cannot impersonate")
                ? Phrases.MAY_NOT_ACT_FOR.with(someone.user(), message)
                : Phrases.PERSON_MAY_NOT.with(someone.user(), verb, resource, message);
        return new RefusedException(HttpStatus.FORBIDDEN, "forbidden", text)
                .telling("user", someone.user())
                .telling("verb", verb)
                .telling("resource", resource);
    }

    private static RefusedException forbiddenToUs(ObjectRef object, String verb, String message) {
        boolean reads = Set.of("get", "list").contains(verb);
        var role = reads ? "underpass-view" : "underpass-edit";
        var resource = object.kind().kind().resource();
        return new RefusedException(
                        HttpStatus.FORBIDDEN,
                        "forbidden",
                        Phrases.CONSOLE_MAY_NOT.with(verb, resource, role, reads ? "base" : "components/edit", message))
                .telling("verb", verb)
                .telling("resource", resource)
                .telling("role", role);
    }

    private static RuntimeException absent(Reply reply, ObjectRef object) {
        var about = reply.body().path("details").path("kind").asString("");
        if (about.equals("namespaces")) {
            return invalid(List.of(new FieldError("metadata.namespace", message(reply))));
        }
        return about.isEmpty()
                ? new RefusedException(
                        HttpStatus.NOT_FOUND,
                        "not-installed",
                        Phrases.NOT_INSTALLED.with(object.kind().kind().resource()))
                : new NotFoundException(Phrases.NO_OBJECT.with(object));
    }

    private static RefusedException invalid(Reply reply, ObjectRef object) {
        return invalid(errors(reply, object));
    }

    /// @param errors at least one
    static RefusedException invalid(List<FieldError> errors) {
        var first = errors.getFirst();
        var more = errors.size() == 1 ? "" : " (and %d more)".formatted(errors.size() - 1);
        return new RefusedException(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        "invalid-object",
                        (first.field().isEmpty() ? "" : first.field() + ": ") + first.message() + more)
                .telling("errors", errors);
    }

    /// The refusal field by field; at least one, at no field where the API names none.
    static List<FieldError> errors(Reply reply, ObjectRef object) {
        var errors = new ArrayList<FieldError>();
        for (var cause : reply.body().path("details").path("causes")) {
            errors.add(error(
                    object,
                    cause.path("field").asString(""),
                    cause.path("message").asString("")));
        }
        var message = message(reply);
        if (errors.isEmpty()) {
            UNKNOWN.matcher(message)
                    .results()
                    .forEach(field -> errors.add(at(object, field.group(1), Phrases.NO_FIELD)));
            DUPLICATE
                    .matcher(message)
                    .results()
                    .forEach(field -> errors.add(at(object, field.group(1), Phrases.FIELD_TWICE)));
        }
        return errors.isEmpty() ? List.of(atField(object, message)) : errors;
    }

    private static FieldError atField(ObjectRef object, String message) {
        var at = AT_FIELD.matcher(message);
        return at.find() ? error(object, at.group(1), at.group(2)) : new FieldError("", message);
    }

    private static FieldError at(ObjectRef object, String field, Phrases what) {
        return new FieldError(renamed(object, field.startsWith(".") ? field.substring(1) : field), what.with());
    }

    private static FieldError error(ObjectRef object, String field, String message) {
        return new FieldError(renamed(object, field.startsWith(".") ? field.substring(1) : field), message);
    }

    /// Spiderpool's webhooks name some fields as its Go code does, and a coordinator's settings as if they were alone.
    private static String renamed(ObjectRef object, String field) {
        var name = field.replace("spec.extraCIDR", "spec.hijackCIDR")
                .replace("spec.customCniTypeConfig", "spec.customCNI")
                .replaceFirst("^spec\\.(macvlan|ipvlan|sriov|ibsriov|ipoib|vlan|ovs)Config", "spec.$1");
        var first = name.startsWith("spec.") ? name.substring(5).split("[.\\[]", 2)[0] : "";
        return object.kind() == EditedKind.MULTUS_CONFIG && SETTINGS.contains(first)
                ? "spec.coordinator." + name.substring(5)
                : name;
    }

    static String message(Reply reply) {
        var message = text(reply.body(), "message");
        return message.isEmpty() ? "status " + reply.status() : message;
    }

    static boolean isConflict(Reply reply) {
        return reply.status() == 409 && text(reply.body(), "reason").equals("Conflict");
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }
}
