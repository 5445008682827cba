package dev.underpass.diagnosis;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An object of the cluster's network configuration that came, went, or was edited.
///
/// @param kind such as `SpiderIPPool`
/// @param name with its namespace, where it has one
/// @param fields what is different; of an object that came or went, all that matters
public record ConfigurationChange(String kind, String name, What what, List<FieldChange> fields) {

    /// What happened to the object.
    public enum What {
        ADDED,
        EDITED,
        REMOVED
    }

    /// One field with both of its values.
    ///
    /// @param field as in the object: `spec.hijackCIDR`
    /// @param before null where it was not set
    /// @param after null where it is not set any more
    public record FieldChange(
            String field, @Nullable String before, @Nullable String after) {}

    public ConfigurationChange {
        fields = List.copyOf(fields);
    }
}
