package dev.underpass.kubeapi;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Answers reviews: of tokens, of what somebody may do, of who somebody is.
final class Reviews {

    private final Access access;

    Reviews(Access access) {
        this.access = access;
    }

    /// The answered review; empty where the resource is none.
    Optional<Answer> answer(String resource, User user, ObjectNode review) {
        var spec = review.path("spec");
        return switch (resource) {
            case "tokenreviews" -> answered(review, token(spec));
            case "subjectaccessreviews" -> answered(review, access(subject(spec), spec.path("resourceAttributes")));
            case "selfsubjectaccessreviews" -> answered(review, access(user, spec.path("resourceAttributes")));
            case "selfsubjectreviews" -> answered(review, self(user));
            default -> Optional.empty();
        };
    }

    private static Optional<Answer> answered(ObjectNode review, ObjectNode status) {
        var answer = review.deepCopy();
        answer.set("status", status);
        return Optional.of(Answer.json(201, answer));
    }

    private ObjectNode token(JsonNode spec) {
        var wanted = Json.texts(spec.path("audiences"));
        var audiences = wanted.isEmpty() ? List.of(KubeApi.AUDIENCE) : wanted;
        var found = access.find(Json.text(spec, "token"));
        var status = Json.object();
        if (found.isEmpty()) {
            status.putObject("user");
            return status.put("error", "[invalid bearer token, unknown]");
        }
        var common =
                audiences.stream().filter(found.get().audiences()::contains).toList();
        if (common.isEmpty()) {
            status.putObject("user");
            return status.put(
                    "error",
                    "[invalid bearer token, token audiences %s is invalid for the target audiences %s]"
                            .formatted(quoted(found.get().audiences()), quoted(audiences)));
        }
        status.put("authenticated", true);
        status.set("user", info(found.get().user()));
        common.forEach(status.putArray("audiences")::add);
        return status;
    }

    /// As Go prints a list of quoted strings.
    private static String quoted(List<String> texts) {
        return "["
                + String.join(" ", texts.stream().map(text -> '"' + text + '"').toList()) + "]";
    }

    private static ObjectNode info(User user) {
        var info = Json.object().put("username", user.name());
        user.groups().forEach(info.putArray("groups")::add);
        var extra = Json.object();
        user.extra().forEach((key, values) -> values.forEach(extra.putArray(key)::add));
        if (!extra.isEmpty()) {
            info.set("extra", extra);
        }
        return info;
    }

    private static User subject(JsonNode spec) {
        return User.named(Json.text(spec, "user"), Json.texts(spec.path("groups")));
    }

    private ObjectNode access(User user, JsonNode attributes) {
        var subresource = Json.text(attributes, "subresource");
        var wish = new Access.Wish(
                Json.text(attributes, "verb"),
                Json.text(attributes, "group"),
                Json.text(attributes, "resource") + (subresource.isEmpty() ? "" : "/" + subresource),
                Json.text(attributes, "namespace"),
                Json.text(attributes, "name"));
        var status = Json.object().put("allowed", access.allows(user, wish));
        return status.path("allowed").asBoolean()
                ? status.put(
                        "reason",
                        "RBAC: allowed by ClusterRoleBinding \"%1$s\" of ClusterRole \"%1$s\" to User \"%1$s\""
                                .formatted(user.name()))
                : status;
    }

    private static ObjectNode self(User user) {
        var status = Json.object();
        status.set("userInfo", info(user));
        return status;
    }
}
