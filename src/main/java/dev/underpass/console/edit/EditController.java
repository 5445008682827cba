package dev.underpass.console.edit;

import dev.underpass.console.api.Page;
import dev.underpass.console.store.Heard;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/// Tells who edited what, and takes it back.
@RestController
@RequestMapping("/api/v1/edits")
class EditController {

    private final EditLog log;
    private final EditCalls calls;
    private final Heard heard;

    EditController(EditLog log, EditCalls calls, Heard heard) {
        this.heard = heard;
        this.log = log;
        this.calls = calls;
    }

    @GetMapping
    Page<EditView> edits(
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(name = "continue", defaultValue = "") String from) {
        return Page.of(log.newestFirst(), limit, from, EditView::of);
    }

    @GetMapping("/{id}")
    Mono<EditView> edit(@PathVariable String id) {
        return heard.soon(() -> log.entry(id)).map(EditView::of);
    }

    @PostMapping("/{id}/undo")
    Mono<ResponseEntity<ObjectNode>> undo(
            @PathVariable String id,
            @RequestParam(defaultValue = "false") boolean dryRun,
            @RequestParam(defaultValue = "false") boolean force,
            ServerWebExchange exchange) {
        return calls.undo(id, EditRequest.of(exchange, null, dryRun, force));
    }
}
