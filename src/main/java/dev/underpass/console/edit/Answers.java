package dev.underpass.console.edit;

import java.net.URI;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.node.ObjectNode;

/// Objects as answers: the version as `ETag`, and warnings in `Warning` headers, as the Kubernetes API sends them.
final class Answers {

    /// Names the edit, for whoever wants to undo it.
    static final String EDIT = "Underpass-Edit";

    /// What Kubernetes allows itself; longer headers would not pass every proxy.
    private static final int MOST_WARNING_CHARACTERS = 4_096;

    private static final int LONGEST_WARNING = 512;

    private Answers() {}

    static ResponseEntity<ObjectNode> found(Edited edited) {
        return answer(ResponseEntity.ok(), edited);
    }

    /// @param root the path under which the console is, empty for all of a host
    static ResponseEntity<ObjectNode> created(String root, ObjectRef object, Edited edited) {
        var location = "%s/api/v1/%s/%s".formatted(root, object.kind().path(), object.key());
        return answer(ResponseEntity.status(HttpStatus.CREATED).location(URI.create(location)), edited);
    }

    /// The object that is gone has no version to go on from.
    static ResponseEntity<ObjectNode> deleted(Edited edited) {
        return ResponseEntity.ok().headers(headers -> tell(headers, edited)).body(edited.object());
    }

    private static ResponseEntity<ObjectNode> answer(ResponseEntity.BodyBuilder answer, Edited edited) {
        var version = Trimmed.version(edited.object());
        if (!version.isEmpty()) {
            answer.eTag(version);
        }
        return answer.headers(headers -> tell(headers, edited)).body(edited.object());
    }

    private static void tell(HttpHeaders headers, Edited edited) {
        warnings(edited.warnings()).forEach(warning -> headers.add(HttpHeaders.WARNING, warning));
        if (edited.edit() != null) {
            headers.set(EDIT, edited.edit());
        }
    }

    /// As RFC 7234 writes them; what a header cannot hold is a question mark.
    static List<String> warnings(List<String> texts) {
        int[] characters = {0};
        return texts.stream()
                .distinct()
                .map(text -> text.substring(0, Math.min(text.length(), LONGEST_WARNING)))
                .map(text -> text.replaceAll("[^\\x20-\\x7e]", "?"))
                .map(text -> "299 - \"" + text.replaceAll("([\"\\\\])", "\\\\$1") + '"')
                .takeWhile(text -> (characters[0] += text.length()) <= MOST_WARNING_CHARACTERS)
                .toList();
    }
}
