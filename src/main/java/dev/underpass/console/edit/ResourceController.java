package dev.underpass.console.edit;

import dev.underpass.console.api.Page;
import dev.underpass.console.edit.PoolAddresses.AddressPage;
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

/// Reads and edits the resources of one kind that belong to no namespace.
abstract class ResourceController {

    private final EditedKind kind;
    private final EditCalls calls;

    ResourceController(EditedKind kind, EditCalls calls) {
        this.kind = kind;
        this.calls = calls;
    }

    @GetMapping
    Mono<Page<ObjectNode>> list(
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(name = "continue", defaultValue = "") String from) {
        return calls.list(kind, limit, from);
    }

    @GetMapping("/{name}")
    Mono<ResponseEntity<ObjectNode>> get(@PathVariable String name) {
        return calls.get(ObjectRef.of(kind, name));
    }

    @TypedObject
    @PostMapping
    Mono<ResponseEntity<ObjectNode>> create(
            @RequestParam(defaultValue = "false") boolean dryRun, ServerWebExchange exchange) {
        return calls.create(kind, exchange, EditRequest.of(exchange, null, dryRun, false));
    }

    @TypedObject
    @PostMapping("/{name}")
    Mono<ResponseEntity<ObjectNode>> create(
            @PathVariable String name,
            @RequestParam(defaultValue = "false") boolean dryRun,
            ServerWebExchange exchange) {
        return calls.create(ObjectRef.of(kind, name), exchange, EditRequest.of(exchange, null, dryRun, false));
    }

    @TypedObject
    @PutMapping("/{name}")
    Mono<ResponseEntity<ObjectNode>> update(
            @PathVariable String name,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestParam(defaultValue = "false") boolean dryRun,
            @RequestParam(defaultValue = "false") boolean force,
            ServerWebExchange exchange) {
        return calls.update(ObjectRef.of(kind, name), exchange, EditRequest.of(exchange, ifMatch, dryRun, force));
    }

    @DeleteMapping("/{name}")
    Mono<ResponseEntity<ObjectNode>> delete(
            @PathVariable String name,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestParam(defaultValue = "false") boolean dryRun,
            ServerWebExchange exchange) {
        return calls.delete(ObjectRef.of(kind, name), EditRequest.of(exchange, ifMatch, dryRun, false));
    }

    @RestController
    @RequestMapping("/api/v1/coordinators")
    static class Coordinators extends ResourceController {

        Coordinators(EditCalls calls) {
            super(EditedKind.COORDINATOR, calls);
        }
    }

    @RestController
    @RequestMapping("/api/v1/ippools")
    static class IpPools extends ResourceController {

        private final EditCalls calls;

        IpPools(EditCalls calls) {
            super(EditedKind.IP_POOL, calls);
            this.calls = calls;
        }

        @GetMapping("/{name}/addresses")
        Mono<AddressPage> addresses(
                @PathVariable String name,
                @RequestParam(defaultValue = "100") int limit,
                @RequestParam(name = "continue", defaultValue = "") String from) {
            return calls.addresses(ObjectRef.of(EditedKind.IP_POOL, name), limit, from);
        }
    }

    @RestController
    @RequestMapping("/api/v1/reservedips")
    static class ReservedIps extends ResourceController {

        ReservedIps(EditCalls calls) {
            super(EditedKind.RESERVED_IP, calls);
        }
    }

    @RestController
    @RequestMapping("/api/v1/subnets")
    static class Subnets extends ResourceController {

        Subnets(EditCalls calls) {
            super(EditedKind.SUBNET, calls);
        }
    }
}
