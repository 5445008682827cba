package dev.underpass.console.store;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/// Whether replicas share what they have by Redis. A choice that there is not ends the start.
public class RedisChosen implements Condition {

    private static final String PROPERTY = "underpass.store";

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        return in(context.getEnvironment());
    }

    private static boolean in(Environment environment) {
        var choice = environment.getProperty(PROPERTY, "memory");
        return switch (choice) {
            case "redis" -> true;
            case "memory" -> false;
            default ->
                throw new InvalidConfigurationPropertyValueException(PROPERTY, choice, "neither memory nor redis");
        };
    }

    /// Whether the console is alone.
    static class Not implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return !in(context.getEnvironment());
        }
    }
}
