package dev.underpass.console.store;

import org.springframework.data.redis.connection.RedisConnection;

/// Tells what waits, one after the other.
final class TellingLane implements RedisThread.Lane {

    private static final long WAIT_MILLIS = 500;

    private final Outbox outbox;

    TellingLane(Outbox outbox) {
        this.outbox = outbox;
    }

    @Override
    public void connected(RedisConnection redis) {
        redis.ping();
    }

    @Override
    public void pass(RedisConnection redis) throws InterruptedException {
        var letter = outbox.first(WAIT_MILLIS);
        if (letter == null) {
            redis.ping();
            return;
        }
        outbox.begun(letter);
        try {
            letter.telling().accept(redis);
            letter.told().complete(null);
        } catch (RuntimeException e) {
            outbox.failed(letter);
            throw e;
        }
    }
}
