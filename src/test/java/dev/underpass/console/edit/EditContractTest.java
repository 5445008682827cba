package dev.underpass.console.edit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What OpenAPI tells of the edits.
class EditContractTest extends EditingConsole {

    private static JsonNode at(JsonNode node, String... path) {
        var at = node;
        for (var name : path) {
            at = at.path(name);
        }
        return at;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "coordinators/{name}",
                "ippools/{name}",
                "multusconfigs/{namespace}/{name}",
                "reservedips/{name}",
                "subnets/{name}"
            })
    void describesTheEditsOfEachKind(String path) {
        var described = at(document(), "paths", "/api/v1/" + path);

        assertThat(described.propertyNames()).contains("get", "put", "post", "delete");
        assertThat(at(described, "put", "requestBody", "content", "application/json", "schema", "type")
                        .asString(""))
                .isEqualTo("object");
        assertThat(at(described, "put", "parameters")
                        .valueStream()
                        .map(each -> each.path("name").asString("")))
                .contains("If-Match", "dryRun", "force");
        assertThat(at(described, "get", "responses", "200", "content").toString())
                .contains("object");
    }

    @Test
    void describesTheRecordOfEdits() {
        var document = document();

        assertThat(at(document, "paths", "/api/v1/edits", "get", "responses", "200", "content")
                        .isEmpty())
                .isFalse();
        assertThat(at(document, "components", "schemas", "EditView", "properties")
                        .propertyNames())
                .contains("id", "who", "outcome", "before", "after", "undo");
        assertThat(at(document, "paths").propertyNames()).contains("/api/v1/edits/{id}/undo");
    }
}
