package dev.underpass.console.store;

import dev.underpass.console.NotFoundException;
import java.time.Duration;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/// What one replica has told and another is about to hear: whoever is led there meanwhile waits for it.
@Component
public class Heard {

    private static final Duration BETWEEN = Duration.ofMillis(50);
    private static final int TRIES = 40;

    private final Supplier<Store.Status> status;

    @Autowired
    Heard(Store store) {
        this(store::status);
    }

    Heard(Supplier<Store.Status> status) {
        this.status = status;
    }

    /// What is known, at once or within moments.
    ///
    /// @param known throws a NotFoundException while it is not known here
    public <T> Mono<T> soon(Supplier<T> known) {
        return Mono.fromSupplier(known)
                .retryWhen(Retry.fixedDelay(TRIES, BETWEEN)
                        .filter(e -> e instanceof NotFoundException && told())
                        .onRetryExhaustedThrow((_, last) -> last.failure()));
    }

    /// Whether anybody tells anything.
    private boolean told() {
        var now = status.get();
        return now.shared() && now.awaySince() == null;
    }
}
