package dev.underpass.console.analysis;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What the first to ask has worked out; whoever asks meanwhile waits for it.
final class Lazily<T> implements Supplier<T> {

    private final Supplier<T> work;
    private @Nullable T known;

    Lazily(Supplier<T> work) {
        this.work = work;
    }

    @Override
    public synchronized T get() {
        var value = known;
        if (value == null) {
            value = work.get();
            known = value;
        }
        return value;
    }
}
