package dev.underpass.console.events;

import dev.underpass.console.RefusedException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/// The stream of events.
@RestController
@RequestMapping("/api/v1")
class EventsController {

    static final Duration HEARTBEAT = Duration.ofSeconds(10);
    static final int MOST_CLIENTS = 2_000;
    private static final Duration RETRY = Duration.ofSeconds(3);

    private final Happenings happenings;

    EventsController(Happenings happenings) {
        this.happenings = happenings;
    }

    @GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    ResponseEntity<Flux<ServerSentEvent<Object>>> events(
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastId) {
        if (happenings.clients() >= MOST_CLIENTS) {
            throw new RefusedException(HttpStatus.SERVICE_UNAVAILABLE, "busy", "too many streams are open")
                    .with(HttpHeaders.RETRY_AFTER, Long.toString(RETRY.toSeconds()));
        }
        return ResponseEntity.ok()
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("X-Accel-Buffering", "no")
                .body(stream(lastId));
    }

    private Flux<ServerSentEvent<Object>> stream(@Nullable String lastId) {
        return Flux.defer(() -> {
            var from = lastId == null ? happenings.newestId() : lastId;
            var heartbeats = Flux.interval(HEARTBEAT)
                    .onBackpressureDrop()
                    .map(_ -> ServerSentEvent.builder().comment("alive").build())
                    .takeUntilOther(happenings.closing());
            return Flux.merge(1, happenings.after(from).map(EventsController::sent), heartbeats)
                    .startWith(first(from));
        });
    }

    /// Opens the stream at once, and tells where it begins: it is resumed from there if it breaks before any event.
    private static ServerSentEvent<Object> first(String from) {
        var first = ServerSentEvent.builder().retry(RETRY).comment("events");
        return from.matches("[a-z0-9-]+") ? first.id(from).build() : first.build();
    }

    private static ServerSentEvent<Object> sent(Event event) {
        return ServerSentEvent.builder(event.data())
                .id(event.id())
                .event(event.type())
                .build();
    }
}
