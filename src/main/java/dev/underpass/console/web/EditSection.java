package dev.underpass.console.web;

import dev.underpass.console.NotFoundException;
import dev.underpass.console.Phrases;
import dev.underpass.console.edit.EditedKind;
import dev.underpass.diagnosis.edit.FormField;
import java.util.List;
import java.util.stream.Stream;

/// Where the objects of a kind are edited.
enum EditSection {
    COORDINATOR("coordinator", EditedKind.COORDINATOR),
    POOLS("pools", EditedKind.IP_POOL),
    NETWORKS("networks", EditedKind.MULTUS_CONFIG),
    RESERVED_IPS("reservedips", EditedKind.RESERVED_IP);

    private final String path;
    private final EditedKind kind;

    EditSection(String path, EditedKind kind) {
        this.path = path;
        this.kind = kind;
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

    /// The first part of its pages' address, and its name in messages.
    public String path() {
        return path;
    }
}
