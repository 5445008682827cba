package dev.underpass.console.web;

import dev.underpass.console.analysis.CurrentAnalysis;
import java.util.List;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import reactor.core.publisher.Mono;

/// The palette as a page; the dialog of the layout shows the same list.
@Controller
class PaletteController {

    private final CurrentAnalysis analysis;
    private final SavedViews views;
    private final MessageSource messages;

    PaletteController(CurrentAnalysis analysis, SavedViews views, MessageSource messages) {
        this.analysis = analysis;
        this.views = views;
        this.messages = messages;
    }

    /// What was typed, and what it found.
    record PalettePage(String q, List<PaletteSearch.Hit> hits) {}

    @GetMapping("/palette")
    Mono<Rendering> palette(@RequestParam(defaultValue = "") String q, Locale locale) {
        return analysis.current()
                .map(cluster -> PaletteSearch.of(q)
                        .among(
                                cluster,
                                views.all(),
                                page -> title(page, locale),
                                (action, pod) ->
                                        messages.getMessage("palette.action." + action, new Object[] {pod}, locale)))
                .map(hits -> Rendering.view("palette")
                        .modelAttribute("page", new PalettePage(q, hits))
                        .build());
    }

    private String title(String page, Locale locale) {
        var key = switch (page) {
            case "findings" -> "findings.title";
            case "reservedips" -> "reserved.title";
            case "access" -> "wizard.title";
            default -> "nav." + page;
        };
        return messages.getMessage(key, null, locale);
    }
}
