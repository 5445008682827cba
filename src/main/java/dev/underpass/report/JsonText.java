package dev.underpass.report;

import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// A JSON object kept as its text, because whoever passes it on need not look into it.
public record JsonText(String text) {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /// The text of `nft -j list ruleset` where there are no rules.
    public static final JsonText NO_RULES = new JsonText("{\"nftables\":[]}");

    /// The object as a tree of maps, lists, texts and numbers.
    ///
    /// @throws IllegalArgumentException if the text is no JSON object
    @SuppressWarnings("unchecked")
    public Map<String, ?> tree() {
        try {
            return MAPPER.readValue(text, Map.class);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not a JSON object: " + e.getOriginalMessage(), e);
        }
    }
}
