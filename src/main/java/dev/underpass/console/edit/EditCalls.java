package dev.underpass.console.edit;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.api.Page;
import dev.underpass.console.edit.PoolAddresses.AddressPage;
import dev.underpass.words.Sentence;
import java.util.function.Function;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.node.ObjectNode;

/// What the controllers of all kinds do with a request.
@Component
class EditCalls {

    private final CurrentAnalysis analysis;
    private final Stored stored;
    private final Edits edits;
    private final Undo undo;
    private final WriteThreads threads;

    EditCalls(CurrentAnalysis analysis, Stored stored, Edits edits, Undo undo, WriteThreads threads) {
        this.analysis = analysis;
        this.stored = stored;
        this.edits = edits;
        this.undo = undo;
        this.threads = threads;
    }

    Mono<Page<ObjectNode>> list(EditedKind kind, int limit, String from) {
        return Mono.fromCallable(() -> Page.of(stored.all(kind), limit, from, Trimmed::shown))
                .subscribeOn(Schedulers.boundedElastic());
    }

    Mono<ResponseEntity<ObjectNode>> get(ObjectRef object) {
        return Mono.fromCallable(() -> stored.object(object))
                .subscribeOn(Schedulers.boundedElastic())
                .map(found -> new Edited(
                        Trimmed.shown(found),
                        Ownership.warnings(found).stream()
                                .map(Sentence::toString)
                                .toList(),
                        null))
                .map(Answers::found);
    }

    Mono<AddressPage> addresses(ObjectRef pool, int limit, String from) {
        return analysis.snapshots()
                .next()
                .publishOn(Schedulers.boundedElastic())
                .map(now -> PoolAddresses.of(now, stored.object(pool)).page(limit, from));
    }

    /// Creates the object that the body names.
    Mono<ResponseEntity<ObjectNode>> create(EditedKind kind, ServerWebExchange exchange, Mono<EditRequest> request) {
        return Typed.body(exchange.getRequest())
                .flatMap(body -> create(Identity.named(kind, body), body, root(exchange), request));
    }

    /// Creates the object that the path names.
    Mono<ResponseEntity<ObjectNode>> create(ObjectRef object, ServerWebExchange exchange, Mono<EditRequest> request) {
        return Typed.body(exchange.getRequest()).flatMap(body -> create(object, body, root(exchange), request));
    }

    private static String root(ServerWebExchange exchange) {
        return exchange.getRequest().getPath().contextPath().value();
    }

    private Mono<ResponseEntity<ObjectNode>> create(
            ObjectRef object, ObjectNode body, String root, Mono<EditRequest> request) {
        return request.flatMap(how -> written(now -> edits.create(object, body, how, now))
                .map(edited -> how.dryRun() ? Answers.found(edited) : Answers.created(root, object, edited)));
    }

    Mono<ResponseEntity<ObjectNode>> update(ObjectRef object, ServerWebExchange exchange, Mono<EditRequest> request) {
        return Mono.zip(Typed.body(exchange.getRequest()), request)
                .flatMap(both -> written(now -> edits.update(object, both.getT1(), both.getT2(), now)))
                .map(Answers::found);
    }

    Mono<ResponseEntity<ObjectNode>> delete(ObjectRef object, Mono<EditRequest> request) {
        return request.flatMap(how -> written(now -> edits.delete(object, how, now)))
                .map(Answers::deleted);
    }

    Mono<ResponseEntity<ObjectNode>> undo(String id, Mono<EditRequest> request) {
        return request.flatMap(how -> written(now -> undo.undone(id, how, now))).map(Answers::found);
    }

    private Mono<Edited> written(Function<ClusterSnapshot, Edited> edit) {
        return analysis.snapshots().next().flatMap(now -> threads.run(() -> edit.apply(now)));
    }
}
