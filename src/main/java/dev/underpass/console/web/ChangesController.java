package dev.underpass.console.web;

import static java.util.stream.Collectors.joining;

import dev.underpass.console.Filtered;
import dev.underpass.console.RefusedException;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.edit.EditHistory;
import dev.underpass.console.journal.JournalView.OlderPod;
import dev.underpass.console.security.Visitor;
import dev.underpass.console.store.Heard;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// The history of the configuration, and taking edits back.
@Controller
class ChangesController {

    private final CurrentAnalysis analysis;
    private final ChangeList changes;
    private final EditHistory edits;
    private final KeptDrafts drafts;
    private final Heard heard;

    ChangesController(CurrentAnalysis analysis, ChangeList changes, EditHistory edits, KeptDrafts drafts, Heard heard) {
        this.heard = heard;
        this.drafts = drafts;
        this.analysis = analysis;
        this.changes = changes;
        this.edits = edits;
    }

    /// @param kind the word `kind:` of earlier addresses, and `name` the word `name:`
    @GetMapping("/changes")
    Rendering changes(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String sort,
            @RequestParam(defaultValue = "1") int page,
            ServerWebExchange exchange) {
        var all = changes.newestFirst();
        var kinds = new TreeSet<>(all.stream().map(ChangeRow::kind).toList());
        var list = Filtered.of(ListWords.CHANGES, words(q, kind, name), all);
        return Rendering.view("changes")
                .modelAttribute(
                        "page",
                        new ChangesPage(
                                ListColumns.CHANGES.page(list, sort, page),
                                List.copyOf(kinds),
                                Visitor.of(exchange).admin() ? drafts.newestFirst() : List.of(),
                                analysis.live().isPresent()))
                .build();
    }

    private static String words(String q, String kind, String name) {
        return Stream.of(q, kind.isEmpty() ? "" : "kind:" + kind, name.isEmpty() ? "" : "name:" + name)
                .filter(word -> !word.isEmpty())
                .collect(joining(" "));
    }

    /// The changes that pass the filter.
    ///
    /// @param kinds of all changes
    /// @param drafts that wait to be applied, for those who may do that
    /// @param live whether a cluster is watched, so that changes can come
    record ChangesPage(Listing<ChangeRow> changes, List<String> kinds, List<KeptDraft> drafts, boolean live) {}

    @GetMapping("/changes/{id}")
    Mono<Rendering> change(@PathVariable String id) {
        return change(id, HttpStatus.OK, "");
    }

    private Mono<Rendering> change(String id, HttpStatusCode status, String error) {
        return heard.soon(() -> changes.detail(id))
                .zipWith(
                        analysis.current(),
                        (detail, cluster) -> Rendering.view("change")
                                .status(status)
                                .modelAttribute("page", ChangePage.of(cluster, detail, error))
                                .build());
    }

    /// One change, how far it has come, and the Pods that predate it.
    ///
    /// @param error why it could not be taken back; empty unless somebody tried
    /// @param parts of the roll-out, at most as many as a page shows
    /// @param predating at most as many as a page shows, those that differ first
    record ChangePage(
            ChangeList.Detail detail,
            String error,
            Rollout rollout,
            List<Rollout.Part> parts,
            List<OlderPod> predating) {

        static ChangePage of(ClusterView cluster, ChangeList.Detail detail, String error) {
            var rollout = Rollout.of(cluster, detail.row());
            var sorted = rollout.older().stream()
                    .sorted((one, other) ->
                            Boolean.compare(one.lines().isEmpty(), other.lines().isEmpty()))
                    .limit(Paging.SIZE)
                    .toList();
            var parts = rollout.parts().stream().limit(Paging.SIZE).toList();
            return new ChangePage(detail, error, rollout, parts, sorted);
        }

        public int predatingAll() {
            return rollout.older().size();
        }
    }

    @PostMapping("/changes/{id}/undo")
    Mono<Rendering> undo(@PathVariable String id, ServerWebExchange exchange) {
        return edits.undo(id, exchange)
                .map(undone -> Rendering.redirectTo("/changes/" + undone)
                        .status(HttpStatus.SEE_OTHER)
                        .build())
                .onErrorResume(RefusedException.class, e -> change(id, e.status(), String.valueOf(e.getMessage())));
    }
}
