package dev.underpass.console.web;

import dev.underpass.console.InvalidInputException;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.edit.Draft;
import dev.underpass.console.edit.Drafts;
import dev.underpass.console.edit.ObjectRef;
import dev.underpass.console.edit.Reviewed;
import dev.underpass.console.edit.Reviewed.Problem;
import dev.underpass.diagnosis.edit.Edit.Operation;
import dev.underpass.words.Sentence;
import java.security.Principal;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// The pages of an edit: Edit, Review, Apply.
@Controller
class EditPagesController {

    private final Drafts drafts;
    private final CurrentAnalysis analysis;

    EditPagesController(Drafts drafts, CurrentAnalysis analysis) {
        this.drafts = drafts;
        this.analysis = analysis;
    }

    /// The second step.
    ///
    /// @param fields those that change
    /// @param yaml the object's lines before and after
    /// @param left what was not done when it was to be applied
    record ReviewPage(
            EditForm form,
            Reviewed reviewed,
            EditImpact impact,
            List<ObjectDiff.Field> fields,
            List<TextDiff.Line> yaml,
            Left left) {}

    /// What people must do before an edit is applied, and did not.
    ///
    /// @param tick the tick that a doubt asks for
    /// @param name the name of the object that is to go
    /// @param typed what was typed instead
    record Left(boolean tick, boolean name, String typed) {

        private static final Left NOTHING = new Left(false, false, "");

        static Left of(EditForm form, EditImpact impact, MultiValueMap<String, String> data) {
            var typed = Objects.requireNonNullElse(data.getFirst("confirm"), "");
            return new Left(
                    impact.doubtful() && !"true".equals(data.getFirst("unknown")),
                    form.operation() == Operation.DELETE && !typed.strip().equals(form.name()),
                    typed);
        }

        boolean any() {
            return tick || name;
        }
    }

    @GetMapping({"/coordinator/new", "/pools/new", "/networks/new", "/reservedips/new"})
    Mono<Rendering> create(ServerWebExchange exchange) {
        return edit(EditForm.empty(section(exchange)), List.of());
    }

    /// @param since names the object as it was when somebody began to edit it: what others made of it is told
    @GetMapping({"/coordinator/{name}/edit", "/reservedips/{name}/edit"})
    Mono<Rendering> edit(
            @PathVariable String name, @RequestParam(defaultValue = "") String since, ServerWebExchange exchange) {
        return begun(section(exchange), "", name, Operation.UPDATE).flatMap(form -> edit(form, since));
    }

    /// @param exclude addresses that the pool's page was asked to exclude; empty when it was not
    @GetMapping("/pools/{name}/edit")
    Mono<Rendering> editPool(
            @PathVariable String name,
            @RequestParam(defaultValue = "") String exclude,
            @RequestParam(defaultValue = "") String since) {
        return begun(EditSection.POOLS, "", name, Operation.UPDATE).flatMap(form -> {
            var asked = Exclusion.of(form, exclude.strip());
            return since.isEmpty() ? edit(asked.form(), asked.problems(), asked.note()) : edit(form, since);
        });
    }

    @GetMapping("/networks/{namespace}/{name}/edit")
    Mono<Rendering> editNetwork(
            @PathVariable String namespace, @PathVariable String name, @RequestParam(defaultValue = "") String since) {
        return begun(EditSection.NETWORKS, namespace, name, Operation.UPDATE).flatMap(form -> edit(form, since));
    }

    @GetMapping({"/coordinator/{name}/delete", "/pools/{name}/delete", "/reservedips/{name}/delete"})
    Mono<Rendering> delete(@PathVariable String name, ServerWebExchange exchange) {
        return begun(section(exchange), "", name, Operation.DELETE).flatMap(form -> review(form, exchange));
    }

    @GetMapping("/networks/{namespace}/{name}/delete")
    Mono<Rendering> delete(@PathVariable String namespace, @PathVariable String name, ServerWebExchange exchange) {
        return begun(EditSection.NETWORKS, namespace, name, Operation.DELETE).flatMap(form -> review(form, exchange));
    }

