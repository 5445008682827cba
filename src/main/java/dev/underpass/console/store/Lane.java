package dev.underpass.console.store;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.data.domain.Range;
import org.springframework.data.redis.connection.Limit;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.stream.ByteRecord;
import org.springframework.data.redis.connection.stream.ReadOffset;
import org.springframework.data.redis.connection.stream.StreamOffset;
import org.springframework.data.redis.connection.stream.StreamReadOptions;

/// Reads streams to their ends, and on.
abstract class Lane implements RedisThread.Lane {

    static final String START = "0-0";

    private static final StreamReadOptions BLOCKING =
            StreamReadOptions.empty().count(100).block(Duration.ofMillis(500));

    private final CountDownLatch caughtUp = new CountDownLatch(1);

    /// The id of what was read last, by stream.
    private final Map<String, String> positions = new LinkedHashMap<>();

    /// Whether all that was there is read; waits for it.
    final boolean caughtUp(Duration wait) {
        try {
            return caughtUp.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    final void read(byte[] stream, String from) {
        positions.put(Keys.text(stream), from);
    }

    final boolean knows(byte[] stream) {
        return positions.containsKey(Keys.text(stream));
    }

    /// The id of the newest record of a stream.
    static String newest(RedisConnection redis, byte[] stream) {
        var records = redis.streamCommands()
                .xRevRange(stream, Range.unbounded(), Limit.limit().count(1));
        return records == null || records.isEmpty()
                ? START
                : records.getFirst().getId().getValue();
    }

    @Override
    public final void pass(RedisConnection redis) {
        List<ByteRecord> records = redis.streamCommands().xRead(BLOCKING, offsets());
        if (records == null || records.isEmpty()) {
            caughtUp.countDown();
            return;
        }
        for (var read : records) {
            var stream = Keys.text(Objects.requireNonNull(read.getStream()));
            hear(redis, stream, fields(read));
            positions.put(stream, read.getId().getValue());
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // There are no arrays of a generic type.
    private StreamOffset<byte[]>[] offsets() {
        var offsets = new StreamOffset[positions.size()];
        int i = 0;
        for (var each : positions.entrySet()) {
            offsets[i++] = StreamOffset.create(Keys.bytes(each.getKey()), ReadOffset.from(each.getValue()));
        }
        return offsets;
    }

    private static Map<String, byte[]> fields(ByteRecord read) {
        var fields = new LinkedHashMap<String, byte[]>();
        read.getValue().forEach((name, value) -> fields.put(Keys.text(name), value));
        return fields;
    }

    abstract void hear(RedisConnection redis, String stream, Map<String, byte[]> fields);
}
