package dev.underpass.console;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/// As whom the cluster takes what somebody does by the console: with their rights, and under their name in its audit
/// log.
///
/// @param user as the API server would call them
/// @param groups theirs, as the API server would call them
public record Impersonated(String user, List<String> groups) {

    private static final ScopedValue<Impersonated> CURRENT = ScopedValue.newInstance();

    public Impersonated {
        groups = List.copyOf(groups);
    }

    /// Whom this thread acts for.
    public static Optional<Impersonated> current() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
    }

    /// Who asks in this context.
    public static Optional<Impersonated> of(ContextView context) {
        return context.getOrEmpty(Impersonated.class);
    }

    /// A context in which they ask.
    public Context into(Context context) {
        return context.put(Impersonated.class, this);
    }

    /// Does some work for them.
    public <T> T during(Supplier<T> work) {
        return ScopedValue.where(CURRENT, this).call(work::get);
    }
}
