package dev.underpass.console.store;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.springframework.data.redis.connection.RedisConnection;

/// Hears of the reports that replicas took.
final class ReportLane extends Lane {

    private final ReportFollower follower;
    private final Consumer<RedisConnection> again;

    /// @param again tells again what the store may have lost
    ReportLane(ReportFollower follower, Consumer<RedisConnection> again) {
        this.follower = follower;
        this.again = again;
    }

    /// Whatever comes while the parts of all reports are read is read after them.
    @Override
    public void connected(RedisConnection redis) {
        read(Keys.reports(), newest(redis, Keys.reports()));
        var nodes = redis.setCommands().sMembers(Keys.nodes());
        for (var node : nodes == null ? List.<byte[]>of() : List.copyOf(nodes)) {
            var parts = parts(redis, Keys.text(node));
            if (parts.isEmpty()) {
                redis.setCommands().sRem(Keys.nodes(), node);
            } else {
                follower.hear(parts);
            }
        }
        again.accept(redis);
    }

    @Override
    void hear(RedisConnection redis, String stream, Map<String, byte[]> fields) {
        var part = Objects.requireNonNull(fields.get("part"));
        if (part.length == 0 || !follower.hear(Framed.part(part))) {
            follower.hear(parts(redis, Keys.text(Objects.requireNonNull(fields.get("node")))));
        }
    }

    /// The newest report of a node in its parts; none where there is none.
    static List<ReportPart> parts(RedisConnection redis, String node) {
        var parts = redis.listCommands().lRange(Keys.parts(node), 0, -1);
        return parts == null ? List.of() : parts.stream().map(Framed::part).toList();
    }
}
