package dev.underpass.console.store;

import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.resource.Delay;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.data.redis.autoconfigure.ClientResourcesBuilderCustomizer;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisReactiveAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientConfigurationBuilderCustomizer;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/// A console of several replicas, which share by Redis or Valkey. Its own health does not depend on it.
@Configuration(proxyBeanMethods = false)
@Conditional(RedisChosen.class)
@Import({DataRedisAutoConfiguration.class, DataRedisReactiveAutoConfiguration.class})
class RedisConsole {

    private static final String SETTINGS = "spring.data.redis.";
    private static final List<String> PLACES = List.of("url", "host", "sentinel.master", "cluster.nodes");

    /// How long an answer may take.
    static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Duration RECONNECT = Duration.ofMillis(500);

    @Bean
    LettuceClientConfigurationBuilderCustomizer patience(Environment environment) {
        return client -> {
            if (!environment.containsProperty(SETTINGS + "timeout")) {
                client.commandTimeout(PATIENCE);
            }
        };
    }

    /// What cannot be sent fails at once, and what was sent is not sent again unnoticed.
    @Bean
    LettuceClientOptionsBuilderCustomizer failing() {
        return options -> options.disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                .replayFilter(_ -> true)
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(PATIENCE)
                        .keepAlive(true)
                        .build());
    }

    @Bean
    ClientResourcesBuilderCustomizer reconnecting() {
        return resources -> resources.reconnectDelay(Delay.constant(RECONNECT));
    }

    @Bean(initMethod = "", destroyMethod = "stop")
    RedisStore redisStore(
            RedisConnectionFactory connections, Environment environment, Clock clock, MeterRegistry registry) {
        if (PLACES.stream().noneMatch(place -> environment.containsProperty(SETTINGS + place))) {
            throw new InvalidConfigurationPropertyValueException(
                    SETTINGS + "url", null, "underpass.store=redis needs it, such as redis://redis:6379");
        }
        var spool = environment.getProperty("underpass.store.spool", "");
        var store = new RedisStore(connections, clock, new Spool(spool.isEmpty() ? null : Path.of(spool)));
        Gauge.builder("underpass.store.up", store, each -> each.status().awaySince() == null ? 1 : 0)
                .description("Whether the store that replicas share answers")
                .register(registry);
        Gauge.builder("underpass.store.waiting", store, each -> each.status().waiting())
                .description("What is to be told to other replicas as soon as the store answers")
                .register(registry);
        FunctionCounter.builder(
                        "underpass.store.lost", store, each -> each.status().lost())
                .description("What other replicas were never told, because too much waited")
                .register(registry);
        return store;
    }
}
