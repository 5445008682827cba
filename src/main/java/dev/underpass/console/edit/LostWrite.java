package dev.underpass.console.edit;

import dev.underpass.console.edit.KubernetesObjects.Reply;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A write whose answer never came: the object itself must tell whether it took effect. It is never sent again.
///
/// @param expected the object as the dry run said that it would be
record LostWrite(KubernetesObjects api, Proposal proposal, ObjectNode expected) {

    /// The server may still be at it: an object that is as it was is looked at again.
    private static final List<Duration> PAUSES =
            List.of(Duration.ofMillis(100), Duration.ofMillis(400), Duration.ofMillis(1500));

    private static final int NOT_FOUND = 404;

    private record Seen(Outcome outcome, @Nullable ObjectNode object) {}

    Result.Lost readBack(IOException cause) {
        var seen = new Seen(Outcome.UNKNOWN, null);
        for (var pause : PAUSES) {
            if (seen.outcome() != Outcome.APPLIED && paused(pause)) {
                seen = look();
            }
        }
        var reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return new Result.Lost(seen.outcome(), seen.object(), cause instanceof SocketTimeoutException, reason);
    }

    private static boolean paused(Duration pause) {
        try {
            Thread.sleep(pause);
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Seen look() {
        try {
            var reply = api.get(proposal.object());
            return reply.ok() || reply.status() == NOT_FOUND
                    ? new Seen(outcome(reply), reply.ok() ? reply.body() : null)
                    : new Seen(Outcome.UNKNOWN, null);
        } catch (IOException _) {
            return new Seen(Outcome.UNKNOWN, null);
        }
    }

    private Outcome outcome(Reply reply) {
        return switch (proposal.operation()) {
            case CREATE -> created(reply);
            case UPDATE -> updated(reply);
            case DELETE -> deleted(reply);
        };
    }

    private Outcome created(Reply reply) {
        if (!reply.ok()) {
            return Outcome.NOT_APPLIED;
        }
        return Trimmed.editable(reply.body()).equals(Trimmed.editable(expected)) ? Outcome.APPLIED : Outcome.UNKNOWN;
    }

    /// The write was guarded by the version, so that a later version with its values is its own.
    private Outcome updated(Reply reply) {
        var before = proposal.sides().base();
        if (!reply.ok()) {
            return Outcome.UNKNOWN;
        }
        if (Trimmed.version(reply.body()).equals(Trimmed.version(before)) || all(reply, before)) {
            return Outcome.NOT_APPLIED;
        }
        return all(reply, expected) ? Outcome.APPLIED : Outcome.UNKNOWN;
    }

    private boolean all(Reply reply, ObjectNode other) {
        Predicate<FieldPath> same = path -> path.in(reply.body()).equals(path.in(other));
        return proposal.changes().fields().stream().allMatch(same);
    }

    private Outcome deleted(Reply reply) {
        var gone = !reply.ok()
                || !Trimmed.uid(reply.body())
                        .equals(Trimmed.uid(proposal.sides().base()))
                || reply.body().path("metadata").has("deletionTimestamp");
        return gone ? Outcome.APPLIED : Outcome.NOT_APPLIED;
    }
}
