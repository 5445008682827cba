package dev.underpass.console.analysis;

import dev.underpass.console.objects.Kind;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How far a kind of resource can be read from the Kubernetes API.
///
/// @param reason why it cannot be read, or was not read again; null when all is well
/// @param since when this became so
/// @param observed whether it was listed, then or before an interruption, so that an empty list means that there are
/// none
/// @param objects how many there are
/// @param unreadable the objects that no record could be made of, with the reason
public record ResourceState(
        Kind<?> kind,
        Status status,
        @Nullable String reason,
        Instant since,
        boolean observed,
        int objects,
        Map<String, String> unreadable) {

    /// What the console knows of a kind.
    public enum Status {
        /// It has not been listed yet.
        STARTING,
        /// Its list is followed.
        WATCHED,
        /// The API serves no such resource: its CRD is not installed, so there are no objects.
        ABSENT,
        /// The console's account may not list or watch it.
        FORBIDDEN,
        /// The API does not answer, or answers what cannot be understood. What was known before is kept.
        INTERRUPTED
    }

    public ResourceState {
        unreadable = Map.copyOf(unreadable);
    }

    /// Before the first list.
    public static ResourceState starting(Kind<?> kind, Instant now) {
        return new ResourceState(kind, Status.STARTING, null, now, false, 0, Map.of());
    }

    /// Whether all that is to be known of the kind is known.
    public boolean complete() {
        return status == Status.WATCHED || status == Status.ABSENT;
    }
}
