package dev.underpass.console.edit;

import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// What comes of a field that two sides changed: of a list that is a set, what either added, without what either took.
final class ListMerge {

    /// The lists whose order means nothing.
    private static final Set<String> SETS =
            Set.of("ips", "excludeIPs", "hijackCIDR", "namespaceName", "nodeName", "multusName");

    private ListMerge() {}

    /// The value when yours is put on top of theirs.
    ///
    /// @param field its name, or its path
    /// @param base before both; absent, like the others, where the field is not set
    static @Nullable JsonNode merged(
            String field, @Nullable JsonNode base, @Nullable JsonNode theirs, @Nullable JsonNode yours) {
        if (Objects.equals(yours, base)) {
            return theirs;
        }
        boolean lists = SETS.contains(field.substring(field.lastIndexOf('.') + 1))
                && Stream.of(Optional.ofNullable(base), Optional.ofNullable(theirs), Optional.ofNullable(yours))
                        .allMatch(value -> value.filter(each -> !isList(each)).isEmpty());
        if (!lists || Objects.equals(theirs, base)) {
            return yours;
        }
        var before = items(base);
        var result = items(theirs);
        var mine = items(yours);
        result.removeIf(item -> before.contains(item) && !mine.contains(item));
        mine.removeAll(before);
        result.addAll(mine);
        boolean gone = yours == null || yours.isMissingNode();
        return gone && result.isEmpty()
                ? yours
                : JsonNodeFactory.instance.arrayNode().addAll(result);
    }

    private static boolean isList(JsonNode value) {
        return value.isMissingNode() || value.isArray();
    }

    private static Set<JsonNode> items(@Nullable JsonNode list) {
        var items = new LinkedHashSet<JsonNode>();
        if (list != null) {
            list.forEach(items::add);
        }
        return items;
    }
}
