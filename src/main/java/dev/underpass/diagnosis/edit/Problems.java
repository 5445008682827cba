package dev.underpass.diagnosis.edit;

import dev.underpass.diagnosis.edit.FieldProblem.Severity;
import dev.underpass.words.Sentence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The problems found so far. Of those of one list only the first are kept, and of the others the number.
final class Problems {

    private static final int MOST_OF_ONE_FIELD = 20;
    private static final int MOST = 300;
    private static final int MOST_HIDDEN = 1_000;
    private static final String SPEC = "spec.";

    private final Set<FieldProblem> found = new LinkedHashSet<>();
    private final Map<String, Integer> counts = new LinkedHashMap<>();
    private final Map<String, Integer> hidden = new LinkedHashMap<>();
    private final Map<String, Severity> worst = new LinkedHashMap<>();

    void refuse(String field, Sentence message) {
        add(new FieldProblem(field, message, Severity.REFUSED));
    }

    void warn(String field, Sentence message) {
        add(new FieldProblem(field, message, Severity.WARNING));
    }

    void add(FieldProblem problem) {
        var list = withoutIndex(problem.field());
        if (found.size() < MOST && counts.getOrDefault(list, 0) < MOST_OF_ONE_FIELD) {
            if (found.add(problem)) {
                counts.merge(list, 1, Integer::sum);
            }
        } else {
            var at = found.size() < MOST ? list : "";
            hidden.merge(at, 1, Integer::sum);
            worst.merge(at, problem.severity(), (one, other) -> one.compareTo(other) < 0 ? one : other);
        }
    }

    /// Whether so much of the field's list is wrong that the rest of it need not be read.
    boolean tooMany(String field) {
        return hidden.getOrDefault(withoutIndex(field), 0) > MOST_HIDDEN;
    }

    /// Whether anything at the field, or below it, cannot be.
    boolean refused(String field) {
        return found.stream()
                .anyMatch(each -> each.severity() == Severity.REFUSED
                        && each.field().startsWith(field)
                        && (each.field().length() == field.length()
                                || ".[".indexOf(each.field().charAt(field.length())) >= 0));
    }

    private static String withoutIndex(String field) {
        int at = field.indexOf('[');
        return at < 0 ? field : field.substring(0, at);
    }

    /// All of them.
    ///
    /// @param order the names of the fields of the spec; what is no field of it comes first
    List<FieldProblem> inOrder(List<String> order) {
        var all = new ArrayList<>(found);
        worst.forEach((list, severity) -> {
            int more = hidden.getOrDefault(list, 0);
            Object count = more > MOST_HIDDEN ? Phrases.MORE_THAN.with(MOST_HIDDEN) : more;
            all.add(new FieldProblem(list, Phrases.NOT_LISTED.with(count), severity));
        });
        return all.stream()
                .sorted(Comparator.comparingInt(each -> rank(each.field(), order)))
                .toList();
    }

    private static int rank(String field, List<String> order) {
        if (!field.startsWith(SPEC)) {
            return -1;
        }
        int at = order.indexOf(withoutIndex(field.substring(SPEC.length()).split("\\.", 2)[0]));
        return at < 0 ? order.size() : at;
    }
}
