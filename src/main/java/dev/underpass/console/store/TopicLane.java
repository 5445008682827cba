package dev.underpass.console.store;

import static java.util.stream.Collectors.toMap;

import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.connection.RedisConnection;
import tools.jackson.core.JacksonException;

/// Hears what is told of the topics.
final class TopicLane extends Lane {

    private static final Logger LOG = LoggerFactory.getLogger(TopicLane.class);

    private final Map<Topic, Follower> followers;
    private final Map<String, Topic> topics;
    private final Runnable again;

    /// @param again tells again what the store may have lost
    TopicLane(Map<Topic, Follower> followers, Runnable again) {
        this.followers = Map.copyOf(followers);
        this.topics = followers.keySet().stream().collect(toMap(topic -> Keys.text(Keys.topic(topic)), topic -> topic));
        this.again = again;
    }

    @Override
    public void connected(RedisConnection redis) {
        for (var topic : followers.keySet()) {
            var stream = Keys.topic(topic);
            if (topic.kept() || !knows(stream)) {
                read(stream, topic.kept() ? START : newest(redis, stream));
            }
        }
        again.run();
    }

    @Override
    void hear(RedisConnection redis, String stream, Map<String, byte[]> fields) {
        var topic = Objects.requireNonNull(topics.get(stream));
        var key = Keys.text(Objects.requireNonNull(fields.get("key")));
        try {
            Objects.requireNonNull(followers.get(topic))
                    .hear(new Told(key, Keys.text(Objects.requireNonNull(fields.get("json")))));
        } catch (JacksonException e) {
            LOG.warn("{} {} is nothing that this version can read: {}", topic, key, e.getOriginalMessage());
        }
    }
}
