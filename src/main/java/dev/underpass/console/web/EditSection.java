package dev.underpass.console.web;

import dev.underpass.console.NotFoundException;
import dev.underpass.console.Phrases;
import dev.underpass.console.edit.EditedKind;
import dev.underpass.diagnosis.edit.FormField;
import java.util.List;
import java.util.stream.Stream;

/// Where the objects of a kind are edited.
enum EditSection {
    COORDINATOR("coordinator", EditedKind.COORDINATOR, false),
    POOLS("pools", EditedKind.IP_POOL, true),
    NETWORKS("networks", EditedKind.MULTUS_CONFIG, true),
    RESERVED_IPS("reservedips", EditedKind.RESERVED_IP, false);

    private final String path;
    private final EditedKind kind;
    private final boolean paged;

    EditSection(String path, EditedKind kind, boolean paged) {
        this.path = path;
        this.kind = kind;
        this.paged = paged;
    }

    static EditSection of(String path) {
        return Stream.of(values())
                .filter(section -> section.path.equals(path))
                .findFirst()
                .orElseThrow(() -> new NotFoundException(Phrases.NO_PAGE.with(path)));
    }

    EditedKind kind() {
        return kind;
    }

    List<FormField> fields() {
        return FormField.of(kind.kind().kind());
    }

    /// Whether each of its objects has a page of its own.
    boolean paged() {
        return paged;
    }

    /// The last part of the key of the sentence that explains a field: a network's settings of the coordinator are the
    /// coordinator's, and what is set in the same way for networks of several types has one sentence.
    public String help(FormField field) {
        return (field.section().equals(COORDINATOR.path) ? COORDINATOR.path : path) + "." + field.name();
    }

    /// The first part of its pages' address, and its name in messages.
    public String path() {
        return path;
    }
}
