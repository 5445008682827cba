package dev.underpass.console.edit;

import static dev.underpass.console.edit.KubernetesObjects.MANAGER;

import dev.underpass.console.Phrases;
import dev.underpass.console.RefusedException;
import dev.underpass.console.edit.KubernetesObjects.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Edits that meet what others did: the same field, or the same object at a later version.
public final class Conflicts {

    private static final Pattern MANAGER_NAME = Pattern.compile("conflict with \"([^\"]*)\"");

    private Conflicts() {}

    /// A field that an edit and somebody else want differently.
    ///
    /// @param manager who manages it; absent where only a later version is known
    /// @param theirs its value now; absent without one
    /// @param yours its value in the edit; absent when that removes it
    /// @param base its value in the version that the edit began with
    public record Conflict(
            String field,
            @Nullable String manager,
            @Nullable JsonNode theirs,
            @Nullable JsonNode yours,
            @Nullable JsonNode base) {

        /// Its value when the edit is put on top of the newest version; absent without one.
        public @Nullable JsonNode together() {
            return ListMerge.merged(field, base, theirs, yours);
        }
    }

    /// What the two sides made of one object.
    record Sides(ObjectNode base, ObjectNode theirs, ObjectNode yours) {

        Conflict at(FieldPath path, @Nullable String manager) {
            return new Conflict(path.toString(), manager, value(path, theirs), value(path, yours), value(path, base));
        }

        private static @Nullable JsonNode value(FieldPath path, ObjectNode object) {
            var value = path.in(object);
            return value.isMissingNode() ? null : value;
        }
    }

    /// Those that the API tells of an apply; a conflict with what the console itself wrote in another way is none.
    static List<Conflict> told(Reply reply, Changes changes, Sides sides) {
        var conflicts = new ArrayList<Conflict>();
        for (var cause : reply.body().path("details").path("causes")) {
            var manager = MANAGER_NAME.matcher(cause.path("message").asString(""));
            var name = manager.find() ? manager.group(1) : "";
            if (!name.equals(MANAGER)) {
                conflicts.add(sides.at(path(cause.path("field").asString(""), changes), name));
            }
        }
        return conflicts;
    }

    static boolean isOfManagers(Reply reply) {
        return Refusals.isConflict(reply)
                && reply.body()
                        .path("details")
                        .path("causes")
                        .valueStream()
                        .anyMatch(cause -> cause.path("reason").asString("").equals("FieldManagerConflict"));
    }

    /// The field of the edit that the API means; its text is not always unambiguous.
    private static FieldPath path(String text, Changes changes) {
        var bare = text.startsWith(".") ? text.substring(1) : text;
        return changes.fields().stream()
                .filter(path ->
                        bare.equals(path.toString()) || bare.startsWith(path + ".") || bare.startsWith(path + "["))
                .findFirst()
                .orElseGet(() -> new FieldPath(List.of(bare.split("\\."))));
    }

    /// Those of a merge patch, of which the API tells nothing.
    static List<Conflict> known(ObjectNode current, Changes changes, Sides sides) {
        var owners = Owners.of(current);
        return changes.fields().stream()
                .flatMap(path -> owners.others(path).stream().map(manager -> sides.at(path, manager)))
                .toList();
    }

    static RefusedException refusal(List<Conflict> conflicts) {
        var fields = conflicts.stream()
                .map(each -> each.field() + " (" + each.manager() + ")")
                .distinct()
                .collect(Collectors.joining(", "));
        return new RefusedException(HttpStatus.CONFLICT, "conflict", Phrases.OTHERS_MANAGE.with(fields))
                .telling("conflicts", conflicts);
    }

    /// @param current the newest version; as shown
    static RefusedException stale(ObjectRef object, ObjectNode current, List<Conflict> changed) {
        var fields = changed.stream().map(Conflict::field).collect(Collectors.joining(", "));
        return new RefusedException(
                        HttpStatus.PRECONDITION_FAILED,
                        "stale",
                        fields.isEmpty()
                                ? Phrases.CHANGED_SINCE.with(object)
                                : Phrases.CHANGED_SINCE_AT.with(object, fields))
                .with(HttpHeaders.ETAG, '"' + Trimmed.version(current) + '"')
                .telling("resourceVersion", Trimmed.version(current))
                .telling("current", Trimmed.shown(current))
                .telling("changed", changed);
    }
}
