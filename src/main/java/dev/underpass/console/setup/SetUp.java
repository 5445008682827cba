package dev.underpass.console.setup;

import dev.underpass.console.analysis.CurrentAnalysis;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Checks what the console can do in this cluster.
@Component
public class SetUp {

    private final CurrentAnalysis analysis;
    private final Permissions permissions;

    SetUp(CurrentAnalysis analysis, Permissions permissions) {
        this.analysis = analysis;
        this.permissions = permissions;
    }

    /// As of now, for whoever asks in the context.
    public Mono<Checks> checks() {
        return analysis.current()
                .zipWith(
                        permissions.allowed(),
                        (cluster, allowed) -> Checks.of(cluster, analysis.resourceStates(), allowed));
    }
}
