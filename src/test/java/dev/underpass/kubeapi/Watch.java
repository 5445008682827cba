package dev.underpass.kubeapi;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.node.ObjectNode;

/// One running watch: events as lines of JSON.
final class Watch implements Store.Listener {

    private static final Duration UNASKED_TIMEOUT = Duration.ofMinutes(45);

    private final Store store;
    private final Lists.Scope scope;
    private final boolean bookmarks;
    private final Sinks.Many<String> lines = Sinks.many().unicast().onBackpressureBuffer();
    private long seen;

    private Watch(Store store, Lists.Scope scope, boolean bookmarks) {
        this.store = store;
        this.scope = scope;
        this.bookmarks = bookmarks;
    }

    /// The lines of a watch that starts where its query says.
    static Flux<String> lines(Store store, Lists.Scope scope, Query query) {
        checkInitialEvents(query);
        var watch = new Watch(store, scope, query.is("allowWatchBookmarks"));
        synchronized (store) {
            watch.begin(query);
        }
        var timeout = query.number("timeoutSeconds") > 0
                ? Duration.ofSeconds(query.number("timeoutSeconds"))
                : UNASKED_TIMEOUT;
        return watch.lines
                .asFlux()
                .takeUntilOther(Mono.delay(timeout))
                .concatWith(Mono.fromSupplier(() -> watch.bookmark(false)).filter(_ -> watch.bookmarks))
                .takeUntil(line -> line.startsWith("{\"type\":\"ERROR\""))
                .doFinally(_ -> store.unfollow(watch));
    }

    private static void checkInitialEvents(Query query) {
        if (query.parameters().containsKey("sendInitialEvents")
                && !query.text("resourceVersionMatch").equals("NotOlderThan")) {
            throw new Failure(
                    422,
                    "Invalid",
                    "ListOptions.meta.k8s.io \"\" is invalid: resourceVersionMatch: Forbidden: "
                            + "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan");
        }
    }

    private void begin(Query query) {
        seen = query.number("resourceVersion");
        boolean initial = query.is("sendInitialEvents")
                || (seen == 0 && !query.parameters().containsKey("sendInitialEvents"));
        if (initial) {
            seen = store.revision();
            scope.select(store.all(scope.type().qualified())).forEach(object -> send("ADDED", object));
        } else if (seen == 0) {
            seen = store.revision();
        }
        if (query.is("sendInitialEvents") && bookmarks) {
            lines.tryEmitNext(bookmark(true));
        }
        try {
            store.follow(seen, this);
        } catch (Failure e) {
            send("ERROR", e.status());
        }
    }

    private String bookmark(boolean initialEventsEnd) {
        var object = Json.object()
                .put("kind", scope.type().names().kind())
                .put("apiVersion", scope.type().apiVersion());
        var metadata = object.putObject("metadata").put("resourceVersion", Long.toString(seen));
        if (initialEventsEnd) {
            metadata.putObject("annotations").put("k8s.io/initial-events-end", "true");
        }
        return line("BOOKMARK", object);
    }

    @Override
    public void changed(Store.Change change) {
        seen = change.revision();
        var before = selected(change.key(), change.before());
        var after = selected(change.key(), change.after());
        if (after != null) {
            send(before == null ? "ADDED" : "MODIFIED", after);
        } else if (before != null) {
            var last = before.deepCopy();
            Json.child(last, "metadata").put("resourceVersion", Long.toString(change.revision()));
            send("DELETED", last);
        }
    }

    private @Nullable ObjectNode selected(Store.Key key, @Nullable ObjectNode object) {
        return object != null && scope.holds(key, object) ? object : null;
    }

    @Override
    public void expired(long oldest) {
        send("ERROR", Failure.tooOld(seen, oldest).status());
    }

    @Override
    public void marked(long revision) {
        seen = revision;
        if (bookmarks) {
            lines.tryEmitNext(bookmark(false));
        }
    }

    @Override
    public void withdrawn(String type) {
        if (type.equals(scope.type().qualified())) {
            lines.tryEmitComplete();
        }
    }

    private void send(String type, ObjectNode object) {
        // A watch that was cancelled meanwhile takes no more, which is nobody's failure.
        lines.tryEmitNext(line(type, object));
    }

    private static String line(String type, ObjectNode object) {
        var event = Json.object().put("type", type);
        event.set("object", object);
        return event + "\n";
    }
}
