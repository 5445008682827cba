package dev.underpass.console.recordings;

import dev.underpass.console.Phrases;
import dev.underpass.console.RefusedException;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.bundle.BundleException;
import dev.underpass.console.bundle.BundleReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/// Opens recordings one at a time, and keeps the last two for a while: each takes as much memory as the cluster itself.
@Component
public class OpenRecordings implements DisposableBean {

    private static final int MOST = 2;
    private static final int MOST_WAITING = 8;
    private static final Duration IDLE = Duration.ofMinutes(10);

    /// To read and analyse a bundle takes at most so many times the room of its text: 5.0 and 5.5 where it was
    /// measured.
    private static final int TIMES = 6;

    private static final int MEBI = 20;
    private static final int GZIP = 0x1f8b;
    private static final int LEAST_BYTES = 6;

    private final RecordingFiles files;
    private final Scheduler worker = Schedulers.newBoundedElastic(1, MOST_WAITING, "recordings", 60, true);
    private final Map<String, Open> open = new LinkedHashMap<>(MOST, 1, true);
    private final Disposable forgetting;

    /// A recording that is open, or is being opened.
    private record Open(Mono<ClusterView> view, long usedNanos) {}

    OpenRecordings(RecordingFiles files) {
        this.files = files;
        this.forgetting = Schedulers.parallel().schedulePeriodically(this::forget, 1, 1, TimeUnit.MINUTES);
    }

    /// The cluster as it was then.
    ///
    /// @throws NotFoundException in the result, if there is no such recording
    /// @throws RefusedException in the result, if it is damaged, or takes too much memory or time now
    public Mono<ClusterView> view(String id) {
        return Mono.defer(() -> opened(id)).onErrorMap(RejectedExecutionException.class, _ -> busy());
    }

    private synchronized Mono<ClusterView> opened(String id) {
        var there = open.get(id);
        var view = there != null
                ? there.view()
                : Mono.fromCallable(() -> read(id))
                        .subscribeOn(worker)
                        .doOnError(_ -> close(id))
                        .cache();
        open.put(id, new Open(view, System.nanoTime()));
        if (open.size() > MOST) {
            open.remove(open.keySet().iterator().next());
        }
        return view;
    }

    private synchronized void close(String id) {
        open.remove(id);
    }

    private synchronized void forget() {
        open.values().removeIf(each -> System.nanoTime() - each.usedNanos() > IDLE.toNanos());
    }

    private static RefusedException busy() {
        return new RefusedException(HttpStatus.SERVICE_UNAVAILABLE, "busy", Phrases.RECORDINGS_BUSY.with())
                .with(HttpHeaders.RETRY_AFTER, "5");
    }

    private ClusterView read(String id) {
        var recording = files.recording(id);
        var file = files.bundle(recording);
        try {
            checkRoom(id, file);
            return ClusterView.recorded(BundleReader.bundle(file), recording.byNode(), recording.at());
        } catch (IOException | BundleException e) {
            throw new RefusedException(
                    HttpStatus.INTERNAL_SERVER_ERROR,
                    "recording-damaged",
                    Phrases.RECORDING_DAMAGED.with(id, String.valueOf(e.getMessage())));
        }
    }

    private static void checkRoom(String id, Path file) throws IOException {
        long needed = TIMES * unpacked(file);
        if (needed > free()) {
            System.gc();
        }
        long free = free();
        if (needed > free) {
            throw new RefusedException(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "memory",
                    Phrases.RECORDING_MEMORY.with(id, needed >> MEBI, free >> MEBI));
        }
    }

    private static long free() {
        var runtime = Runtime.getRuntime();
        return runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
    }

    /// The size of what is packed, which gzip writes last; of anything else, nothing is known.
    private static long unpacked(Path file) throws IOException {
        try (var packed = new RandomAccessFile(file.toFile(), "r")) {
            if (packed.length() < LEAST_BYTES || packed.readUnsignedShort() != GZIP) {
                return 0;
            }
            var size = new byte[Integer.BYTES];
            packed.seek(packed.length() - size.length);
            packed.readFully(size);
            return Integer.toUnsignedLong(
                    ByteBuffer.wrap(size).order(ByteOrder.LITTLE_ENDIAN).getInt());
        }
    }

    @Override
    public void destroy() {
        forgetting.dispose();
        worker.dispose();
    }
}
