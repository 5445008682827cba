package dev.underpass.console.web;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a CNI configuration chains, and the pools that it names.
///
/// @param plugins their types in their order
/// @param readable whether it is JSON at all
/// @param text the configuration with one field a line; as it is where it cannot be read
record CniChain(List<String> plugins, List<String> pools, boolean readable, String text) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// Where Spiderpool's IPAM looks for pools.
    private static final Set<String> POOL_FIELDS =
            Set.of("default_ipv4_ippool", "default_ipv6_ippool", "ipv4_ippool", "ipv6_ippool");

    static CniChain of(String config) {
        try {
            var root = JSON.readTree(config.isBlank() ? "{}" : config);
            var plugins = new ArrayList<String>();
            var list = root.path("plugins");
            if (list.isArray()) {
                list.forEach(each -> plugins.add(each.path("type").asString("")));
            } else if (root.has("type")) {
                plugins.add(root.path("type").asString(""));
            }
            var pools = new LinkedHashSet<String>();
            collect(root, pools);
            var text = config.isBlank() ? "" : root.toPrettyString();
            return new CniChain(plugins, List.copyOf(pools), true, text);
        } catch (JacksonException _) {
            return new CniChain(List.of(), List.of(), false, config);
        }
    }

    private static void collect(JsonNode node, Set<String> pools) {
        node.properties().forEach(field -> {
            if (POOL_FIELDS.contains(field.getKey().toLowerCase(Locale.ROOT))) {
                names(field.getValue(), pools);
            }
        });
        node.forEach(each -> collect(each, pools));
    }

    private static void names(JsonNode value, Set<String> pools) {
        if (value.isString() && !value.asString().isEmpty()) {
            pools.add(value.asString());
        }
        value.valueStream().forEach(each -> names(each, pools));
    }
}
