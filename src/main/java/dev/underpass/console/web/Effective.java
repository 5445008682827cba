package dev.underpass.console.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What holds where a field of a form is empty, and what holds today.
///
/// @param now absent where the object is yet to be created
/// @param empty what holds where the field is left out
/// @param result what a value such as `auto` comes to in this cluster; absent where that is not asked
/// @param otherwise who says something else, for itself
record Effective(@Nullable Held now, Held empty, @Nullable Result result, List<String> otherwise) {

    Effective {
        otherwise = List.copyOf(otherwise);
    }

    /// A value, and whence it is.
    ///
    /// @param value empty where nothing is set
    /// @param of the name of the object that gives it; empty where none does
    record Held(String value, Source source, String of) {}

    /// Who gives a value.
    enum Source {
        /// The object that is edited.
        OWN,
        BUILT_IN,
        /// What the API server writes into the section of a network, as soon as that has any field.
        FILLED_IN,
        COORDINATOR,
        ATTACHMENT,
        SUBNET,
        NOT_CHAINED
    }

    /// What a value comes to.
    ///
    /// @param key of the page's words
    /// @param texts in the words of the field
    record Result(String key, List<String> texts) {}

    static Effective of(@Nullable Held now, Held empty) {
        return new Effective(now, empty, null, List.of());
    }

    /// Whether more is to be told than what holds today.
    public boolean differs() {
        return now != null && !now.equals(empty);
    }
}
