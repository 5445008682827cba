package dev.underpass.console.edit;

import static dev.underpass.console.edit.KubernetesObjects.MANAGER;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What somebody made of an object since somebody else began to edit it.
///
/// @param who as the cluster calls what wrote, or the console those who edit by it; empty where nobody says
/// @param at absent where nobody says
public record Meanwhile(String who, @Nullable Instant at) {

    private static final int PRINT_BYTES = 12;

    /// Names an object as it is when an edit begins; of its status, which changes all the time, it knows nothing.
    public static String print(ObjectNode begun) {
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256").digest(begun.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, PRINT_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Who changed the object last, if it is not as it was.
    ///
    /// @param edits by this console, the newest first
    static Optional<Meanwhile> since(String print, ObjectRef object, ObjectNode now, List<EditEntry> edits) {
        if (print(Trimmed.recreatable(now)).equals(print)) {
            return Optional.empty();
        }
        var last = now.path("metadata")
                .path("managedFields")
                .valueStream()
                .filter(entry -> !entry.path("subresource").asString("").equals("status"))
                .map(entry -> new Meanwhile(entry.path("manager").asString(""), time(entry)))
                .max(Comparator.comparing(each -> each.at() == null ? Instant.MIN : each.at()))
                .orElse(new Meanwhile("", null));
        return Optional.of(last.who().equals(MANAGER) ? edited(object, last, edits) : last);
    }

    private static @Nullable Instant time(JsonNode entry) {
        try {
            return Instant.parse(entry.path("time").asString(""));
        } catch (DateTimeParseException _) {
            return null;
        }
    }

    /// Who edited it by this console; another console, or an edit that is forgotten, has the console's name only.
    private static Meanwhile edited(ObjectRef object, Meanwhile last, List<EditEntry> edits) {
        return edits.stream()
                .filter(edit -> edit.object().equals(object) && edit.outcome() == Outcome.APPLIED)
                .findFirst()
                .map(edit -> new Meanwhile(edit.who(), edit.at()))
                .orElse(last);
    }
}
