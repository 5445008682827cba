package dev.underpass.console.security;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/// Whether people log in: as soon as anything is said about a provider, so that half of it never means an open console.
class LoginConfigured implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        return in(context.getEnvironment());
    }

    private static boolean in(Environment environment) {
        return Binder.get(environment)
                .bind(OidcSettings.PREFIX, Bindable.mapOf(String.class, Object.class))
                .map(properties -> !properties.isEmpty())
                .orElse(false);
    }

    /// Whether nobody needs to log in.
    static class Not implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return !in(context.getEnvironment());
        }
    }
}
