package dev.underpass.kubeapi;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Who may do what: all users everything, except for what was denied to them.
final class Access {

    record Token(User user, List<String> audiences) {}

    /// What somebody wants to do.
    ///
    /// @param resource with its subresource after a slash
    /// @param namespace empty for the cluster
    /// @param name empty for a collection
    record Wish(String verb, String group, String resource, String namespace, String name) {

        static Wish of(String verb, ApiPath path) {
            var resource = path.resource() + (path.subresource().isEmpty() ? "" : "/" + path.subresource());
            var namespace = path.resource().equals("namespaces") ? path.name() : path.namespace();
            return new Wish(verb, path.group(), resource, namespace, path.name());
        }
    }

    private record Denial(String user, String verb, String resource) {}

    private final Map<String, Token> tokens = new ConcurrentHashMap<>();
    private final Set<Denial> denials = ConcurrentHashMap.newKeySet();

    Access() {
        put(
                token(KubeApi.ADMIN),
                new Token(User.named(KubeApi.ADMIN, List.of("system:masters")), List.of(KubeApi.AUDIENCE)));
    }

    /// The token that a kubeconfig holds for a user.
    static String token(String user) {
        return user + "-token";
    }

    void put(String token, Token meaning) {
        tokens.put(token, meaning);
    }

    Optional<Token> authenticated(String token, String audience) {
        return find(token).filter(found -> found.audiences().contains(audience));
    }

    void remove(String token) {
        tokens.remove(token);
    }

    Optional<Token> find(String token) {
        return Optional.ofNullable(tokens.get(token));
    }

    void deny(String user, String verb, String resource) {
        denials.add(new Denial(user, verb, resource));
    }

    void allow(String user, String verb, String resource) {
        denials.remove(new Denial(user, verb, resource));
    }

    boolean allows(User user, Wish wish) {
        return user.master() || !denials.contains(new Denial(user.name(), wish.verb(), wish.resource()));
    }

    /// @throws Failure where it is not allowed
    void check(User user, Wish wish) {
        if (!allows(user, wish)) {
            throw forbidden(user, wish);
        }
    }

    /// @param other whom the user wants to be while doing it
    void checkImpersonation(User user, User other, Wish wish) {
        if (!allows(user, new Wish("impersonate", "", other.resource(), "", other.name()))) {
            var verb = "impersonate-on:user-info:" + wish.verb();
            throw forbidden(user, new Wish(verb, wish.group(), wish.resource(), wish.namespace(), wish.name()));
        }
    }

    private static Failure forbidden(User user, Wish wish) {
        var plural = wish.resource().split("/", 2)[0];
        var qualified = wish.group().isEmpty() ? plural : plural + "." + wish.group();
        var what = wish.name().isEmpty() ? qualified : "%s \"%s\"".formatted(qualified, wish.name());
        var where = wish.namespace().isEmpty()
                ? "at the cluster scope"
                : "in the namespace \"%s\"".formatted(wish.namespace());
        var message = "%s is forbidden: User \"%s\" cannot %s resource \"%s\" in API group \"%s\" %s"
                .formatted(what, user.name(), wish.verb(), wish.resource(), wish.group(), where);
        return new Failure(403, "Forbidden", message).about(wish.name(), wish.group(), plural);
    }
}
