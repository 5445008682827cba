package dev.underpass.kubeapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/// Rights at a real API server: each user has a ClusterRole with everything but what was denied.
final class Grants {

    private static final String ROLES = "/apis/rbac.authorization.k8s.io/v1/clusterroles";
    private static final String BINDINGS = "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings";
    private static final List<String> VERBS =
            List.of("get", "list", "watch", "create", "update", "patch", "delete", "deletecollection", "impersonate");
    private static final List<String> OTHERS = List.of(
            "customresourcedefinitions",
            "groups",
            "serviceaccounts",
            "subjectaccessreviews",
            "tokenreviews",
            "uids",
            "users");

    private record Right(String verb, String resource) {}

    private final KubeCalls calls;
    private final Map<String, Set<Right>> denied = new ConcurrentHashMap<>();

    /// @param calls those of one who may grant everything
    Grants(KubeCalls calls) {
        this.calls = calls;
    }

    /// Lets a user do everything, unless something was denied already.
    void admit(String user) {
        if (denied.putIfAbsent(user, new HashSet<>()) == null) {
            write(user);
            bind(user);
            await(user, new Right("list", "namespaces"), true);
        }
    }

    void deny(String user, String verb, String resource) {
        admit(user);
        denied.getOrDefault(user, Set.of()).add(new Right(verb, resource));
        write(user);
        await(user, new Right(verb, resource), false);
    }

    void allow(String user, String verb, String resource) {
        admit(user);
        denied.getOrDefault(user, Set.of()).remove(new Right(verb, resource));
        write(user);
        await(user, new Right(verb, resource), true);
    }

    private static String name(String user) {
        return "test:" + user;
    }

    private void write(String user) {
        var role = Json.parse("{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {}}");
        Json.child(role, "metadata").put("name", name(user));
        var rules = role.putArray("rules");
        resources(user).forEach(resource -> rules.add(rule(user, resource)));
        var everyPath = rules.addObject();
        everyPath.putArray("nonResourceURLs").add("*");
        everyPath.putArray("verbs").add("get");
        if (calls.put(ROLES + "/" + name(user), role).code() == 404) {
            accept(calls.post(ROLES, role));
        }
    }

    private Stream<String> resources(String user) {
        var known = ResourceTypes.ALL.stream()
                .flatMap(type -> Stream.of(type.names().plural(), type.names().plural() + "/status"));
        var named = denied.getOrDefault(user, Set.of()).stream().map(Right::resource);
        return Stream.of(known, OTHERS.stream(), named).flatMap(names -> names).distinct();
    }

    private ObjectNode rule(String user, String resource) {
        var rule = Json.object();
        rule.putArray("apiGroups").add("*");
        rule.putArray("resources").add(resource);
        var verbs = rule.putArray("verbs");
        VERBS.stream()
                .filter(verb -> !denied.getOrDefault(user, Set.of()).contains(new Right(verb, resource)))
                .forEach(verbs::add);
        return rule;
    }

    private void bind(String user) {
        var binding = Json.parse("""
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRoleBinding
                metadata: {name: "%1$s"}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: "%1$s"}
                subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: "%2$s"}]
                """.formatted(name(user), user));
        var reply = calls.post(BINDINGS, binding);
        if (reply.code() != 409) {
            accept(reply);
        }
    }

    private static void accept(KubeCalls.Reply reply) {
        if (reply.code() >= 300) {
            throw new IllegalStateException("the API server answered " + reply.body());
        }
    }

    /// Waits until the authorizer, which follows the roles by a watch, knows.
    private void await(String user, Right right, boolean allowed) {
        try {
            for (int i = 0; i < 100; i++) {
                if (isAllowed(user, right) == allowed) {
                    return;
                }
                ServerProcess.pause();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException("the API server does not take the rights of " + user);
    }

    private boolean isAllowed(String user, Right right) {
        var parts = right.resource().split("/", 2);
        var group = ResourceTypes.ALL.stream()
                .filter(type -> type.names().plural().equals(parts[0]))
                .findFirst()
                .map(ResourceType::group)
                .orElse("");
        var review = Json.parse("{apiVersion: authorization.k8s.io/v1, kind: SubjectAccessReview}");
        var attributes = review.putObject("spec")
                .put("user", user)
                .putObject("resourceAttributes")
                .put("group", group);
        attributes.put("verb", right.verb()).put("resource", parts[0]);
        if (parts.length > 1) {
            attributes.put("subresource", parts[1]);
        }
        var reply = calls.post("/apis/authorization.k8s.io/v1/subjectaccessreviews", review);
        return reply.body().path("status").path("allowed").asBoolean(false);
    }
}
