package dev.underpass.console.web;

import dev.underpass.console.InvalidInputException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An edit on its way, as it was when it was last sent here.
///
/// @param version grows with every time
/// @param who edits
/// @param object what they edit
/// @param form what they typed; absent when it was applied or discarded
record KeptDraft(
        String id,
        long version,
        String who,
        Instant at,
        String object,
        @Nullable EditForm form) {

    static KeptDraft of(String id, long version, String who, Instant at, EditForm form) {
        return new KeptDraft(id, version, who, at, object(form), form.kept(id));
    }

    /// By its kind alone where what was typed has no name.
    private static String object(EditForm form) {
        try {
            return form.draftOf().object().toString();
        } catch (InvalidInputException _) {
            return (form.kind().kind().kind() + " " + form.name()).strip();
        }
    }

    /// Whether somebody still wants it.
    boolean waits() {
        return form != null;
    }

    int characters() {
        return form == null ? 0 : form.characters();
    }

    KeptDraft gone(Instant now) {
        return new KeptDraft(id, version + 1, who, now, object, null);
    }

    /// Whether it replaces what was known of it.
    boolean replaces(KeptDraft other) {
        return version != other.version ? version > other.version : !waits() || at.isAfter(other.at);
    }
}
