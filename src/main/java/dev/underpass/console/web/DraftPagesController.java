package dev.underpass.console.web;

import dev.underpass.console.store.Heard;
import java.util.Objects;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/// Edits that were begun: their review, and their form, for every admin who has the address.
@Controller
class DraftPagesController {

    private final KeptDrafts kept;
    private final Heard heard;
    private final EditSteps steps;

    DraftPagesController(KeptDrafts kept, Heard heard, EditSteps steps) {
        this.heard = heard;
        this.kept = kept;
        this.steps = steps;
    }

    @GetMapping("/changes/draft/{id}")
    Mono<Rendering> review(@PathVariable String id, ServerWebExchange exchange) {
        return form(id).flatMap(form -> steps.review(form, exchange));
    }

    /// @param told whether what a review told of fields stands beside them
    @GetMapping("/changes/draft/{id}/edit")
    Mono<Rendering> edit(
            @PathVariable String id, @RequestParam(defaultValue = "false") boolean told, ServerWebExchange exchange) {
        return form(id).flatMap(form -> told ? steps.told(form, exchange) : steps.edit(form, ""));
    }

    @PostMapping("/changes/draft/{id}/discard")
    Mono<Rendering> discard(@PathVariable String id) {
        return Mono.fromRunnable(() -> kept.discard(id))
                .subscribeOn(Schedulers.boundedElastic())
                .thenReturn(Rendering.redirectTo("/changes")
                        .status(HttpStatus.SEE_OTHER)
                        .build());
    }

    private Mono<EditForm> form(String id) {
        return heard.soon(() -> kept.draft(id)).map(draft -> Objects.requireNonNull(draft.form()));
    }
}
