package dev.underpass.console.store;

import io.lettuce.core.RedisException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/// A thread that does one thing with Redis, again and again, by a connection of its own; after a failure by another
/// one.
final class RedisThread {

    private static final Logger LOG = LoggerFactory.getLogger(RedisThread.class);
    private static final long PAUSE_MILLIS = 500;
    private static final long END_MILLIS = 3_000;

    private final Thread thread;
    private volatile boolean ending;

    /// What the thread does.
    interface Lane {

        /// A connection is there: the first one, or another one than before.
        void connected(RedisConnection redis);

        /// Does what there is to do, and returns within a second or so.
        void pass(RedisConnection redis) throws InterruptedException;
    }

    RedisThread(String name, RedisConnectionFactory connections, Presence presence, Lane lane) {
        this.thread = Thread.ofPlatform().daemon().name(name).unstarted(() -> run(connections, presence, lane));
    }

    void start() {
        thread.start();
    }

    private void run(RedisConnectionFactory connections, Presence presence, Lane lane) {
        try {
            while (!ending) {
                if (!connected(connections, presence, lane)) {
                    TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean connected(RedisConnectionFactory connections, Presence presence, Lane lane)
            throws InterruptedException {
        try (var redis = connections.getConnection()) {
            lane.connected(redis);
            while (!ending) {
                lane.pass(redis);
                presence.answered();
            }
            return true;
        } catch (DataAccessException | RedisException e) {
            if (!ending) {
                presence.failed(e);
            }
        } catch (RuntimeException e) {
            LOG.error("{} begins anew", thread.getName(), e);
        }
        return false;
    }

    void end() {
        ending = true;
        thread.interrupt();
        try {
            thread.join(END_MILLIS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
