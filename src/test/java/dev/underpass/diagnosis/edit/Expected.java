package dev.underpass.diagnosis.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.diagnosis.edit.FieldProblem.Severity;
import java.util.List;

/// A problem as a row of a table names it: field, severity and a piece of the message.
record Expected(String field, Severity severity, String piece) {

    /// Asserts that it is among those found.
    ///
    /// @param field `-` for the object as a whole
    static void in(List<FieldProblem> found, String field, Severity severity, String piece) {
        var expected = new Expected(field.equals("-") ? "" : field, severity, piece);
        assertThat(found).as("problems, one like %s", expected).anyMatch(expected::matches);
    }

    private boolean matches(FieldProblem problem) {
        return problem.field().equals(field)
                && problem.severity() == severity
                && problem.message().contains(piece);
    }
}
