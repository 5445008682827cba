package dev.underpass.console.web;

import dev.underpass.console.InvalidInputException;
import dev.underpass.console.RefusedException;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.edit.Draft;
import dev.underpass.console.edit.Drafts;
import dev.underpass.console.edit.ObjectRef;
import dev.underpass.console.edit.Reviewed;
import dev.underpass.diagnosis.edit.Edit.Operation;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/// The pages of an edit: Edit, Review, Apply.
@Controller
class EditPagesController {

    private final Drafts drafts;
    private final CurrentAnalysis analysis;

    EditPagesController(Drafts drafts, CurrentAnalysis analysis) {
        this.drafts = drafts;
        this.analysis = analysis;
    }

    /// The first step.
    ///
    /// @param error what cannot be understood, empty when all can
    record EditPage(EditForm form, String error) {}

    /// The second step.
    ///
    record ReviewPage(EditForm form, Reviewed reviewed, EditImpact impact, List<Change> changes, boolean unticked) {}

    /// One field that changes, as text.
    record Change(String field, String before, String after) {}

    /// An edit afterwards.
    ///
    /// @param error why it could not be undone, empty when nobody tried
    record DonePage(Drafts.Told told, List<Change> changes, String error) {}

    @GetMapping({"/coordinator/new", "/pools/new", "/networks/new", "/reservedips/new"})
    Rendering create(ServerWebExchange exchange) {
        return edit(EditForm.empty(section(exchange)), "");
    }

    @GetMapping({"/coordinator/{name}/edit", "/pools/{name}/edit", "/reservedips/{name}/edit"})
    Mono<Rendering> edit(@PathVariable String name, ServerWebExchange exchange) {
        return begun(section(exchange), "", name, Operation.UPDATE).map(form -> edit(form, ""));
    }

    @GetMapping("/networks/{namespace}/{name}/edit")
    Mono<Rendering> edit(@PathVariable String namespace, @PathVariable String name) {
        return begun(EditSection.NETWORKS, namespace, name, Operation.UPDATE).map(form -> edit(form, ""));
    }

    @GetMapping({"/coordinator/{name}/delete", "/pools/{name}/delete", "/reservedips/{name}/delete"})
    Mono<Rendering> delete(@PathVariable String name, ServerWebExchange exchange) {
        return begun(section(exchange), "", name, Operation.DELETE).flatMap(form -> review(form, exchange, false));
    }

    @GetMapping("/networks/{namespace}/{name}/delete")
    Mono<Rendering> delete(@PathVariable String namespace, @PathVariable String name, ServerWebExchange exchange) {
        return begun(EditSection.NETWORKS, namespace, name, Operation.DELETE)
                .flatMap(form -> review(form, exchange, false));
    }

    /// Back to the first step, with all that was typed.
    @PostMapping({
        "/coordinator/*/edit",
        "/pools/*/edit",
        "/reservedips/*/edit",
        "/networks/*/*/edit",
        "/coordinator/new",
        "/pools/new",
        "/networks/new",
        "/reservedips/new"
    })
    Mono<Rendering> back(ServerWebExchange exchange) {
        return posted(exchange).map(form -> edit(form, ""));
    }

    @PostMapping({
        "/coordinator/*/review",
        "/pools/*/review",
        "/reservedips/*/review",
        "/networks/*/*/review",
        "/networks/new/review"
    })
    Mono<Rendering> review(ServerWebExchange exchange) {
        return posted(exchange).flatMap(form -> review(form, exchange, false));
    }

    /// The same changes on top of what others did meanwhile.
    @PostMapping({"/coordinator/*/rebase", "/pools/*/rebase", "/reservedips/*/rebase", "/networks/*/*/rebase"})
    Mono<Rendering> rebase(ServerWebExchange exchange) {
        return posted(exchange)
                .flatMap(form -> drafts.rebased(form.draft())
                        .flatMap(draft -> review(EditForm.of(form.section(), draft), exchange, false)));
    }

