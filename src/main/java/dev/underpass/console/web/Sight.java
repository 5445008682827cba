package dev.underpass.console.web;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.analysis.ResourceState;
import dev.underpass.console.analysis.ResourceState.Status;
import dev.underpass.console.objects.Kind;
import java.util.Optional;

/// How far a page can see the kind of resource that it is about.
///
/// @param resource as RBAC and kubectl name it
/// @param observed whether an empty list means that there are none
/// @param status as the set-up page has it; `WATCHED` of a bundle
/// @param reason what the API said; empty when all is well
record Sight(String resource, boolean observed, Status status, String reason) {

    static Sight of(CurrentAnalysis analysis, ClusterSnapshot snapshot, Kind<?> kind) {
        var state = analysis.resourceStates().stream()
                .filter(each -> each.kind().equals(kind))
                .findFirst();
        return new Sight(
                kind.resource(),
                snapshot.observes(kind.resource()),
                state.map(ResourceState::status).orElse(Status.WATCHED),
                state.flatMap(each -> Optional.ofNullable(each.reason())).orElse(""));
    }

    /// Whether what is shown is of before an interruption.
    public boolean stale() {
        return observed && status == Status.INTERRUPTED;
    }

    /// What to ask Kubernetes about it.
    public String command() {
        return "kubectl auth can-i list %s --as=system:serviceaccount:underpass:underpass".formatted(resource);
    }
}
