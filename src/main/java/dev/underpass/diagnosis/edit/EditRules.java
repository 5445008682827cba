package dev.underpass.diagnosis.edit;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.diagnosis.edit.Edit.Operation;
import dev.underpass.report.JsonValue;
import java.util.List;
import java.util.Map;

/// The rules that an edit must keep in this cluster: those of the fields' types, and those of the domain.
public final class EditRules {

    private EditRules() {}

    /// What is wrong with the edit, in the order of the fields; nothing if all is well.
    public static List<FieldProblem> problems(ClusterSnapshot now, Edit edit) {
        var problems = new Problems();
        var object = new Part("", edit.object().values());
        var review = new IdentityRules(now, problems).of(edit.operation(), object);
        review.ifPresent(each -> {
            if (edit.operation() != Operation.DELETE) {
                var spec = object.fields().getOrDefault("spec", new JsonValue.Members(Map.of()));
                new TypeRules(problems).check("spec", spec, each.kind().spec());
            }
            domain(each);
        });
        return problems.inOrder(
                review.map(each -> List.copyOf(each.kind().spec().fields().keySet()))
                        .orElse(List.of()));
    }

    private static void domain(Review review) {
        switch (review.kind()) {
            case COORDINATOR -> CoordinatorRules.check(review);
            case POOL -> PoolRules.check(review);
            case SUBNET -> SubnetRules.check(review);
            case RESERVED_IP -> ReservedIpRules.check(review);
            case MULTUS_CONFIG -> MultusRules.check(review);
        }
    }
}
