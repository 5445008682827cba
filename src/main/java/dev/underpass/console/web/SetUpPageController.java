package dev.underpass.console.web;

import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.view.ResourceView;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.reactive.result.view.Rendering;

/// The page that says what the console can read, and what is missing.
@Controller
class SetUpPageController {

    private final CurrentAnalysis analysis;

    SetUpPageController(CurrentAnalysis analysis) {
        this.analysis = analysis;
    }

    @GetMapping("/setup")
    Rendering setUp() {
        var resources = analysis.resourceStates().stream().map(ResourceView::of).toList();
        return Rendering.view("setup").modelAttribute("page", resources).build();
    }
}
