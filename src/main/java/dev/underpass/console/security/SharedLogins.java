package dev.underpass.console.security;

import dev.underpass.console.store.RedisChosen;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;
import org.springframework.data.redis.core.ReactiveRedisTemplate;
import org.springframework.data.redis.serializer.GenericJacksonJsonRedisSerializer;
import org.springframework.data.redis.serializer.RedisSerializationContext;
import org.springframework.data.redis.serializer.RedisSerializer;
import org.springframework.security.jackson.SecurityJacksonModules;
import org.springframework.session.ReactiveSessionRepository;
import org.springframework.session.Session;
import org.springframework.session.config.annotation.web.server.SpringWebSessionConfiguration;
import org.springframework.session.data.redis.ReactiveRedisSessionRepository;
import tools.jackson.databind.json.JsonMapper;

/// Logins that hold at all replicas: sessions in Redis, as JSON of the types that Spring Security lists and of no
/// others.
@Configuration(proxyBeanMethods = false)
@Conditional({RedisChosen.class, LoginConfigured.class})
@Import(SpringWebSessionConfiguration.class)
class SharedLogins {

    private static final String KEYS = "{underpass}:1";

    @Bean
    KeptSessions<?> keptSessions(ReactiveRedisConnectionFactory connections) {
        var context = RedisSerializationContext.<String, Object>newSerializationContext(RedisSerializer.string())
                .value(json())
                .hashKey(RedisSerializer.string())
                .hashValue(json())
                .build();
        var sessions = new ReactiveRedisSessionRepository(new ReactiveRedisTemplate<>(connections, context));
        sessions.setRedisKeyNamespace(KEYS);
        return kept(sessions);
    }

    private static KeptSessions<?> kept(ReactiveSessionRepository<? extends Session> sessions) {
        return new KeptSessions<>(sessions);
    }

    private static RedisSerializer<Object> json() {
        return new GenericJacksonJsonRedisSerializer(JsonMapper.builder()
                .addModules(SecurityJacksonModules.getModules(SharedLogins.class.getClassLoader()))
                .build());
    }
}
