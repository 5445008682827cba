package dev.underpass.console.edit;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.console.NotFoundException;
import dev.underpass.console.RefusedException;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.edit.Conflicts.Conflict;
import dev.underpass.console.edit.Refusals.FieldError;
import dev.underpass.console.edit.Reviewed.Problem;
import dev.underpass.diagnosis.edit.Edit.Operation;
import dev.underpass.diagnosis.edit.FieldProblem.Severity;
import dev.underpass.words.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/// Edits as people make them: begun, reviewed, and then applied; nothing that they typed is lost on the way.
@Component
public class Drafts {

    /// Who edits where nobody logs in.
    public static final String NOBODY = EditRequest.LOOPBACK;

    private final CurrentAnalysis analysis;
    private final Stored stored;
    private final Edits edits;
    private final EditLog log;
    private final WriteThreads threads;

    Drafts(CurrentAnalysis analysis, Stored stored, Edits edits, EditLog log, WriteThreads threads) {
        this.log = log;
        this.analysis = analysis;
        this.stored = stored;
        this.edits = edits;
        this.threads = threads;
    }

    /// An edit, or a deletion, of the object as it is now.
    public Mono<Draft> begun(ObjectRef object, Operation operation) {
        return Mono.fromCallable(() -> {
                    var current = stored.object(object);
                    var plain = Trimmed.recreatable(current);
                    return new Draft(object, operation, plain, Trimmed.version(current), plain, false);
                })
                .subscribeOn(Schedulers.boundedElastic());
    }

    /// What others made of an object since an edit of it began; empty where it is as it was.
    ///
    /// @param print of the object as it was then
    public Mono<Meanwhile> meanwhile(ObjectRef object, String print) {
        return Mono.fromCallable(() -> stored.object(object))
                .subscribeOn(Schedulers.boundedElastic())
                .mapNotNull(now ->
                        Meanwhile.since(print, object, now, log.newestFirst()).orElse(null));
    }

    /// The same changes on top of what others made of the object meanwhile.
    public Mono<Draft> rebased(Draft draft) {
        return Mono.fromCallable(() -> draft.onto(stored.object(draft.object())))
                .subscribeOn(Schedulers.boundedElastic());
    }

    /// Tries the draft without writing it.
    public Mono<Reviewed> reviewed(Draft draft, String who) {
        return inTurn(now -> review(draft, who, now));
    }

    /// What the rules say of the draft; the API server is not asked to try it.
    public Mono<Reviewed> judged(Draft draft) {
        return inTurn(now -> judged(draft, now, judged -> judged));
    }

    /// What came of the attempt to write a draft.
    public sealed interface Applied {

        /// The edit tells what is known of it.
        ///
        /// @param done whether it is written for certain
        record Recorded(String edit, boolean done) implements Applied {}

        /// Nothing is written.
        record Refused(Reviewed reviewed) implements Applied {}
    }

    /// Writes the draft.
    public Mono<Applied> applied(Draft draft, String who) {
        return inTurn(now -> apply(draft, who, now));
    }

    private <T> Mono<T> inTurn(Function<ClusterSnapshot, T> work) {
        return analysis.snapshots().next().flatMap(now -> threads.run(() -> work.apply(now)));
    }

    private Reviewed review(Draft draft, String who, ClusterSnapshot now) {
        return judged(
                draft,
                now,
                judged -> judged.problems().isEmpty() && judged.readOnly() == null && !judged.same()
                        ? tried(judged, edited(draft, request(draft, who, true), now))
                        : judged);
    }

    private Reviewed judged(Draft draft, ClusterSnapshot now, UnaryOperator<Reviewed> then) {
        var plain = plain(draft);
        try {
            return then.apply(judged(plain, proposal(draft), now));
        } catch (RefusedException e) {
            return refused(plain, e);
        } catch (NotFoundException e) {
            return refused(plain, new RefusedException(HttpStatus.NOT_FOUND, "gone", e.sentence()));
        }
    }

