package dev.underpass.console.web;

import dev.underpass.console.InvalidInputException;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.edit.Draft;
import dev.underpass.console.edit.Drafts;
import dev.underpass.console.edit.Reviewed;
import dev.underpass.console.edit.Reviewed.Problem;
import dev.underpass.console.web.ReviewPage.Left;
import dev.underpass.words.Sentence;
import java.security.Principal;
import java.util.List;
import java.util.function.Function;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/// The steps of an edit as pages: Edit, Review, Apply. Whatever is sent is kept first, so that each has an address.
@Component
class EditSteps {

    private final Drafts drafts;
    private final KeptDrafts kept;
    private final CurrentAnalysis analysis;

    EditSteps(Drafts drafts, KeptDrafts kept, CurrentAnalysis analysis) {
        this.drafts = drafts;
        this.kept = kept;
        this.analysis = analysis;
    }

    /// The first step.
    ///
    /// @param since names the object as it was when somebody began to edit it: what others made of it is told
    Mono<Rendering> edit(EditForm form, String since) {
        var page = page(form, List.of(), Sentence.NONE);
        return (since.isEmpty()
                        ? page
                        : drafts.meanwhile(form.object(), since)
                                .flatMap(others -> page.map(each -> each.since(since, others)))
                                .switchIfEmpty(page.map(each -> each.since(since, null))))
                .map(this::rendered);
    }

    Mono<Rendering> edit(EditForm form, List<Problem> problems, Sentence note) {
        return page(form, problems, note).map(this::rendered);
    }

    private Mono<EditPage> page(EditForm form, List<Problem> problems, Sentence note) {
        return analysis.current().map(cluster -> EditPage.of(cluster, form, problems, note));
    }

    private Rendering rendered(EditPage page) {
        return rendered("edit", page, page.form());
    }

    private Rendering rendered(String view, Object page, EditForm form) {
        var rendering = Rendering.view(view).modelAttribute("page", page);
        kept.find(form.draft()).ifPresent(draft -> rendering.modelAttribute("kept", draft));
        return rendering.build();
    }

    /// The first step once more, with what the review told of fields beside them.
    Mono<Rendering> told(EditForm form, ServerWebExchange exchange) {
        return understood(
                form,
                draft -> who(exchange)
                        .flatMap(who -> drafts.reviewed(draft, who))
                        .flatMap(reviewed -> beside(form, reviewed)));
    }

    /// The first step as it is, for whoever is still at it: nothing is kept, and the API server is not asked.
    Mono<Rendering> checked(EditForm form) {
        return understood(form, draft -> drafts.judged(draft).flatMap(reviewed -> beside(form, reviewed)))
                .map(EditSteps::listing);
    }

    /// Who is still at the form sees what is beside it alone, so that what is wrong is listed there.
    private static Rendering listing(Rendering edit) {
        return Rendering.view("edit")
                .model(edit.modelAttributes())
                .modelAttribute("listing", true)
                .build();
    }

    private Mono<Rendering> beside(EditForm form, Reviewed reviewed) {
        return analysis.current()
                .publishOn(Schedulers.boundedElastic())
                .map(cluster -> EditPage.of(cluster, form, reviewed.problems(), Sentence.NONE)
                        .with(Checked.of(cluster, reviewed)))
                .map(this::rendered);
    }

    /// The second step.
    Mono<Rendering> review(EditForm form, ServerWebExchange exchange) {
        return understood(
                form, draft -> impact(draft).flatMap(impact -> reviewed(form, draft, impact, exchange, Left.NOTHING)));
    }

    /// Keeps what was typed, and leads to it.
    ///
    /// @param step behind the address of the draft
    Mono<Rendering> kept(EditForm form, String step, ServerWebExchange exchange) {
        return who(exchange)
                .publishOn(Schedulers.boundedElastic())
                .map(who -> seeOther("/changes/draft/" + kept.keep(form, who).id() + step));
    }

    /// The same changes on top of what others did meanwhile.
    Mono<Rendering> rebased(EditForm form, ServerWebExchange exchange) {
        return understood(
                form,
                draft -> drafts.rebased(draft)
                        .flatMap(rebased ->
                                kept(EditForm.of(form.section(), rebased).kept(form.draft()), "", exchange)));
    }

    /// The third step.
    Mono<Rendering> applied(EditForm form, MultiValueMap<String, String> data, ServerWebExchange exchange) {
        return understood(
                form,
                draft -> impact(draft).flatMap(impact -> {
                    var left = Left.of(form, impact, data);
                    return left.any()
                            ? reviewed(form, draft, impact, exchange, left)
                            : applied(form, draft, impact, exchange);
                }));
    }

    /// What cannot be understood sends back to the first step, which keeps it.
    private Mono<Rendering> understood(EditForm form, Function<Draft, Mono<Rendering>> then) {
        return Mono.fromSupplier(form::draftOf)
                .flatMap(then)
                .onErrorResume(
                        InvalidInputException.class,
                        e -> wrong(form, new Problem(e.field(), e.sentence()))
                                .flatMap(problems -> edit(form, problems, Sentence.NONE)));
    }

    /// All that is wrong with a form that cannot be understood.
    private Mono<List<Problem>> wrong(EditForm form, Problem first) {
        return Mono.justOrEmpty(EditProblems.readable(form))
                .flatMap(drafts::judged)
                .map(Reviewed::problems)
                .onErrorResume(InvalidInputException.class, _ -> Mono.empty())
                .defaultIfEmpty(List.of())
                .map(judged -> EditProblems.all(form, first, judged));
    }

    private Mono<EditImpact> impact(Draft draft) {
        return analysis.current().map(cluster -> EditImpact.of(cluster, draft));
    }

    private Mono<Rendering> reviewed(
            EditForm form, Draft draft, EditImpact impact, ServerWebExchange exchange, Left left) {
        return who(exchange)
                .flatMap(who -> drafts.reviewed(draft, who))
                .map(reviewed -> rendered("edit-review", ReviewPage.of(form, reviewed, impact, left), form));
    }

    private Mono<Rendering> applied(EditForm form, Draft draft, EditImpact impact, ServerWebExchange exchange) {
        return who(exchange)
                .flatMap(who -> drafts.applied(draft, who))
                .publishOn(Schedulers.boundedElastic())
                .map(applied -> switch (applied) {
                    case Drafts.Applied.Recorded(var edit, var done) -> {
                        if (done) {
                            kept.discard(form.draft());
                        }
                        yield seeOther("/changes/" + edit);
                    }
                    case Drafts.Applied.Refused(var reviewed) ->
                        rendered("edit-review", ReviewPage.of(form, reviewed, impact, Left.NOTHING), form);
                });
    }

    private static Mono<String> who(ServerWebExchange exchange) {
        return exchange.getPrincipal().map(Principal::getName).defaultIfEmpty(Drafts.NOBODY);
    }

    private static Rendering seeOther(String path) {
        return Rendering.redirectTo(path).status(HttpStatus.SEE_OTHER).build();
    }
}
