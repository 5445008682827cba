package dev.underpass.kubeapi;

import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/// What a client wants in the place of a stored object.
///
/// @param owners who then own its fields, given the object as it will be stored
record Proposal(ObjectNode object, Function<ObjectNode, ManagedFields> owners) {

    /// Of an update, which owns what it changes.
    static Proposal update(Target target, WriteOptions options, ObjectNode old, ObjectNode object) {
        var owner = new ManagedFields.Owner(options.manager(), "Update", target.subresource());
        return new Proposal(
                object,
                stored -> ManagedFields.of(old)
                        .updated(
                                owner,
                                target.type().apiVersion(),
                                FieldChange.between(old, stored, target.type().schemaNode())));
    }
}
