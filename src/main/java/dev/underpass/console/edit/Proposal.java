package dev.underpass.console.edit;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.console.edit.Conflicts.Sides;
import dev.underpass.diagnosis.edit.Edit.Operation;
import dev.underpass.report.Fields;
import dev.underpass.report.ReportFormatException;
import java.util.HashSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// An edit that is to be made of the object as it is now.
///
/// @param current the object with its managed fields; absent when it is to be created
/// @param wanted the object that is to be; the one that is to go, of a deletion
/// @param changes what differs between the two
record Proposal(
        ObjectRef object,
        Operation operation,
        @Nullable ObjectNode current,
        ObjectNode wanted,
        Changes changes,
        Write write) {

    static final ObjectNode NOTHING = JsonNodeFactory.instance.objectNode();

    static Proposal create(ObjectRef object, ObjectNode typed) {
        var wanted = Trimmed.recreatable(typed);
        var changes = Changes.between(NOTHING, Trimmed.editable(wanted));
        return new Proposal(object, Operation.CREATE, null, wanted, changes, new Write.Create(wanted));
    }

    static Proposal update(ObjectRef object, ObjectNode current, ObjectNode typed) {
        var changes = Changes.between(Trimmed.editable(current), Trimmed.editable(typed));
        var write = Write.update(current, changes);
        return new Proposal(object, Operation.UPDATE, current, Trimmed.recreatable(typed), changes, write);
    }

    static Proposal delete(ObjectRef object, ObjectNode current) {
        var changes = Changes.between(Trimmed.editable(current), NOTHING);
        var write = Write.delete(current);
        return new Proposal(object, Operation.DELETE, current, Trimmed.recreatable(current), changes, write);
    }

    /// The object before the edit; absent when it is to be created.
    @Nullable
    ObjectNode before() {
        return current == null ? null : Trimmed.recreatable(current);
    }

    /// The cluster in which it is judged. Of an object that nobody can read, the rules may know as little as of a kind
    /// that may not be read: it is missing there, and can be mended or deleted all the same.
    ClusterSnapshot seen(ClusterSnapshot now) {
        try {
            if (current != null) {
                object.kind().kind().reader().read(Fields.of(current, ""));
            }
            return now;
        } catch (ReportFormatException _) {
            var unobserved = new HashSet<>(now.unobserved());
            unobserved.add(object.kind().kind().resource());
            return now.withUnobserved(unobserved);
        }
    }

    /// The two sides where others may have a say: what was read is what is there, else the edit is stale.
    Sides sides() {
        var theirs = current == null ? NOTHING : current;
        return new Sides(theirs, theirs, wanted);
    }
}
