package dev.underpass.console.edit;

import dev.underpass.console.RefusedException;
import dev.underpass.console.edit.Conflicts.Sides;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// Whether an edit begins with the version that is there.
final class Stale {

    private Stale() {}

    /// An edit of an earlier version passes if only the status has changed since, as it does with every address that
    /// a pool gives away; the API still knows that version for some minutes.
    ///
    /// @throws RefusedException with the newest version and what has changed since, if that is known
    static void check(KubernetesObjects api, Proposal proposal, Set<String> versions) {
        var current = proposal.sides().theirs();
        if (versions.contains(Trimmed.version(current))) {
            return;
        }
        var base = versions.size() == 1
                ? earlier(api, proposal.object(), versions.iterator().next())
                : Optional.<ObjectNode>empty();
        if (base.isEmpty()) {
            throw Conflicts.stale(proposal.object(), current, List.of());
        }
        var sameObject = Trimmed.uid(base.get()).equals(Trimmed.uid(current));
        if (!sameObject || !Trimmed.editable(base.get()).equals(Trimmed.editable(current))) {
            throw refusal(proposal, base.get(), current);
        }
    }

    private static Optional<ObjectNode> earlier(KubernetesObjects api, ObjectRef object, String version) {
        try {
            var reply = api.listAt(object, version);
            var items = reply.body().path("items");
            return reply.ok() && items.size() == 1 && items.get(0) instanceof ObjectNode found
                    ? Optional.of(found)
                    : Optional.empty();
        } catch (IOException e) {
            throw Writer.unreachable(e);
        }
    }

    /// Somebody changed the object between the reading and the write.
    static RefusedException refusal(Proposal proposal, ObjectNode now) {
        return refusal(proposal, proposal.sides().theirs(), now);
    }

    private static RefusedException refusal(Proposal proposal, ObjectNode base, ObjectNode now) {
        var sides = new Sides(base, now, proposal.wanted());
        var changed = Changes.between(Trimmed.editable(base), Trimmed.editable(now)).fields().stream()
                .map(path -> sides.at(path, null))
                .toList();
        return Conflicts.stale(proposal.object(), now, changed);
    }
}
