package dev.underpass.console.bundle;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// The JSON or YAML documents of one file; a Kubernetes List counts as its items.
final class Documents {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final YAMLMapper YAML = YAMLMapper.builder().build();

    private Documents() {}

    /// @param node the object; never a List
    record Document(JsonNode node, String place) {}

    static List<Document> read(String file, byte[] content) throws BundleException {
        var documents = new ArrayList<Document>();
        for (var root : roots(file, content)) {
            var place = documents.isEmpty() ? "" : "document " + (documents.size() + 1);
            if (root.isObject()
                    && root.path("kind").asString("").endsWith("List")
                    && root.path("items").isArray()) {
                var items = root.get("items");
                for (int i = 0; i < items.size(); i++) {
                    documents.add(new Document(items.get(i), "items[" + i + "]"));
                }
            } else if (!root.isNull() && !root.isMissingNode()) {
                documents.add(new Document(root, place));
            }
        }
        return documents;
    }

    private static List<JsonNode> roots(String file, byte[] content) throws BundleException {
        boolean json = file.endsWith(".json");
        ObjectMapper mapper = json ? JSON : YAML;
        try (var values = mapper.readerFor(JsonNode.class).<JsonNode>readValues(content)) {
            return values.readAll();
        } catch (JacksonException e) {
            var location = e.getLocation();
            var place = location == null
                    ? ""
                    : "line %d, column %d: ".formatted(location.getLineNr(), location.getColumnNr());
            throw new BundleException(file, place + "not " + (json ? "JSON" : "YAML") + ": " + firstLine(e));
        }
    }

    private static String firstLine(JacksonException e) {
        var message = String.valueOf(e.getOriginalMessage());
        return message.lines().findFirst().orElse("syntax error");
    }
}