    @PostMapping({
        "/coordinator/*/apply",
        "/pools/*/apply",
        "/reservedips/*/apply",
        "/networks/*/*/apply",
        "/networks/new/apply"
    })
    Mono<Rendering> apply(ServerWebExchange exchange) {
        return exchange.getFormData().flatMap(data -> {
            var form = EditForm.posted(section(exchange), path(exchange), data);
            var ticked = "true".equals(data.getFirst("unknown"));
            return impact(form.draft())
                    .flatMap(impact -> impact.doubtful() && !ticked
                            ? review(form, exchange, true)
                            : applied(form, impact, exchange));
        });
    }

    @GetMapping("/edits/{id}")
    Rendering done(@PathVariable String id) {
        return done(id, HttpStatus.OK, "");
    }

    @PostMapping("/edits/{id}/undo")
    Mono<Rendering> undo(@PathVariable String id, ServerWebExchange exchange) {
        return who(exchange)
                .flatMap(who -> drafts.undone(id, who))
                .map(EditPagesController::seeEdit)
                .onErrorResume(
                        RefusedException.class, e -> Mono.just(done(id, e.status(), String.valueOf(e.getMessage()))));
    }

    private Rendering done(String id, HttpStatus status, String error) {
        var told = drafts.told(id);
        return Rendering.view("edit-done")
                .status(status)
                .modelAttribute("page", new DonePage(told, changes(told.differences()), error))
                .build();
    }

    private static List<Change> changes(List<Reviewed.Difference> differences) {
        return differences.stream()
                .map(each -> new Change(each.field(), text(each.before()), text(each.after())))
                .toList();
    }

    private static EditSection section(ServerWebExchange exchange) {
        return EditSection.of(path(exchange).split("/", 3)[1]);
    }

    private static String path(ServerWebExchange exchange) {
        return exchange.getRequest().getPath().pathWithinApplication().value();
    }

    private Mono<EditForm> begun(EditSection section, String namespace, String name, Operation operation) {
        return drafts.begun(new ObjectRef(section.kind(), namespace, name), operation)
                .map(draft -> EditForm.of(section, draft));
    }

    private static Mono<EditForm> posted(ServerWebExchange exchange) {
        return exchange.getFormData().map(data -> EditForm.posted(section(exchange), path(exchange), data));
    }

    private static Mono<String> who(ServerWebExchange exchange) {
        return exchange.getPrincipal().map(Principal::getName).defaultIfEmpty(Drafts.NOBODY);
    }

    private static Rendering edit(EditForm form, String error) {
        return Rendering.view("edit")
                .modelAttribute("page", new EditPage(form, error))
                .build();
    }

    /// What cannot be understood sends back to the first step, which keeps it.
    private Mono<Rendering> review(EditForm form, ServerWebExchange exchange, boolean unticked) {
        Draft draft;
        try {
            draft = form.draft();
        } catch (InvalidInputException e) {
            return Mono.just(edit(form, e.field() + ": " + e.getMessage()));
        }
        return Mono.zip(who(exchange).flatMap(who -> drafts.reviewed(draft, who)), impact(draft))
                .map(both -> review(both.getT1(), both.getT2(), form.section(), unticked))
                .onErrorResume(
                        InvalidInputException.class, e -> Mono.just(edit(form, e.field() + ": " + e.getMessage())));
    }

    private Mono<EditImpact> impact(Draft draft) {
        return analysis.current().map(cluster -> EditImpact.of(cluster, draft));
    }

    private Mono<Rendering> applied(EditForm form, EditImpact impact, ServerWebExchange exchange) {
        return who(exchange).flatMap(who -> drafts.applied(form.draft(), who)).map(applied -> switch (applied) {
            case Drafts.Applied.Recorded(var edit) -> seeEdit(edit);
            case Drafts.Applied.Refused(var reviewed) -> review(reviewed, impact, form.section(), false);
        });
    }

    private static Rendering seeEdit(String id) {
        return Rendering.redirectTo("/edits/" + id).status(HttpStatus.SEE_OTHER).build();
    }

    private static Rendering review(Reviewed reviewed, EditImpact impact, EditSection section, boolean unticked) {
        var changes = changes(reviewed.differences());
        var form = EditForm.of(section, reviewed.draft());
        return Rendering.view("edit-review")
                .modelAttribute("page", new ReviewPage(form, reviewed, impact, changes, unticked))
                .build();
    }

    private static String text(@Nullable JsonNode value) {
        return value == null ? "" : ObjectText.yaml(value).strip();
    }
}
