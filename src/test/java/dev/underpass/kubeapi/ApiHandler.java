package dev.underpass.kubeapi;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Answers requests: who asks, may they, and then what they ask for.
final class ApiHandler {

    private final Store store;
    private final Access access;
    private final Collection<ResourceType> types;
    private final Lists lists;
    private final Writes writes;
    private final Deletions deletions;
    private final Reviews reviews;

    /// @param types those that are served now
    /// @param webhooks those that judge writes now
    ApiHandler(Store store, Access access, Collection<ResourceType> types, Collection<Webhook> webhooks) {
        this.store = store;
        this.access = access;
        this.types = types;
        this.lists = new Lists(store);
        this.deletions = new Deletions(store);
        this.reviews = new Reviews(access);
        this.writes = new Writes(store, webhooks);
    }

    Answer answer(ApiRequest request) {
        try {
            var user = authenticated(request);
            var path = ApiPath.parse(request.path());
            return path.isPresent() ? answer(request, user, path.get()) : discovered(request);
        } catch (Failure e) {
            return Answer.json(e.code(), e.status());
        } catch (RuntimeException e) {
            return Answer.json(500, new Failure(500, "InternalError", "Internal error occurred: " + e).status());
        }
    }

    private Answer discovered(ApiRequest request) {
        return Discovery.answer(request.path(), types).orElseGet(ApiHandler::noPage);
    }

    private static Answer noPage() {
        return Answer.text(404, "404 page not found\n");
    }

    private User authenticated(ApiRequest request) {
        var header = request.header("Authorization");
        if (!header.startsWith("Bearer ")) {
            throw Failure.unauthorized();
        }
        return access.authenticated(header.substring("Bearer ".length()), KubeApi.AUDIENCE)
                .orElseThrow(Failure::unauthorized)
                .user();
    }

    private Answer answer(ApiRequest request, User caller, ApiPath path) {
        var wish = Access.Wish.of(verb(request, path), path);
        var user = impersonated(request, caller, wish);
        access.check(user, wish);
        if (request.method().equals("POST")
                && path.group().endsWith("k8s.io")
                && path.resource().endsWith("reviews")) {
            return reviews.answer(path.resource(), user, request.object()).orElseGet(ApiHandler::noPage);
        }
        var type = type(path);
        if (type.isEmpty()) {
            return noPage();
        }
        if (path.name().isEmpty() != request.method().equals("POST")
                && !request.method().equals("GET")) {
            throw Failure.methodNotAllowed();
        }
        var target = new Target(type.get(), path.namespace(), path.name(), path.subresource());
        return switch (request.method()) {
            case "GET" -> read(request, target);
            case "POST" -> written(writes.create(target, request.options(), request.object()));
            case "PUT" -> written(writes.update(target, request.options(), request.object()));
            case "PATCH" -> written(writes.patch(target, request.options(), request.contentType(), request.tree()));
            case "DELETE" -> deleted(request, target);
            default -> throw Failure.methodNotAllowed();
        };
    }

    private static String verb(ApiRequest request, ApiPath path) {
        var many = path.name().isEmpty();
        return switch (request.method()) {
            case "GET" -> many ? request.query().is("watch") ? "watch" : "list" : "get";
            case "POST" -> "create";
            case "PUT" -> "update";
            case "DELETE" -> many ? "deletecollection" : "delete";
            default -> request.method().toLowerCase(Locale.ROOT);
        };
    }

    private User impersonated(ApiRequest request, User caller, Access.Wish wish) {
        var name = request.header("Impersonate-User");
        if (name.isEmpty()) {
            return caller;
        }
        var user = User.named(name, request.headers().getAll("Impersonate-Group"));
        access.checkImpersonation(caller, user, wish);
        return user;
    }

    private Optional<ResourceType> type(ApiPath path) {
        return types.stream()
                .filter(type -> type.group().equals(path.group())
                        && type.version().equals(path.version())
                        && type.names().plural().equals(path.resource()))
                .filter(type ->
                        path.subresource().isEmpty() || (path.subresource().equals("status") && type.status()))
                .findFirst();
    }

    private Answer read(ApiRequest request, Target target) {
        if (!target.name().isEmpty()) {
            return Answer.json(200, store.get(target));
        }
        var selector = Selector.of(target.type(), request.query());
        var scope = new Lists.Scope(target.type(), target.namespace(), "", selector);
        return request.query().is("watch")
                ? new Answer.Lines(Watch.lines(store, scope, request.query()))
                : Answer.json(200, lists.list(scope, request.query()));
    }

    private static Answer written(Written written) {
        return new Answer.Whole(
                written.code(), "application/json", written.object().toString(), written.warnings());
    }

    private Answer deleted(ApiRequest request, Target target) {
        ObjectNode options = request.body().isBlank() ? Json.object() : request.object();
        var dryRun =
                request.options().dryRun() || Json.texts(options.path("dryRun")).equals(List.of("All"));
        return written(deletions.delete(target, dryRun, options));
    }
}
