package dev.underpass.kubeapi;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Who owns which fields of an object.
record ManagedFields(List<Entry> entries) {

    /// A manager's claim.
    ///
    /// @param time of the last change to what it owns
    record Entry(Owner owner, String apiVersion, String time, FieldSet fields) {

        private Entry with(FieldSet other) {
            return new Entry(owner, apiVersion, other.equals(fields) ? time : Preparation.now(), other);
        }

        /// As conflicts name it.
        String text() {
            var name = '"' + owner.manager() + '"';
            var where = owner.subresource().isEmpty()
                    ? name
                    : "%s with subresource \"%s\"".formatted(name, owner.subresource());
            return owner.operation().equals("Apply") ? where : "%s using %s at %s".formatted(where, apiVersion, time);
        }
    }

    /// Who claims.
    ///
    /// @param operation `Apply` or `Update`
    /// @param subresource `status`, else empty
    record Owner(String manager, String operation, String subresource) {}

    private static final Comparator<Entry> ORDER = Comparator.comparing(
                    (Entry entry) -> entry.owner().operation())
            .thenComparing(Entry::time)
            .thenComparing(entry -> entry.owner().manager())
            .thenComparing(entry -> entry.owner().subresource());

    ManagedFields {
        entries = entries.stream()
                .filter(entry -> !entry.fields().isEmpty())
                .sorted(ORDER)
                .toList();
    }

    static ManagedFields of(ObjectNode object) {
        var list = object.path("metadata").path("managedFields");
        return new ManagedFields(StreamSupport.stream(list.spliterator(), false)
                .map(ManagedFields::entry)
                .toList());
    }

    private static Entry entry(JsonNode item) {
        var owner = new Owner(Json.text(item, "manager"), Json.text(item, "operation"), Json.text(item, "subresource"));
        return new Entry(
                owner, Json.text(item, "apiVersion"), Json.text(item, "time"), FieldSet.parse(item.path("fieldsV1")));
    }

    void writeTo(ObjectNode object) {
        var list = Json.child(object, "metadata").putArray("managedFields");
        for (var entry : entries) {
            var item = list.addObject()
                    .put("manager", entry.owner().manager())
                    .put("operation", entry.owner().operation())
                    .put("apiVersion", entry.apiVersion())
                    .put("time", entry.time())
                    .put("fieldsType", "FieldsV1");
            item.set("fieldsV1", entry.fields().fieldsV1());
            if (!entry.owner().subresource().isEmpty()) {
                item.put("subresource", entry.owner().subresource());
            }
        }
    }

    FieldSet of(Owner owner) {
        return entries.stream()
                .filter(entry -> entry.owner().equals(owner))
                .findFirst()
                .map(Entry::fields)
                .orElse(FieldSet.EMPTY);
    }

    /// Those of everybody but one.
    List<Entry> besides(Owner owner) {
        return entries.stream().filter(entry -> !entry.owner().equals(owner)).toList();
    }

    /// After an update: whoever changed a field owns it, and nobody else does.
    ManagedFields updated(Owner owner, String apiVersion, FieldChange change) {
        return taken(owner, change)
                .with(owner, apiVersion, own -> own.without(change.removed()).plus(change.touched()));
    }

    /// What the others keep when one has made a change.
    ManagedFields taken(Owner owner, FieldChange change) {
        return new ManagedFields(entries.stream()
                .map(entry -> entry.owner().equals(owner)
                        ? entry
                        : entry.with(entry.fields().without(change.touched()).without(change.removed())))
                .toList());
    }

    ManagedFields with(Owner owner, String apiVersion, UnaryOperator<FieldSet> fields) {
        var all = new ArrayList<>(besides(owner));
        Optional<Entry> known =
                entries.stream().filter(entry -> entry.owner().equals(owner)).findFirst();
        var own = known.orElseGet(() -> new Entry(owner, apiVersion, Preparation.now(), FieldSet.EMPTY));
        all.add(own.with(fields.apply(own.fields())));
        return new ManagedFields(all);
    }
}
