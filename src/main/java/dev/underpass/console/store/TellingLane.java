package dev.underpass.console.store;

import org.springframework.data.redis.connection.RedisConnection;

/// Tells what waits, one after the other.
final class TellingLane implements RedisThread.Lane {

    private static final long WAIT_MILLIS = 500;

    private final Outbox outbox;
    private final Spool spool;
    private boolean spooled;

    TellingLane(Outbox outbox, Spool spool) {
        this.outbox = outbox;
        this.spool = spool;
    }

    @Override
    public void connected(RedisConnection redis) {
        redis.ping();
    }

    /// Once for each time that the store goes away: what comes after that goes there by itself.
    private void spool() {
        if (!spooled) {
            outbox.lines().forEach(spool::append);
            spooled = true;
        }
    }

    @Override
    public void pass(RedisConnection redis) throws InterruptedException {
        var letter = outbox.first(WAIT_MILLIS);
        if (letter == null) {
            redis.ping();
            spool.clear();
            spooled = false;
            return;
        }
        outbox.begun(letter);
        try {
            letter.telling().accept(redis);
            letter.told().complete(null);
        } catch (RuntimeException e) {
            outbox.failed(letter);
            spool();
            throw e;
        }
    }
}
