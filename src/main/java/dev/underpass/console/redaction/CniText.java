package dev.underpass.console.redaction;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.StringNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Configurations that are texts within other documents: those of network plugins, of kube-proxy and kubeadm. Addresses
/// are replaced; texts of unknown meaning are left out.
final class CniText {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final YAMLMapper YAML = YAMLMapper.builder().build();

    private static final Set<String> WORDS = Set.of(
            "type",
            "cniVersion",
            "mode",
            "master",
            "podCIDRType",
            "podDefaultRouteNIC",
            "kind",
            "apiVersion",
            "detectLocalMode",
            "kubernetesVersion",
            "scheduler",
            "bridge",
            "ifName",
            "device",
            "vlan",
            "mtu");

    private final Leaves leaves;

    CniText(Leaves leaves) {
        this.leaves = leaves;
    }

    /// A text that is no JSON becomes another one that is none.
    String json(String text) {
        return redacted(JSON, text);
    }

    String yaml(String text) {
        return redacted(YAML, text);
    }

    private String redacted(ObjectMapper mapper, String text) {
        try {
            var tree = mapper.readTree(text);
            if (tree.isContainer()) {
                var changed = value("", tree);
                return mapper.writeValueAsString(changed);
            }
        } catch (JacksonException _) {
            // Nothing can be read from it afterwards, either.
        }
        return text.isBlank() ? text : "{ not readable";
    }

    private @Nullable JsonNode value(String field, JsonNode value) {
        if (value.isArray()) {
            var list = JsonNodeFactory.instance.arrayNode();
            for (var item : value) {
                var changed = value(field, item);
                if (changed != null) {
                    list.add(changed);
                }
            }
            return list;
        }
        if (value.isObject()) {
            var result = JsonNodeFactory.instance.objectNode();
            for (var property : value.properties()) {
                var changed = value(property.getKey(), property.getValue());
                if (changed != null) {
                    result.set(property.getKey(), changed);
                }
            }
            return result;
        }
        return value.isString() ? text(field, value.asString()) : value;
    }

    private @Nullable JsonNode text(String field, String text) {
        var pseudonyms = leaves.pseudonyms();
        if (WORDS.contains(field)) {
            return StringNode.valueOf(pseudonyms.word(text));
        }
        return switch (field) {
            case "name" -> StringNode.valueOf(pseudonyms.name(NameKind.NETWORK, text));
            case "podMACPrefix", "mac" -> leaves.mac().of(StringNode.valueOf(text));
            case "hijackCIDR" -> leaves.address().of(StringNode.valueOf(text));
            default ->
                leaves.addresses().list(text, ",").map(StringNode::valueOf).orElse(null);
        };
    }
}