    /// Back to the first step, with all that was typed, and what the review told of it.
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
        return exchange.getFormData().flatMap(data -> {
            var form = EditForm.posted(section(exchange), path(exchange), data);
            return "true".equals(data.getFirst("told"))
                    ? understood(form, draft -> told(form, draft, exchange))
                    : edit(form, List.of());
        });
    }

    @PostMapping({
        "/coordinator/*/review",
        "/pools/*/review",
        "/reservedips/*/review",
        "/networks/*/*/review",
        "/networks/new/review"
    })
    Mono<Rendering> review(ServerWebExchange exchange) {
        return posted(exchange).flatMap(form -> review(form, exchange));
    }

    /// The same changes on top of what others did meanwhile.
    @PostMapping({"/coordinator/*/rebase", "/pools/*/rebase", "/reservedips/*/rebase", "/networks/*/*/rebase"})
    Mono<Rendering> rebase(ServerWebExchange exchange) {
        return posted(exchange)
                .flatMap(form -> understood(
                        form,
                        draft -> drafts.rebased(draft)
                                .flatMap(rebased -> review(EditForm.of(form.section(), rebased), exchange))));
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
            return understood(
                    form,
                    draft -> impact(draft).flatMap(impact -> {
                        var left = Left.of(form, impact, data);
                        return left.any()
                                ? reviewed(form.section(), draft, impact, exchange, left)
                                : applied(form.section(), draft, impact, exchange);
                    }));
        });
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

    private Mono<Rendering> edit(EditForm form, String since) {
        var page = page(form, List.of(), Sentence.NONE);
        return (since.isEmpty()
                        ? page
                        : drafts.meanwhile(form.object(), since)
                                .flatMap(others -> page.map(each -> each.since(since, others)))
                                .switchIfEmpty(page.map(each -> each.since(since, null))))
                .map(EditPagesController::rendered);
    }

    private Mono<Rendering> edit(EditForm form, List<Problem> problems) {
        return edit(form, problems, Sentence.NONE);
    }

    private Mono<Rendering> edit(EditForm form, List<Problem> problems, Sentence note) {
        return page(form, problems, note).map(EditPagesController::rendered);
    }

    private Mono<EditPage> page(EditForm form, List<Problem> problems, Sentence note) {
        return analysis.current().map(cluster -> EditPage.of(cluster, form, problems, note));
    }

    private static Rendering rendered(EditPage page) {
        return Rendering.view("edit").modelAttribute("page", page).build();
    }

    /// What cannot be understood sends back to the first step, which keeps it.
    private Mono<Rendering> understood(EditForm form, Function<Draft, Mono<Rendering>> then) {
        return Mono.fromSupplier(form::draft)
                .flatMap(then)
                .onErrorResume(
                        InvalidInputException.class, e -> edit(form, List.of(new Problem(e.field(), e.sentence()))));
    }

    private Mono<Rendering> review(EditForm form, ServerWebExchange exchange) {
        return understood(
                form,
                draft -> impact(draft)
                        .flatMap(impact -> reviewed(form.section(), draft, impact, exchange, Left.NOTHING)));
    }

    /// What the review told of fields is said again beside them.
    private Mono<Rendering> told(EditForm form, Draft draft, ServerWebExchange exchange) {
        return who(exchange)
                .flatMap(who -> drafts.reviewed(draft, who))
                .flatMap(reviewed -> edit(form, reviewed.problems()));
    }

    private Mono<EditImpact> impact(Draft draft) {
        return analysis.current().map(cluster -> EditImpact.of(cluster, draft));
    }

    private Mono<Rendering> reviewed(
            EditSection section, Draft draft, EditImpact impact, ServerWebExchange exchange, Left left) {
        return who(exchange)
                .flatMap(who -> drafts.reviewed(draft, who))
                .map(reviewed -> review(section, reviewed, impact, left));
    }

    private Mono<Rendering> applied(EditSection section, Draft draft, EditImpact impact, ServerWebExchange exchange) {
        return who(exchange).flatMap(who -> drafts.applied(draft, who)).map(applied -> switch (applied) {
            case Drafts.Applied.Recorded(var edit) ->
                Rendering.redirectTo("/changes/" + edit)
                        .status(HttpStatus.SEE_OTHER)
                        .build();
            case Drafts.Applied.Refused(var reviewed) -> review(section, reviewed, impact, Left.NOTHING);
        });
    }

    private static Rendering review(EditSection section, Reviewed reviewed, EditImpact impact, Left left) {
        var draft = reviewed.draft();
        return Rendering.view("edit-review")
                .modelAttribute(
                        "page",
                        new ReviewPage(
                                EditForm.of(section, draft),
                                reviewed,
                                impact,
                                ObjectDiff.fields(draft.base(), draft.after()),
                                TextDiff.ofObjects(draft.base(), draft.after()),
                                left))
                .build();
    }
}
