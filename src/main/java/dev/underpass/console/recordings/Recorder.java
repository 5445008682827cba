package dev.underpass.console.recordings;

import dev.underpass.console.Phrases;
import dev.underpass.console.RefusedException;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.audit.AuditNote;
import dev.underpass.console.capture.Captures;
import dev.underpass.words.Sentence;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/// Records the cluster: when it is time, when findings came or went, and when somebody asks. All on one worker.
@Component
@EnableConfigurationProperties(RecordingSettings.class)
public class Recorder implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);
    private static final Duration CHECK = Duration.ofSeconds(30);

    /// Findings that come and go are not recorded more often.
    private static final Duration REST = Duration.ofMinutes(1);

    private static final int TRIES = 10;
    private static final Duration REST_BETWEEN = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final RecordingSettings settings;
    private final RecordingFiles files;
    private final CurrentAnalysis analysis;
    private final Captures captures;
    private final Clock clock;
    private final Scheduler worker = Schedulers.newBoundedElastic(1, 100, "recorder", 60, true);
    private volatile Sentence unremoved = Sentence.NONE;

    Recorder(
            RecordingSettings settings,
            RecordingFiles files,
            CurrentAnalysis analysis,
            Captures captures,
            Clock clock) {
        this.settings = settings;
        this.files = files;
        this.analysis = analysis;
        this.captures = captures;
        this.clock = clock;
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        if (files.on()) {
            // Replicas that share a directory, and start together, are not to record the same.
            long first = ThreadLocalRandom.current().nextLong(CHECK.toMillis() / 2, CHECK.toMillis());
            worker.schedulePeriodically(this::check, first, CHECK.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /// Records now, for somebody.
    ///
    /// @throws RefusedException in the result, if nothing is recorded here, or it cannot be written
    public Mono<Recording> asked(ServerWebExchange exchange) {
        if (!files.on()) {
            return Mono.error(new RefusedException(HttpStatus.CONFLICT, "not-recording", Phrases.NOT_RECORDING.with()));
        }
        return Mono.fromCallable(() -> record("asked", current()))
                .subscribeOn(worker)
                .doOnNext(
                        recording -> AuditNote.of(exchange).ifPresent(note -> note.tell("recording", recording.id())));
    }

    /// Records if it is time to; a failure is told of, and the next check is another attempt.
    void check() {
        try {
            var newest = files.newestFirst().stream().findFirst();
            var age = newest.map(each -> Duration.between(each.at(), clock.instant()))
                    .orElse(settings.every());
            if (age.compareTo(settings.every()) >= 0) {
                record("interval", current());
            } else if (age.compareTo(REST) >= 0) {
                var cluster = current();
                if (!Recording.codes(cluster).equals(newest.orElseThrow().codes())) {
                    record("findings", cluster);
                }
            }
        } catch (RuntimeException e) {
            LOG.error("Nothing is recorded: {}", e.getMessage());
        }
    }

    /// The newest analysis; in a large cluster, after some waiting, one that is not far behind.
    private ClusterView current() {
        return analysis.current()
                .filter(cluster -> !cluster.behind())
                .repeatWhenEmpty(TRIES, tries -> tries.delayElements(REST_BETWEEN))
                .onErrorResume(IllegalStateException.class, _ -> analysis.current())
                .blockOptional(PATIENCE)
                .orElseThrow();
    }

    private Recording record(String why, ClusterView cluster) {
        var recording = Recording.of(cluster, clock.instant(), why);
        var archive = captures.archive(cluster).blockOptional(PATIENCE).orElseThrow();
        try {
            files.write(recording, archive.bytes());
            LOG.info("Recorded {} ({}), {} bytes", recording.id(), why, archive.bytes().length);
        } catch (IOException e) {
            throw new RefusedException(
                    HttpStatus.INSUFFICIENT_STORAGE,
                    "not-recorded",
                    Phrases.NOT_RECORDED.with(String.valueOf(settings.directory()), reason(e)));
        } finally {
            // Also where there is no room: what is too old may make some for the next.
            unremoved = removed();
        }
        return recording;
    }

    /// Removes what is not to be kept, and says what keeps it from that.
    private Sentence removed() {
        var failure = Sentence.NONE;
        for (var old : new Retention(settings).surplus(files.newestFirst(), files::bytes, clock.instant())) {
            try {
                files.delete(old);
            } catch (IOException e) {
                failure = Phrases.NOT_REMOVED.with(old.id(), String.valueOf(settings.directory()), reason(e));
            }
        }
        if (!failure.isEmpty()) {
            LOG.warn("{}", failure);
        }
        return failure;
    }

    /// What the operating system says, which does not always have words.
    private static String reason(IOException e) {
        if (e instanceof FileSystemException failed) {
            return Objects.requireNonNullElse(failed.getReason(), e.getClass().getSimpleName());
        }
        return String.valueOf(e.getMessage());
    }

    /// What kept recordings from being removed when the last one was made; empty where nothing did.
    public Sentence unremoved() {
        return unremoved;
    }

    @Override
    public void destroy() {
        worker.dispose();
    }
}
