package dev.underpass.diagnosis.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.diagnosis.edit.FieldProblem.Severity;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A problem as a row of a table names it: field, severity and a piece of the message.
record Expected(String field, Severity severity, String piece) {

    /// All problems that an example was expected to show.
    static final Set<FieldProblem> SEEN = ConcurrentHashMap.newKeySet();

    /// Asserts that it is among those found.
    ///
    /// @param field `-` for the object as a whole
    static void in(List<FieldProblem> found, String field, Severity severity, String piece) {
        var expected = new Expected(field.equals("-") ? "" : field, severity, piece);
        assertThat(found).as("problems, one like %s", expected).anyMatch(expected::matches);
        found.stream().filter(expected::matches).forEach(SEEN::add);
    }

    private boolean matches(FieldProblem problem) {
        return problem.field().equals(field)
                && problem.severity() == severity
                && problem.message().contains(piece);
    }
}
