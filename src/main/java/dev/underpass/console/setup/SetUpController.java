package dev.underpass.console.setup;

import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.store.Store;
import dev.underpass.console.view.ResourceView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/// What the console can read of the Kubernetes API, and what it can do.
@RestController
@RequestMapping("/api/v1")
class SetUpController {

    private final CurrentAnalysis analysis;
    private final SetUp setUp;
    private final Store store;

    SetUpController(CurrentAnalysis analysis, SetUp setUp, Store store) {
        this.analysis = analysis;
        this.setUp = setUp;
        this.store = store;
    }

    /// The source of what is shown, and each resource's state; none for a bundle.
    ///
    /// @param store what replicas share
    record SetUpView(String source, List<ResourceView> resources, StoreView store, Checks checks) {}

    /// How the store is.
    ///
    /// @param kind `memory` or `redis`
    /// @param awaySince absent while it answers
    /// @param reason why it does not answer; absent while it does
    /// @param waiting how much is to be told to other replicas as soon as it answers
    /// @param lost how much they were never told, because too much waited
    record StoreView(
            String kind,
            @Nullable Instant awaySince,
            @Nullable String reason,
            int waiting,
            long lost) {

        static StoreView of(Store.Status status) {
            return new StoreView(
                    status.shared() ? "redis" : "memory",
                    status.awaySince(),
                    status.awaySince() == null ? null : status.reason(),
                    status.waiting(),
                    status.lost());
        }
    }

    @GetMapping("/setup")
    Mono<SetUpView> setUp() {
        return setUp.checks()
                .map(checks -> new SetUpView(
                        analysis.live().isPresent() ? "kubernetes" : "bundle",
                        analysis.resourceStates().stream().map(ResourceView::of).toList(),
                        StoreView.of(store.status()),
                        checks));
    }
}
