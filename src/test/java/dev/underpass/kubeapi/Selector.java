package dev.underpass.kubeapi;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Which objects a list or a watch is about: label and field selectors.
final class Selector implements Predicate<ObjectNode> {

    private static final Pattern SET = Pattern.compile("(\\S+) +(in|notin) +\\((.*)\\)");
    private static final List<String> FIELDS =
            List.of("metadata.name", "metadata.namespace", "spec.nodeName", "status.phase", "type");

    private final List<Predicate<ObjectNode>> terms = new ArrayList<>();

    private Selector() {}

    static Selector of(ResourceType type, Query query) {
        var selector = new Selector();
        for (var term : query.text("labelSelector").split(",(?![^(]*\\))", -1)) {
            if (!term.isBlank()) {
                selector.terms.add(label(term.strip()));
            }
        }
        for (var term : query.text("fieldSelector").split(",", -1)) {
            if (!term.isBlank()) {
                selector.terms.add(field(type, term.strip()));
            }
        }
        return selector;
    }

    /// Whether it takes every object.
    boolean everything() {
        return terms.isEmpty();
    }

    @Override
    public boolean test(ObjectNode object) {
        return terms.stream().allMatch(term -> term.test(object));
    }

    private static JsonNode labels(ObjectNode object) {
        return object.path("metadata").path("labels");
    }

    private static Predicate<ObjectNode> label(String term) {
        var set = SET.matcher(term);
        if (set.matches()) {
            var key = set.group(1);
            var values = List.of(set.group(3).strip().split(" *, *", -1));
            var in = set.group(2).equals("in");
            return object -> labels(object).has(key) ? values.contains(Json.text(labels(object), key)) == in : !in;
        }
        if (!term.contains("=")) {
            return term.startsWith("!")
                    ? object -> !labels(object).has(term.substring(1).strip())
                    : object -> labels(object).has(term);
        }
        var sides = Sides.of(term);
        return object -> (labels(object).has(sides.left())
                        && Json.text(labels(object), sides.left()).equals(sides.right()))
                == sides.equal();
    }

    private static Predicate<ObjectNode> field(ResourceType type, String term) {
        var sides = Sides.of(term);
        if (!FIELDS.contains(sides.left())
                || (type.schema() != null && !sides.left().startsWith("metadata."))) {
            throw Failure.badRequest("field label not supported: " + sides.left());
        }
        return object -> Json.text(object, sides.left().split("\\.", -1)).equals(sides.right()) == sides.equal();
    }

    private record Sides(String left, String right, boolean equal) {

        static Sides of(String term) {
            int at = term.indexOf('=');
            if (at <= 0) {
                throw Failure.badRequest("invalid selector: '%s'".formatted(term));
            }
            var equal = term.charAt(at - 1) != '!';
            var right = term.substring(at + 1);
            return new Sides(
                    term.substring(0, equal ? at : at - 1).strip(),
                    (right.startsWith("=") ? right.substring(1) : right).strip(),
                    equal);
        }
    }
}
