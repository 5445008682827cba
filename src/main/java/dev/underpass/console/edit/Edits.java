package dev.underpass.console.edit;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.console.NotFoundException;
import dev.underpass.console.RefusedException;
import dev.underpass.console.edit.Refusals.FieldError;
import dev.underpass.diagnosis.edit.Edit;
import dev.underpass.diagnosis.edit.Edit.Operation;
import dev.underpass.diagnosis.edit.EditRules;
import dev.underpass.diagnosis.edit.FieldProblem;
import dev.underpass.diagnosis.edit.FieldProblem.Severity;
import dev.underpass.report.Fields;
import dev.underpass.report.ReportFormatException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/// Makes edits: by the rules, by the API's own judgement, against nobody's will, and with a record of each. Its methods
/// wait for the API.
@Component
class Edits {

    private final KubernetesObjects api;
    private final Stored stored;
    private final EditLog log;
    private final Clock clock;

    Edits(KubernetesObjects api, Stored stored, EditLog log, Clock clock) {
        this.api = api;
        this.stored = stored;
        this.log = log;
        this.clock = clock;
    }

    Edited create(ObjectRef object, ObjectNode body, EditRequest request, ClusterSnapshot now) {
        stored.checkWritable();
        return made(Proposal.create(object, Identity.checked(object, body)), Set.of(), request, now);
    }

    Edited update(ObjectRef object, ObjectNode body, EditRequest request, ClusterSnapshot now) {
        stored.checkWritable();
        var typed = Identity.checked(object, body);
        var versions = request.versions();
        return made(Proposal.update(object, stored.object(object), typed), versions, request, now);
    }

    Edited delete(ObjectRef object, EditRequest request, ClusterSnapshot now) {
        stored.checkWritable();
        var versions = request.versions();
        return made(Proposal.delete(object, stored.object(object)), versions, request, now);
    }

    /// @param versions those that the edit may begin with; of a creation none
    private Edited made(Proposal proposal, Set<String> versions, EditRequest request, ClusterSnapshot now) {
        var warnings = new ArrayList<String>();
        Result result;
        try {
            if (proposal.operation() != Operation.CREATE) {
                Stale.check(api, proposal, versions);
            }
            warnings.addAll(judged(proposal, now));
            Ownership.warnings(proposal.sides().theirs()).forEach(warning -> warnings.add(warning.toString()));
            if (proposal.operation() == Operation.UPDATE && proposal.changes().isEmpty()) {
                return new Edited(Trimmed.shown(proposal.sides().theirs()), warnings, null);
            }
            var writer = new Writer(api, proposal, request.force());
            result = request.dryRun() ? writer.tried() : writer.written();
        } catch (RefusedException | NotFoundException e) {
            if (!request.dryRun()) {
                record(proposal, request, proposal.wanted(), new Ending(Outcome.REFUSED, e.getMessage()));
            }
            throw e;
        }
        return edited(proposal, request, result, warnings);
    }

    /// The rules' warnings.
    ///
    /// @throws RefusedException naming the fields where the rules are broken
    private List<String> judged(Proposal proposal, ClusterSnapshot now) {
        var problems = problems(proposal, now);
        var refused = problems.stream()
                .filter(problem -> problem.severity() == Severity.REFUSED)
                .map(problem -> new FieldError(problem.field(), problem.words()))
                .toList();
        if (!refused.isEmpty()) {
            throw Refusals.invalid(refused);
        }
        return problems.stream().map(problem -> problem.said().toString()).toList();
    }

    /// What the rules say of it.
    List<FieldProblem> problems(Proposal proposal, ClusterSnapshot now) {
        try {
            var object = Fields.of(proposal.wanted(), "");
            var created = proposal.operation() == Operation.CREATE ? proposal.object() : null;
            var fresh = proposal.seen(stored.fresh(now, created));
            return EditRules.problems(fresh, new Edit(proposal.operation(), object));
        } catch (ReportFormatException e) {
            throw new IllegalStateException("an object is no object: " + e.getMessage(), e);
        }
    }

    private Edited edited(Proposal proposal, EditRequest request, Result result, List<String> warnings) {
        return switch (result) {
            case Result.Done done -> {
                warnings.addAll(done.warnings());
                var id = request.dryRun()
                        ? null
                        : record(proposal, request, done.object(), new Ending(Outcome.APPLIED, null));
                yield new Edited(Trimmed.shown(done.object()), warnings, id);
            }
            case Result.Lost lost -> {
                var seen = lost.outcome() == Outcome.APPLIED ? lost.object() : null;
                var ending = new Ending(lost.outcome(), lost.reason());
                throw lost.refusal(
                        proposal.object(), record(proposal, request, seen == null ? proposal.wanted() : seen, ending));
            }
        };
    }

    private record Ending(Outcome outcome, @Nullable String reason) {}

    /// @return the edit's id
    private String record(Proposal proposal, EditRequest request, ObjectNode after, Ending ending) {
        var id = UUID.randomUUID().toString();
        log.add(new EditEntry(
                id,
                clock.instant(),
                request.who(),
                proposal.operation(),
                request.undoes(),
                proposal.object(),
                proposal.before(),
                proposal.operation() == Operation.DELETE ? null : Trimmed.recreatable(after),
                ending.outcome(),
                ending.reason()));
        return id;
    }
}
