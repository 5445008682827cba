package dev.underpass.console.web;

import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.setup.SetUp;
import dev.underpass.console.view.ResourceView;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.reactive.result.view.Rendering;
import reactor.core.publisher.Mono;

/// The page that says what the console can do and read, and what is missing.
@Controller
class SetUpPageController {

    private final CurrentAnalysis analysis;
    private final SetUp setUp;

    SetUpPageController(CurrentAnalysis analysis, SetUp setUp) {
        this.analysis = analysis;
        this.setUp = setUp;
    }

    @GetMapping("/setup")
    Mono<Rendering> setUp() {
        var resources = analysis.resourceStates().stream().map(ResourceView::of).toList();
        return setUp.checks()
                .map(checks -> Rendering.view("setup")
                        .modelAttribute("page", resources)
                        .modelAttribute("checks", checks)
                        .build());
    }
}
