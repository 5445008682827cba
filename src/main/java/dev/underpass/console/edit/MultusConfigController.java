package dev.underpass.console.edit;

import dev.underpass.console.api.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/// Reads and edits SpiderMultusConfigs, which are in namespaces.
@RestController
@RequestMapping("/api/v1/multusconfigs")
class MultusConfigController {

    private static final EditedKind KIND = EditedKind.MULTUS_CONFIG;

    private final EditCalls calls;

    MultusConfigController(EditCalls calls) {
        this.calls = calls;
    }

    @GetMapping
    Mono<Page<ObjectNode>> list(
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(name = "continue", defaultValue = "") String from) {
        return calls.list(KIND, limit, from);
    }

    @GetMapping("/{namespace}/{name}")
    Mono<ResponseEntity<ObjectNode>> get(@PathVariable String namespace, @PathVariable String name) {
        return calls.get(named(namespace, name));
    }

    @TypedObject
    @PostMapping
    Mono<ResponseEntity<ObjectNode>> create(
            @RequestParam(defaultValue = "false") boolean dryRun, ServerWebExchange exchange) {
        return calls.create(KIND, exchange, EditRequest.of(exchange, null, dryRun, false));
    }

    @TypedObject
    @PostMapping("/{namespace}/{name}")
    Mono<ResponseEntity<ObjectNode>> create(
            @PathVariable String namespace,
            @PathVariable String name,
            @RequestParam(defaultValue = "false") boolean dryRun,
            ServerWebExchange exchange) {
        return calls.create(named(namespace, name), exchange, EditRequest.of(exchange, null, dryRun, false));
    }

    @TypedObject
    @PutMapping("/{namespace}/{name}")
    Mono<ResponseEntity<ObjectNode>> update(
            @PathVariable String namespace,
            @PathVariable String name,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestParam(defaultValue = "false") boolean dryRun,
            @RequestParam(defaultValue = "false") boolean force,
            ServerWebExchange exchange) {
        return calls.update(named(namespace, name), exchange, EditRequest.of(exchange, ifMatch, dryRun, force));
    }

    @DeleteMapping("/{namespace}/{name}")
    Mono<ResponseEntity<ObjectNode>> delete(
            @PathVariable String namespace,
            @PathVariable String name,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestParam(defaultValue = "false") boolean dryRun,
            ServerWebExchange exchange) {
        return calls.delete(named(namespace, name), EditRequest.of(exchange, ifMatch, dryRun, false));
    }

    private static ObjectRef named(String namespace, String name) {
        return new ObjectRef(KIND, namespace, name);
    }
}
