package dev.underpass.console.edit;

import dev.underpass.console.Phrases;
import dev.underpass.console.RefusedException;
import dev.underpass.console.edit.Conflicts.Conflict;
import dev.underpass.console.edit.KubernetesObjects.Mode;
import dev.underpass.console.edit.KubernetesObjects.Reply;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.node.ObjectNode;

/// Writes one proposal: first as a dry run, by which schema, webhooks and other managers have their say, and then once.
///
/// @param force takes over the fields that others manage
record Writer(KubernetesObjects api, Proposal proposal, boolean force) {

    /// What the dry run said, and whether the write must be forced to do the same.
    private record Judged(Reply reply, boolean force) {}

    /// What would be stored.
    ///
    /// @throws RefusedException and others, if anybody has something against it
    Result.Done tried() {
        var judged = judged();
        return done(judged.reply());
    }

    /// @throws RefusedException and others, if anybody has something against it
    Result written() {
        var judged = judged();
        try {
            var reply = proposal.write().send(api, proposal.object(), new Mode(false, judged.force()));
            if (reply.status() >= 500) {
                throw new IOException("status %d: %s".formatted(reply.status(), Refusals.message(reply)));
            }
            return done(checked(reply));
        } catch (IOException e) {
            return new LostWrite(api, proposal, judged.reply().body()).readBack(e);
        }
    }

    private Judged judged() {
        if (proposal.write() instanceof Write.Patch && !force) {
            var conflicts = Conflicts.known(proposal.sides().theirs(), proposal.changes(), proposal.sides());
            if (!conflicts.isEmpty()) {
                throw conflict(conflicts);
            }
        }
        var reply = rehearsed(force);
        if (!Conflicts.isOfManagers(reply)) {
            return new Judged(checked(reply), force);
        }
        var conflicts = Conflicts.told(reply, proposal.changes(), proposal.sides());
        if (!conflicts.isEmpty()) {
            throw conflict(conflicts);
        }
        // The console only meets itself: it created the object, or patched it.
        return new Judged(checked(rehearsed(true)), true);
    }

    private Reply rehearsed(boolean forced) {
        try {
            return proposal.write().send(api, proposal.object(), new Mode(true, forced));
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    /// With what there would be if the edit were forced, or what would then still be wrong.
    private RefusedException conflict(List<Conflict> conflicts) {
        var refusal = Conflicts.refusal(conflicts);
        var forced = rehearsed(true);
        return forced.ok()
                ? refusal.telling("result", Trimmed.shown(forced.body()))
                : refusal.telling("errors", Refusals.errors(forced, proposal.object()));
    }

    static RefusedException unreachable(IOException e) {
        var late = e instanceof SocketTimeoutException;
        return new RefusedException(
                        late ? HttpStatus.GATEWAY_TIMEOUT : HttpStatus.BAD_GATEWAY,
                        "api-unreachable",
                        Phrases.API_SILENT.with(String.valueOf(e.getMessage())))
                .telling("outcome", Outcome.NOT_APPLIED);
    }

    private Reply checked(Reply reply) {
        if (reply.ok()) {
            return reply;
        }
        if (reply.status() == 409 && !Refusals.isAdmission(reply)) {
            throw changed(reply);
        }
        throw Refusals.of(reply, proposal.object(), proposal.write().verb());
    }

    /// Somebody was faster.
    private RuntimeException changed(Reply reply) {
        try {
            var now = api.get(proposal.object());
            if (!now.ok()) {
                return Refusals.of(now, proposal.object(), "get");
            }
            return Refusals.isConflict(reply)
                    ? Stale.refusal(proposal, now.body())
                    : new RefusedException(
                                    HttpStatus.CONFLICT,
                                    "already-exists",
                                    Phrases.EXISTS_ALREADY.with(proposal.object()))
                            .telling("current", Trimmed.shown(now.body()));
        } catch (IOException e) {
            return unreachable(e);
        }
    }

    /// A mutating webhook or a default may have made something else of it.
    private Result.Done done(Reply reply) {
        var warnings = new ArrayList<>(reply.warnings());
        return switch (proposal.write()) {
            case Write.Delete _ -> new Result.Done(removed(reply, warnings), warnings);
            case Write.Create _, Write.Apply _, Write.Patch _ -> {
                proposal.changes().set().forEach((path, value) -> {
                    if (!path.in(reply.body()).equals(value)) {
                        warnings.add("%s is stored as %s".formatted(path, path.in(reply.body())));
                    }
                });
                proposal.changes().removed().stream()
                        .filter(path -> !path.in(reply.body()).isMissingNode())
                        .forEach(path -> warnings.add("%s is stored as %s".formatted(path, path.in(reply.body()))));
                yield new Result.Done(reply.body(), warnings);
            }
        };
    }

    /// The answer to a deletion is the object while its finalizers are waited for, else a `Status`.
    private ObjectNode removed(Reply reply, List<String> warnings) {
        if (!reply.body().path("metadata").has("deletionTimestamp")) {
            return proposal.sides().theirs();
        }
        warnings.add("the object goes when its finalizers are done: "
                + reply.body().path("metadata").path("finalizers"));
        return reply.body();
    }
}
