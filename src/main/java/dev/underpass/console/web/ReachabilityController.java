package dev.underpass.console.web;

import dev.underpass.console.analysis.CurrentAnalysis;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import reactor.core.publisher.Mono;

/// The matrix of who reaches what, and the members of one of its cells.
@Controller
class ReachabilityController {

    private final CurrentAnalysis analysis;

    ReachabilityController(CurrentAnalysis analysis) {
        this.analysis = analysis;
    }

    /// @param row the ids of two rows that are to be compared
    @GetMapping("/reachability")
    Mono<Rendering> matrix(
            @RequestParam(defaultValue = "") List<String> row,
            @RequestParam(defaultValue = "") String sort,
            @RequestParam(defaultValue = "1") int page) {
        var order = MatrixOrder.parse(sort);
        return analysis.current()
                .map(cluster -> Rendering.view("reachability")
                        .modelAttribute("page", ReachabilityPage.of(cluster.matrix(), order, row, page))
                        .build());
    }

    @GetMapping(value = "/reachability", params = "format=csv")
    Mono<ResponseEntity<String>> csv(@RequestParam(defaultValue = "") String sort) {
        var order = MatrixOrder.parse(sort);
        return analysis.current()
                .map(cluster -> new MatrixCsv(ReachabilityPage.of(cluster.matrix(), order, List.of(), 1)))
                .map(whole -> file("reachability.csv", whole.text()));
    }

    @GetMapping("/reachability/{row}/{column}")
    Mono<Rendering> cell(
            @PathVariable String row, @PathVariable String column, @RequestParam(defaultValue = "1") int page) {
        return analysis.current()
                .map(cluster -> Rendering.view("reachability-cell")
                        .modelAttribute("page", CellPage.of(cluster, row, column))
                        .modelAttribute("number", page)
                        .build());
    }

    @GetMapping(value = "/reachability/{row}/{column}", params = "format=csv")
    Mono<ResponseEntity<String>> csv(@PathVariable String row, @PathVariable String column) {
        return analysis.current()
                .map(cluster -> CellPage.of(cluster, row, column))
                .map(cell -> file(
                        "reachability-%s-%s.csv"
                                .formatted(cell.row().id(), cell.column().id()),
                        cell.csv()));
    }

    private static ResponseEntity<String> file(String name, String text) {
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("text/csv;charset=UTF-8"))
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"%s\"".formatted(name))
                .body(text);
    }
}
