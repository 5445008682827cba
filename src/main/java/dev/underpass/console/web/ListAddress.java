package dev.underpass.console.web;

import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/// The address of a list: what it is filtered by, and in which order it stands.
///
/// @param q the query as it was typed
record ListAddress(String path, String q, Order order) {

    /// The address without a page.
    public String href() {
        return href(q, order.sort());
    }

    /// The list by other words, in the same order.
    public String query(String words) {
        return href(words, order.sort());
    }

    /// The list by a column; the other way round where it is by that already.
    public String by(String column) {
        return href(q, order.next(column));
    }

    /// How the head of a column says that the list is by it; absent where it is not.
    public @Nullable String sorted(String column) {
        return order.of(column);
    }

    /// The order as a form sends it on; absent where that is the usual one.
    public @Nullable String sort() {
        return order.sort().equals(order.usual()) ? null : order.sort();
    }

    private String href(String words, String sort) {
        var uri = UriComponentsBuilder.fromPath(path);
        if (!words.isEmpty()) {
            uri.queryParam("q", "{q}");
        }
        if (!sort.equals(order.usual())) {
            uri.queryParam("sort", "{sort}");
        }
        return uri.encode()
                .buildAndExpand(java.util.Map.of("q", words, "sort", sort))
                .toUriString();
    }
}
