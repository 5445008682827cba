package dev.underpass.console.web;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/// The address of a list: what it is filtered by, and in which order it stands.
///
/// @param usual the order that an address need not name
/// @param q the query as it was typed
/// @param sort the column that it is by, with a minus before it the other way round
/// @param falling whether from the largest on
record ListAddress(String path, String usual, String q, String sort, boolean falling) {

    /// The address without a page.
    public String href() {
        return href(q, sort);
    }

    /// The list by other words, in the same order.
    public String query(String words) {
        return href(words, sort);
    }

    /// The list by a column; the other way round where it is by that already.
    public String by(String column) {
        return href(q, sort.equals(column) ? "-" + column : column);
    }

    /// How the head of a column says that the list is by it; absent where it is not.
    public @Nullable String sorted(String column) {
        if (!sort.equals(column) && !sort.equals("-" + column)) {
            return null;
        }
        return falling ? "descending" : "ascending";
    }

    /// The order as a form sends it on; absent where that is the usual one.
    public @Nullable String unusual() {
        return sort.equals(usual) ? null : sort;
    }

    private String href(String words, String order) {
        var uri = UriComponentsBuilder.fromPath(path);
        if (!words.isEmpty()) {
            uri.queryParam("q", "{q}");
        }
        if (!order.equals(usual)) {
            uri.queryParam("sort", "{sort}");
        }
        return uri.encode().buildAndExpand(Map.of("q", words, "sort", order)).toUriString();
    }
}
