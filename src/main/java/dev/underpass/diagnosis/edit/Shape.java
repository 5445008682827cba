package dev.underpass.diagnosis.edit;

import dev.underpass.words.Sentence;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a field of an object may hold.
sealed interface Shape {

    Text TEXT = new Text(List.of());
    Flag FLAG = new Flag();
    Items TEXTS = new Items(TEXT);

    /// A text.
    ///
    /// @param allowed the only values; empty for any
    record Text(List<String> allowed) implements Shape {
        public Text {
            allowed = List.copyOf(allowed);
        }

        static Text of(String... allowed) {
            return new Text(List.of(allowed));
        }
    }

    /// A whole number in a range.
    ///
    /// @param why what sets the limits
    record Whole(long least, long most, Sentence why) implements Shape {}

    /// `true` or `false`.
    record Flag() implements Shape {}

    /// A list.
    record Items(Shape item) implements Shape {}

    /// An object.
    ///
    /// @param fields in the order of the CRD
    record Members(Map<String, Shape> fields, Set<String> required) implements Shape {}

    /// An object of texts by any name.
    record Labels() implements Shape {}
}
