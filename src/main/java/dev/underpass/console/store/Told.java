package dev.underpass.console.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Something that replicas tell each other.
///
/// @param key names it; whatever has the same key is the same
/// @param json in a form that replicas of other versions can read as well
public record Told(String key, String json) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .changeDefaultPropertyInclusion(included -> included.withValueInclusion(JsonInclude.Include.NON_NULL))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    /// A value as JSON.
    ///
    /// @param value a record that becomes JSON by its components
    public static Told of(String key, Object value) {
        return new Told(key, JSON.writeValueAsString(value));
    }

    /// The value again.
    ///
    /// @throws tools.jackson.core.JacksonException if it is nothing of the kind
    public <T> T as(Class<T> type) {
        return JSON.readValue(json, type);
    }
}
