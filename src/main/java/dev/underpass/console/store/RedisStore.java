package dev.underpass.console.store;

import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/// A store in Redis: a stream for each topic, which every replica reads from its start on, and one for reports.
final class RedisStore implements Store, SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(RedisStore.class);

    private final RedisConnectionFactory connections;
    private final Clock clock;
    private final Presence presence;
    private final Outbox outbox = new Outbox();
    private final Spool spool;
    private final Map<Topic, Follower> followers = new EnumMap<>(Topic.class);
    private final Map<String, ReportPart> reports = new ConcurrentHashMap<>();

    /// The nodes of which the store has so many changes that a whole report is to take their place.
    private final Set<String> many = ConcurrentHashMap.newKeySet();

    private @Nullable ReportFollower reportFollower;
    private final List<RedisThread> threads = new ArrayList<>();
    private volatile boolean running;

    RedisStore(RedisConnectionFactory connections, Clock clock, Spool spool) {
        this.spool = spool;
        this.connections = connections;
        this.clock = clock;
        this.presence = new Presence(clock);
    }

    @Override
    public void tell(Topic topic, Told told) {
        spooled(topic, told);
        put(topic, told);
    }

    private void spooled(Topic topic, Told told) {
        if (topic.kept() && presence.away() != null) {
            spool.append(new Spool.Line(topic, told));
        }
    }

    private Outbox.Letter put(Topic topic, Told told) {
        var line = new Spool.Line(topic, told);
        return outbox.put(
                topic + " " + told.key(),
                topic.kept() ? line : null,
                redis -> Scripts.tell(redis, topic, told, clock.millis()));
    }

    @Override
    public void tellNow(Topic topic, Told told) {
        spooled(topic, told);
        var done = put(topic, told);
        if (presence.away() != null) {
            return;
        }
        try {
            done.told().get(RedisConsole.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException | CancellationException e) {
            LOG.warn("{} {} waits for the store: {}", topic, told.key(), e.toString());
            spool.append(new Spool.Line(topic, told));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void follow(Topic topic, Follower follower) {
        followers.put(topic, follower);
    }

    @Override
    public void follow(ReportFollower follower) {
        reportFollower = follower;
    }

    /// Changes go out by themselves; where several wait, one whole report takes their place.
    @Override
    public void tell(ReportPart report) {
        reports.merge(report.node(), report, (_, _) -> whole(report.node()));
        announce(report.node());
    }

    private void announce(String node) {
        outbox.put("report " + node, null, redis -> send(redis, node));
    }

    private ReportPart whole(String node) {
        return follower().whole(node);
    }

    private ReportFollower follower() {
        if (reportFollower == null) {
            throw new IllegalStateException("nobody follows reports");
        }
        return reportFollower;
    }

    private void send(RedisConnection redis, String node) {
        var report = reports.remove(node);
        if (report == null) {
            return;
        }
        try {
            var kept = Scripts.keep(redis, many.remove(node) ? whole(node) : report);
            if (kept == Scripts.Kept.UNKNOWN_BASE) {
                kept = Scripts.keep(redis, whole(node));
            }
            if (kept == Scripts.Kept.KEPT_MANY) {
                many.add(node);
            }
            if (kept == Scripts.Kept.OLD) {
                follower().hear(ReportLane.parts(redis, node));
            }
        } catch (RuntimeException e) {
            reports.putIfAbsent(node, whole(node));
            throw e;
        }
    }

    /// Tells again what the store may have lost while it was away.
    private void tellAgain() {
        followers.forEach((topic, follower) -> {
            if (topic.kept()) {
                follower.held().forEach(told -> put(topic, told));
            }
        });
    }

    private void reportAgain(RedisConnection redis) {
        for (var node : follower().nodes()) {
            var head = Scripts.head(redis, node);
            if (head == null || !follower().isNewest(node, head.bootId(), head.sequence())) {
                reports.put(node, whole(node));
                announce(node);
            }
        }
    }

    @Override
    public Status status() {
        var away = presence.away();
        return new Status(
                true,
                away == null ? null : away.since(),
                away == null ? "" : away.reason(),
                outbox.size(),
                outbox.lost());
    }

    @Override
    public void start() {
        running = true;
        spool.lines().forEach(line -> put(line.topic(), line.told()));
        var topics = new TopicLane(followers, this::tellAgain);
        var nodes = new ReportLane(follower(), this::reportAgain);
        threads.add(new RedisThread("store-topics", connections, presence, topics));
        threads.add(new RedisThread("store-reports", connections, presence, nodes));
        threads.add(new RedisThread("store-tell", connections, presence, new TellingLane(outbox, spool)));
        threads.forEach(RedisThread::start);
        if (!FirstWait.caughtUp(presence::fails, look -> topics.caughtUp(look) && nodes.caughtUp(look))) {
            LOG.warn("The console starts without what its other replicas know: {}", status().reason());
        }
    }

    @Override
    public void stop() {
        running = false;
        threads.forEach(RedisThread::end);
        threads.clear();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /// Before the web server takes requests, and until it takes none.
    @Override
    public int getPhase() {
        return 0;
    }
}
