package dev.underpass.console.bundle;

import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Credentials in the configurations of network plugins, as Calico's may hold; a bundle must not.
final class CniCredentials {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern CREDENTIAL =
            Pattern.compile("(?i).*(token|passw|secret|credential|private|_key|_cert|clientkey|authority).*");

    private CniCredentials() {}

    /// The report's document without them; in a text that is no JSON nothing can be told apart, so that it is left out.
    static void removeFrom(JsonNode report) {
        if (report.path("host").path("cniConfig") instanceof ObjectNode files) {
            for (var name : files.propertyNames().stream().toList()) {
                files.put(name, without(files.path(name).asString("")));
            }
        }
    }

    private static String without(String text) {
        if (!CREDENTIAL.matcher(text.replace('\n', ' ')).matches()) {
            return text;
        }
        try {
            var tree = JSON.readTree(text);
            remove(tree);
            return JSON.writeValueAsString(tree);
        } catch (JacksonException _) {
            return "";
        }
    }

    private static void remove(JsonNode value) {
        if (value instanceof ObjectNode fields) {
            fields.remove(fields.propertyNames().stream()
                    .filter(name -> CREDENTIAL.matcher(name).matches())
                    .toList());
        }
        value.forEach(CniCredentials::remove);
    }
}
