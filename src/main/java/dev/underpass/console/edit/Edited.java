package dev.underpass.console.edit;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// An object as it is answered.
///
/// @param warnings what whoever edits it ought to know
/// @param edit the id by which the edit can be undone; absent when nothing was written
record Edited(
        ObjectNode object, List<String> warnings, @Nullable String edit) {

    Edited {
        warnings = List.copyOf(warnings);
    }
}
