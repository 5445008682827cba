package dev.underpass.console.web;

import dev.underpass.console.Filtered;
import dev.underpass.console.InvalidInputException;
import dev.underpass.console.PodQuery;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.api.TopologyQuestion;
import dev.underpass.topology.Tile;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import reactor.core.publisher.Mono;

/// How the cluster is wired, as a drawing and as a table.
@Controller
class TopologyPageController {

    private final CurrentAnalysis analysis;

    TopologyPageController(CurrentAnalysis analysis) {
        this.analysis = analysis;
    }

    @GetMapping("/topology")
    Mono<Rendering> topology(@RequestParam Map<String, String> parameters, @RequestParam(defaultValue = "1") int page) {
        var address = TopologyAddress.of(parameters);
        return analysis.current().map(cluster -> rendered(cluster, address, page));
    }

    private static Rendering rendered(ClusterView cluster, TopologyAddress address, int number) {
        if (!address.known()) {
            throw new InvalidInputException(
                    "view", "'%s' is neither table nor, for the whole cluster, nodes".formatted(address.view()));
        }
        var page = page(cluster, address);
        var rendering = Rendering.view("topology").modelAttribute("page", page);
        if (address.table()) {
            rendering.modelAttribute("rows", Paging.<Tile>of(page.tiles(), number));
        } else if (address.grid() || page.hidesNodes()) {
            rendering.modelAttribute("heat", HeatGrid.of(cluster, page.scene().view(), number));
        }
        return rendering.build();
    }

    /// A query that cannot be understood shows what is wrong with it above all Pods, so that nothing typed is lost.
    private static TopologyPage page(ClusterView cluster, TopologyAddress address) {
        var list = Filtered.of(PodQuery.VOCABULARY, address.q(), PodQuery.subjects(cluster));
        var question = TopologyQuestion.of(
                address.level(), address.id(), address.group(), new PodQuery(list.query()), address.sel());
        return new TopologyPage(cluster, question.ask(cluster), address, list);
    }
}
