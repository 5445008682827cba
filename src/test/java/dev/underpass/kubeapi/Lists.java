package dev.underpass.kubeapi;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// Lists, in pages where a limit is asked for.
final class Lists {

    private static final long NOW = -1;
    private static final String TOO_OLD_PAGE =
            "The provided continue parameter is too old to display a consistent list result. You can start a new list "
                    + "without the continue parameter, or use the continue token in this response to retrieve the "
                    + "remainder of the results. Continuing with the provided token results in an inconsistent list - "
                    + "objects that were created, modified, or deleted between the time the first chunk was returned "
                    + "and now may show up in the list.";

    /// The objects that a list or a watch is about.
    ///
    /// @param namespace empty for all
    /// @param name empty for all
    record Scope(ResourceType type, String namespace, String name, Selector selector) {

        boolean holds(Store.Key key, ObjectNode object) {
            return key.type().equals(type.qualified())
                    && (namespace.isEmpty() || namespace.equals(key.namespace()))
                    && (name.isEmpty() || name.equals(key.name()))
                    && selector.test(object);
        }

        List<ObjectNode> select(Map<Store.Key, ObjectNode> objects) {
            return objects.entrySet().stream()
                    .filter(entry -> holds(entry.getKey(), entry.getValue()))
                    .map(Map.Entry::getValue)
                    .toList();
        }
    }

    /// Where a page starts, in the list of a revision.
    private record Page(long revision, Store.Key after) {

        static Page parse(String token) {
            try {
                var fields = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8).split("\n", -1);
                return new Page(Long.parseLong(fields[0]), new Store.Key(fields[1], fields[2], fields[3]));
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                throw Failure.badRequest("continue key is not valid: " + e.getMessage());
            }
        }

        String token() {
            var text = String.join("\n", Long.toString(revision), after.type(), after.namespace(), after.name());
            return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private final Store store;

    Lists(Store store) {
        this.store = store;
    }

    ObjectNode list(Scope scope, Query query) {
        synchronized (store) {
            if (!query.text("continue").isEmpty()) {
                return next(scope, query);
            }
            long asked = query.number("resourceVersion");
            checkReached(asked);
            boolean exact = query.text("resourceVersionMatch").equals("Exact")
                    || (asked > 0
                            && query.number("limit") > 0
                            && query.text("resourceVersionMatch").isEmpty());
            return page(scope, query, exact ? asked : store.revision(), new Store.Key("", "", ""));
        }
    }

    private void checkReached(long asked) {
        if (asked > store.revision()) {
            throw new Failure(
                            504,
                            "Timeout",
                            "Timeout: Too large resource version: %d, current: %d".formatted(asked, store.revision()))
                    .causedBy(List.of(new Failure.Cause("ResourceVersionTooLarge", "Too large resource version", "")));
        }
    }

    private ObjectNode next(Scope scope, Query query) {
        var page = Page.parse(query.text("continue"));
        try {
            return page(scope, query, page.revision() == NOW ? store.revision() : page.revision(), page.after());
        } catch (Failure e) {
            throw Failure.expired(TOO_OLD_PAGE).continuedBy(new Page(NOW, page.after()).token());
        }
    }

    private ObjectNode page(Scope scope, Query query, long revision, Store.Key after) {
        var type = scope.type();
        var list = Json.object().put("kind", type.names().kind() + "List").put("apiVersion", type.apiVersion());
        var metadata = list.putObject("metadata").put("resourceVersion", Long.toString(revision));
        var items = list.putArray("items");
        var found = store.allAt(type.qualified(), revision).tailMap(after, false).entrySet().stream()
                .filter(entry -> scope.holds(entry.getKey(), entry.getValue()))
                .toList();
        long limit = query.number("limit") > 0 ? query.number("limit") : Long.MAX_VALUE;
        found.stream().limit(limit).forEach(entry -> items.add(listed(type, entry.getValue())));
        if (found.size() > items.size()) {
            metadata.put(
                    "continue", new Page(revision, found.get(items.size() - 1).getKey()).token());
            if (scope.selector().everything()) {
                metadata.put("remainingItemCount", found.size() - items.size());
            }
        }
        return list;
    }

    /// The items of a built-in list do not say their type.
    private static ObjectNode listed(ResourceType type, ObjectNode object) {
        return type.schema() != null ? object : Json.object().setAll(object).without(List.of("apiVersion", "kind"));
    }
}
