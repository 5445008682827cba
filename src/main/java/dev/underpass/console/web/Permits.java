package dev.underpass.console.web;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What of a page's controls the cluster would refuse whoever looks at it, as far as it says so.
///
/// @param barred by verb and name, separated by a space
record Permits(Map<String, Barred> barred) {

    static final Permits ALL = new Permits(Map.of());

    Permits {
        barred = Map.copyOf(barred);
    }

    /// Who may not do what.
    ///
    /// @param who as the cluster calls them; empty for the console itself
    /// @param resource with its group
    /// @param namespace empty for the cluster
    record Barred(String who, String verb, String resource, String namespace) {}

    static String key(String verb, String name) {
        return verb + " " + name;
    }

    /// Whether nothing is known to be in the way.
    ///
    /// @param name of the object; empty for one that is to be created
    public boolean may(String verb, String name) {
        return why(verb, name) == null;
    }

    /// Why not; absent where nothing is known to be in the way.
    public @Nullable Barred why(String verb, String name) {
        return barred.get(key(verb, name));
    }

    /// Why not, of those with this verb that the page lists; absent where nothing is known to be in the way.
    public @Nullable Barred any(String verb) {
        return barred.values().stream()
                .filter(each -> each.verb().equals(verb))
                .findFirst()
                .orElse(null);
    }

    /// Why not, of a page with one control; absent where nothing is known to be in the way.
    public @Nullable Barred first() {
        return barred.values().stream().findFirst().orElse(null);
    }
}
