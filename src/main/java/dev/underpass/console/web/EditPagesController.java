package dev.underpass.console.web;

import dev.underpass.console.edit.Drafts;
import dev.underpass.console.edit.ObjectRef;
import dev.underpass.diagnosis.edit.Edit.Operation;
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
    private final EditSteps steps;

    EditPagesController(Drafts drafts, EditSteps steps) {
        this.drafts = drafts;
        this.steps = steps;
    }

    @GetMapping({"/coordinator/new", "/pools/new", "/networks/new", "/reservedips/new"})
    Mono<Rendering> create(ServerWebExchange exchange) {
        return steps.edit(EditForm.empty(section(exchange)), "");
    }

    /// @param since names the object as it was when somebody began to edit it: what others made of it is told
    @GetMapping({"/coordinator/{name}/edit", "/reservedips/{name}/edit"})
    Mono<Rendering> edit(
            @PathVariable String name, @RequestParam(defaultValue = "") String since, ServerWebExchange exchange) {
        return begun(section(exchange), "", name, Operation.UPDATE).flatMap(form -> steps.edit(form, since));
    }

    /// @param exclude addresses that the pool's page was asked to exclude; empty when it was not
    @GetMapping("/pools/{name}/edit")
    Mono<Rendering> editPool(
            @PathVariable String name,
            @RequestParam(defaultValue = "") String exclude,
            @RequestParam(defaultValue = "") String since) {
        return begun(EditSection.POOLS, "", name, Operation.UPDATE).flatMap(form -> {
            var asked = Exclusion.of(form, exclude.strip());
            return since.isEmpty() ? steps.edit(asked.form(), asked.problems(), asked.note()) : steps.edit(form, since);
        });
    }

    @GetMapping("/networks/{namespace}/{name}/edit")
    Mono<Rendering> editNetwork(
            @PathVariable String namespace, @PathVariable String name, @RequestParam(defaultValue = "") String since) {
        return begun(EditSection.NETWORKS, namespace, name, Operation.UPDATE).flatMap(form -> steps.edit(form, since));
    }

    @GetMapping({"/coordinator/{name}/delete", "/pools/{name}/delete", "/reservedips/{name}/delete"})
    Mono<Rendering> delete(@PathVariable String name, ServerWebExchange exchange) {
        return begun(section(exchange), "", name, Operation.DELETE).flatMap(form -> steps.review(form, exchange));
    }

    @GetMapping("/networks/{namespace}/{name}/delete")
    Mono<Rendering> delete(@PathVariable String namespace, @PathVariable String name, ServerWebExchange exchange) {
        return begun(EditSection.NETWORKS, namespace, name, Operation.DELETE)
                .flatMap(form -> steps.review(form, exchange));
    }

    /// The first step as a draft, with all that was typed, and what the review told of it where that is asked for.
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
            boolean told = "true".equals(data.getFirst("told"));
            return steps.kept(posted(data, exchange), told ? "/edit?told=true" : "/edit", exchange);
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
        return exchange.getFormData().flatMap(data -> steps.kept(posted(data, exchange), "", exchange));
    }

    /// The first step as it is, for a page that somebody is still at.
    @PostMapping({
        "/coordinator/*/check",
        "/pools/*/check",
        "/reservedips/*/check",
        "/networks/*/*/check",
        "/networks/new/check"
    })
    Mono<Rendering> check(ServerWebExchange exchange) {
        return exchange.getFormData().flatMap(data -> steps.checked(posted(data, exchange)));
    }

    /// The same changes on top of what others did meanwhile.
    @PostMapping({"/coordinator/*/rebase", "/pools/*/rebase", "/reservedips/*/rebase", "/networks/*/*/rebase"})
    Mono<Rendering> rebase(ServerWebExchange exchange) {
        return exchange.getFormData().flatMap(data -> steps.rebased(posted(data, exchange), exchange));
    }

    @PostMapping({
        "/coordinator/*/apply",
        "/pools/*/apply",
        "/reservedips/*/apply",
        "/networks/*/*/apply",
        "/networks/new/apply"
    })
    Mono<Rendering> apply(ServerWebExchange exchange) {
        return exchange.getFormData().flatMap(data -> steps.applied(posted(data, exchange), data, exchange));
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

    private static EditForm posted(MultiValueMap<String, String> data, ServerWebExchange exchange) {
        return PostedForm.of(section(exchange), path(exchange), data);
    }
}