    private Reviewed judged(Reviewed plain, Proposal proposal, ClusterSnapshot now) {
        var problems = new ArrayList<Problem>();
        var warnings = new ArrayList<Sentence>();
        for (var problem : edits.problems(proposal, now)) {
            if (problem.severity() == Severity.REFUSED) {
                problems.add(new Problem(problem.field(), problem.words()));
            } else {
                warnings.add(problem.said());
            }
        }
        warnings.addAll(Ownership.warnings(proposal.sides().theirs()));
        return with(plain, problems, warnings);
    }

    /// With what only the API server could tell; the rest it tells in English once more.
    private static Reviewed tried(Reviewed judged, Edited tried) {
        var told = judged.warnings().stream().map(Sentence::toString).toList();
        var others = tried.warnings().stream()
                .filter(warning -> !told.contains(warning))
                .map(Sentence::line);
        var warnings = Stream.concat(judged.warnings().stream(), others);
        return with(judged, judged.problems(), warnings.distinct().toList());
    }

    private Applied apply(Draft draft, String who, ClusterSnapshot now) {
        try {
            stored.checkWritable();
            var edit = edited(draft, request(draft, who, false), now).edit();
            return edit == null ? new Applied.Refused(review(draft, who, now)) : new Applied.Recorded(edit, true);
        } catch (RefusedException e) {
            return e.properties().get("edit") instanceof String edit
                    ? new Applied.Recorded(edit, false)
                    : new Applied.Refused(refused(plain(draft), e));
        } catch (NotFoundException e) {
            var gone = new RefusedException(HttpStatus.NOT_FOUND, "gone", e.sentence());
            return new Applied.Refused(refused(plain(draft), gone));
        }
    }

    private static EditRequest request(Draft draft, String who, boolean dryRun) {
        return new EditRequest(who, '"' + draft.version() + '"', dryRun, draft.force(), null);
    }

    private Reviewed plain(Draft draft) {
        return new Reviewed(draft, draft.changes().isEmpty(), List.of(), List.of(), List.of(), false, readOnly(), null);
    }

    private Edited edited(Draft draft, EditRequest request, ClusterSnapshot now) {
        return switch (draft.operation()) {
            case CREATE -> edits.create(draft.object(), draft.wanted(), request, now);
            case UPDATE -> edits.update(draft.object(), draft.wanted(), request, now);
            case DELETE -> edits.delete(draft.object(), request, now);
        };
    }

    private Proposal proposal(Draft draft) {
        return switch (draft.operation()) {
            case CREATE -> Proposal.create(draft.object(), Identity.checked(draft.object(), draft.wanted()));
            case UPDATE ->
                Proposal.update(
                        draft.object(),
                        stored.object(draft.object()),
                        Identity.checked(draft.object(), draft.wanted()));
            case DELETE -> Proposal.delete(draft.object(), stored.object(draft.object()));
        };
    }

    private @Nullable Sentence readOnly() {
        try {
            stored.checkWritable();
            return null;
        } catch (RefusedException e) {
            return e.sentence();
        }
    }

    private static Reviewed with(Reviewed plain, List<Problem> problems, List<Sentence> warnings) {
        return new Reviewed(plain.draft(), plain.same(), problems, warnings, List.of(), false, plain.readOnly(), null);
    }

    /// What the refusal tells field by field is shown there.
    private static Reviewed refused(Reviewed plain, RefusedException e) {
        var told = e.properties();
        var problems = list(told.get("errors"), FieldError.class).stream()
                .map(error -> new Problem(error.field(), error.words()))
                .toList();
        var clashes = Stream.of("changed", "conflicts")
                .flatMap(name -> list(told.get(name), Conflict.class).stream())
                .toList();
        return new Reviewed(
                plain.draft(),
                plain.same(),
                problems,
                plain.warnings(),
                clashes,
                e.status() == HttpStatus.PRECONDITION_FAILED,
                plain.readOnly(),
                problems.isEmpty() ? e.sentence() : null);
    }

    private static <T> List<T> list(@Nullable Object value, Class<T> type) {
        return value instanceof List<?> list
                ? list.stream().filter(type::isInstance).map(type::cast).toList()
                : List.of();
    }
}
