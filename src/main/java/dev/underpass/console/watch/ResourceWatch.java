package dev.underpass.console.watch;

import dev.underpass.console.analysis.LiveResources;
import dev.underpass.console.analysis.ResourceState;
import dev.underpass.console.analysis.ResourceState.Status;
import dev.underpass.console.objects.Kind;
import dev.underpass.console.watch.ResourceApi.RefusedException;
import dev.underpass.console.watch.ResourceApi.Watching;
import dev.underpass.report.Fields;
import dev.underpass.report.ReportFormatException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/// Follows one kind: lists it, watches from there, and lists again when the API has forgotten where it was.
final class ResourceWatch<T> implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(ResourceWatch.class);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    /// How soon an installed CRD or a granted permission is noticed.
    private static final Duration RETRY_REFUSED = Duration.ofSeconds(5);

    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int GONE = 410;

    private final Kind<T> kind;
    private final Apis apis;
    private final LiveResources resources;
    private final Clock clock;
    private final Map<String, String> unreadable = new HashMap<>();
    private final Set<String> keys = new HashSet<>();
    private Duration pause = SHORTEST_PAUSE;
    private ResourceState state;

    /// Gives the API's client; after a failure perhaps a new one.
    interface Apis {
        ResourceApi api() throws IOException;

        /// Tells that a request failed.
        ///
        /// @param api the client that made it
        void failed(ResourceApi api, IOException failure);
    }

    ResourceWatch(Kind<T> kind, Apis apis, LiveResources resources, Clock clock) {
        this.kind = kind;
        this.apis = apis;
        this.resources = resources;
        this.clock = clock;
        this.state = ResourceState.starting(kind, clock.instant());
    }

    @Override
    public void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                followOrTell();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// If its thread ended, the kind would be unread for good, and nobody would know.
    private void followOrTell() throws InterruptedException {
        try {
            follow(apis.api());
        } catch (IOException e) {
            interrupted(reason(e));
        } catch (RuntimeException e) {
            if (!isKnown(Status.INTERRUPTED, reason(e))) {
                LOG.error("{} begins anew", kind.resource(), e);
            }
            interrupted(reason(e));
        }
    }

    private static String reason(Exception e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    private void follow(ResourceApi api) throws InterruptedException {
        try {
            var version = list(api);
            while (version != null) {
                version = watch(api, version);
                // However often a server or a proxy ends watches, it is not asked without a pause.
                Thread.sleep(SHORTEST_PAUSE);
            }
        } catch (RefusedException e) {
            apis.failed(api, e);
            refused(e);
        } catch (IOException e) {
            apis.failed(api, e);
            interrupted(reason(e));
        }
    }

    private String list(ResourceApi api) throws IOException, InterruptedException {
        var listed = api.list(kind);
        if (state.status() == Status.FORBIDDEN) {
            // With the right to list alone, the kind would come and go with every try.
            api.watch(kind, listed.resourceVersion()).close();
        }
        var records = new HashMap<String, T>();
        unreadable.clear();
        keys.clear();
        for (var item : listed.items()) {
            var object = object(item);
            var key = key(object);
            record(key, object).ifPresent(record -> records.put(key, record));
        }
        pause = SHORTEST_PAUSE;
        resources.change(objects -> objects.replace(kind, records), changed(Status.WATCHED, null));
        return listed.resourceVersion();
    }

    /// @return where the next watch begins; null when a new list is needed
    private @Nullable String watch(ResourceApi api, String from) throws IOException, InterruptedException {
        var version = from;
        try (var watching = api.watch(kind, from)) {
            for (var event = next(watching); event != null; event = next(watching)) {
                var object = event.path("object");
                if (event.path("type").asString("").equals("ERROR")) {
                    return gone(object);
                }
                take(event.path("type").asString(""), object);
                version = object.path("metadata").path("resourceVersion").asString(version);
            }
            return version;
        } catch (RefusedException e) {
            if (e.status() == GONE) {
                return null;
            }
            throw e;
        }
    }

    /// A broken connection ends the watch as its time limit does: the next one goes on from the same version.
    private @Nullable JsonNode next(Watching watching) throws InterruptedException {
        try {
            var event = watching.next();
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedException();
            }
            return event;
        } catch (IOException e) {
            LOG.debug("The watch of {} ended: {}", kind, e.getMessage());
            return null;
        }
    }

    private @Nullable String gone(JsonNode status) throws IOException {
        int code = status.path("code").asInt(0);
        if (code == GONE) {
            return null;
        }
        throw new RefusedException(code, status.path("message").asString("the watch failed"));
    }

    private void take(String type, JsonNode event) throws IOException, InterruptedException {
        switch (type) {
            case "ADDED", "MODIFIED" -> put(object(event));
            case "DELETED" -> remove(key(object(event)));
            default -> {
                // A bookmark tells a version only.
            }
        }
    }

    private void put(Fields object) throws IOException, InterruptedException {
        var key = key(object);
        boolean wasUnreadable = unreadable.containsKey(key);
        var record = record(key, object);
        if (record.isEmpty()) {
            resources.change(objects -> objects.remove(kind, key), changed(Status.WATCHED, null));
        } else {
            boolean counted = wasUnreadable || state.objects() != keys.size();
            resources.change(
                    objects -> objects.put(kind, key, record.get()), counted ? changed(Status.WATCHED, null) : null);
        }
    }

    private void remove(String key) throws InterruptedException {
        unreadable.remove(key);
        keys.remove(key);
        resources.change(objects -> objects.remove(kind, key), changed(Status.WATCHED, null));
    }

    private Fields object(JsonNode json) throws IOException {
        try {
            return Fields.of(json, "");
        } catch (ReportFormatException e) {
            throw new IOException("the API's answer holds something else than objects", e);
        }
    }

    private String key(Fields object) throws IOException {
        try {
            return kind.key(object);
        } catch (ReportFormatException e) {
            throw new IOException("the API's answer holds an object without a name: " + e.getMessage(), e);
        }
    }

    /// What the object becomes; empty when it cannot be read, which is remembered.
    private Optional<T> record(String key, Fields object) {
        keys.add(key);
        try {
            var record = kind.reader().read(object);
            unreadable.remove(key);
            return Optional.of(record);
        } catch (ReportFormatException | IllegalArgumentException e) {
            unreadable.put(key, String.valueOf(e.getMessage()));
            LOG.warn("{} {} is left out: {}", kind, key, e.getMessage());
            return Optional.empty();
        }
    }

    private void refused(RefusedException e) throws InterruptedException {
        switch (e.status()) {
            case NOT_FOUND -> forget(Status.ABSENT, "the API serves no " + kind.resource());
            case FORBIDDEN -> forget(Status.FORBIDDEN, e.getMessage());
            case GONE -> Thread.sleep(SHORTEST_PAUSE);
            default -> interrupted(e.getMessage());
        }
    }

    private void forget(Status status, @Nullable String reason) throws InterruptedException {
        if (!isKnown(status, reason)) {
            unreadable.clear();
            keys.clear();
            resources.change(objects -> objects.replace(kind, Map.of()), changed(status, reason));
        }
        Thread.sleep(RETRY_REFUSED);
    }

    private void interrupted(@Nullable String reason) throws InterruptedException {
        if (!isKnown(Status.INTERRUPTED, reason)) {
            resources.change(_ -> {}, changed(Status.INTERRUPTED, reason));
        }
        Thread.sleep(pause);
        pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
    }

    /// What was told already makes no new snapshot, which would be analysed anew.
    private boolean isKnown(Status status, @Nullable String reason) {
        return status == state.status() && Objects.equals(reason, state.reason());
    }

    private ResourceState changed(Status status, @Nullable String reason) {
        boolean same = isKnown(status, reason);
        // Whatever else it says meanwhile, an API that does not answer has not answered since the first time.
        Instant since = status == state.status() ? state.since() : clock.instant();
        if (!same && status != Status.WATCHED) {
            LOG.warn("{}: {} ({})", kind.resource(), status, reason);
        }
        boolean observed = switch (status) {
            case WATCHED, ABSENT -> true;
            case STARTING, FORBIDDEN -> false;
            case INTERRUPTED -> state.observed();
        };
        state = new ResourceState(kind, status, reason, since, observed, keys.size(), unreadable);
        return state;
    }
}
