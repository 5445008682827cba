package dev.underpass.console.api;

import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.view.ResourceView;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/// What the console can read of the Kubernetes API.
@RestController
@RequestMapping("/api/v1")
class SetUpController {

    private final CurrentAnalysis analysis;

    SetUpController(CurrentAnalysis analysis) {
        this.analysis = analysis;
    }

    /// The source of what is shown, and each resource's state; none for a bundle.
    record SetUpView(String source, List<ResourceView> resources) {}

    @GetMapping("/setup")
    Mono<SetUpView> setUp() {
        return Mono.fromCallable(() -> new SetUpView(
                analysis.live().isPresent() ? "kubernetes" : "bundle",
                analysis.resourceStates().stream().map(ResourceView::of).toList()));
    }
}
