package dev.underpass.console.edit;

import dev.underpass.console.Impersonated;
import dev.underpass.console.Phrases;
import dev.underpass.console.RefusedException;
import dev.underpass.console.audit.AuditNote;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/// Where edits wait for the API. One that has begun is brought to its end, even if whoever asked has gone.
@Component
class WriteThreads implements DisposableBean {

    private static final int THREADS = 4;
    private static final int WAITING = 64;
    private static final String RETRY_SECONDS = "2";

    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(WAITING),
            Thread.ofPlatform().daemon().name("edit-", 0).factory());

    <T> Mono<T> run(Supplier<T> edit) {
        return Mono.deferContextual(context -> Mono.fromFuture(
                        () -> CompletableFuture.supplyAsync(impersonated(context, noted(context, edit)), threads),
                        true))
                .onErrorMap(RejectedExecutionException.class, _ -> busy());
    }

    private static <T> Supplier<T> noted(ContextView context, Supplier<T> edit) {
        return AuditNote.of(context)
                .<Supplier<T>>map(note -> () -> note.during(edit))
                .orElse(edit);
    }

    private static <T> Supplier<T> impersonated(ContextView context, Supplier<T> edit) {
        return Impersonated.of(context)
                .<Supplier<T>>map(someone -> () -> someone.during(edit))
                .orElse(edit);
    }

    private static RefusedException busy() {
        return new RefusedException(HttpStatus.SERVICE_UNAVAILABLE, "busy", Phrases.TOO_MANY_EDITS.with())
                .with(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
    }

    @Override
    public void destroy() {
        threads.shutdown();
    }
}
