package dev.underpass.console.edit;

import dev.underpass.words.Sentence;
import java.util.Map;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Lets OpenAPI describe Kubernetes objects as what they are to a client: any JSON; and sentences as their text.
@Component
class OpenApiObjects {

    OpenApiObjects() {
        SpringDocUtils.getConfig()
                .replaceWithClass(ObjectNode.class, Map.class)
                .replaceWithClass(JsonNode.class, Object.class)
                .replaceWithClass(Sentence.class, String.class);
    }
}
