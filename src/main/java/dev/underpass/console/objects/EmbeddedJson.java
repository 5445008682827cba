package dev.underpass.console.objects;

import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// JSON that is a text inside of another document, such as a CNI configuration.
final class EmbeddedJson {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private EmbeddedJson() {}

    static JsonNode parse(String text) {
        return JSON.readTree(text);
    }
}
