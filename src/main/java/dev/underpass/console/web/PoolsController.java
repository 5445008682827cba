package dev.underpass.console.web;

import dev.underpass.console.Filtered;
import dev.underpass.console.NotFoundException;
import dev.underpass.console.RefusedException;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.edit.PoolAddresses;
import dev.underpass.console.edit.StoredPools;
import dev.underpass.console.objects.Kinds;
import dev.underpass.console.recordings.RecordingFiles;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import reactor.core.publisher.Mono;

/// The pages on SpiderIPPools and SpiderReservedIPs.
@Controller
class PoolsController {

    private final CurrentAnalysis analysis;
    private final StoredPools stored;
    private final RecordingFiles recordings;
    private final KeptPools pools;
    private final Clock clock;

    PoolsController(
            CurrentAnalysis analysis, StoredPools stored, KeptPools pools, RecordingFiles recordings, Clock clock) {
        this.pools = pools;
        this.recordings = recordings;
        this.clock = clock;
        this.analysis = analysis;
        this.stored = stored;
    }

    @GetMapping("/pools")
    Mono<Rendering> pools(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String sort,
            @RequestParam(defaultValue = "1") int page) {
        return analysis.current()
                .map(cluster -> Rendering.view("pools")
                        .modelAttribute("page", list(cluster, new PoolList.Question(q, sort, page)))
                        .build());
    }

    private PoolList list(ClusterView cluster, PoolList.Question question) {
        // Where no pool is known, an API that does not answer is not waited for.
        boolean any = !cluster.analysis().snapshot().spiderpool().ipPools().isEmpty();
        return PoolList.of(cluster, question, any ? who(cluster) : new PoolList.Objects(Map.of(), null));
    }

    /// The restrictions of all pools, or why they are not known.
    private PoolList.Objects who(ClusterView cluster) {
        try {
            var who = stored.all(cluster).entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, entry -> PoolWho.of(entry.getValue())));
            return new PoolList.Objects(who, null);
        } catch (RefusedException | NotFoundException e) {
            return new PoolList.Objects(Map.of(), String.valueOf(e.getMessage()));
        }
    }

    @GetMapping("/pools/{name}")
    Mono<Rendering> pool(
            @PathVariable String name,
            @RequestParam(defaultValue = "") String address,
            @RequestParam(defaultValue = "") String block,
            @RequestParam(defaultValue = "1") int page) {
        return analysis.current().map(cluster -> pool(cluster, name, new PoolPage.Question(address, block, page)));
    }

    private Rendering pool(ClusterView cluster, String name, PoolPage.Question question) {
        var snapshot = cluster.analysis().snapshot();
        try {
            var object = stored.pool(cluster, name);
            var pool = PoolAddresses.read(object);
            var page = PoolPage.of(cluster, pool, PoolWho.of(object), pools.of(cluster, name, object), question);
            var outlook = PoolOutlook.of(
                    name,
                    page.row().counts(),
                    recordings.newestFirst(),
                    cluster.recorded() ? cluster.knownAt() : clock.instant());
            return Rendering.view("pool")
                    .modelAttribute("page", page)
                    .modelAttribute("outlook", outlook)
                    .build();
        } catch (RefusedException e) {
            return Rendering.view("unread")
                    .status(e.status())
                    .modelAttribute("name", name)
                    .modelAttribute("sight", Sight.of(analysis.resourceStates(), snapshot, Kinds.IP_POOL))
                    .modelAttribute("forbidden", e.status().equals(HttpStatus.FORBIDDEN))
                    .modelAttribute("reason", String.valueOf(e.getMessage()))
                    .build();
        }
    }

    @GetMapping("/reservedips")
    Mono<Rendering> reservedIps(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String sort,
            @RequestParam(defaultValue = "1") int page) {
        return analysis.current()
                .map(cluster -> Rendering.view("reservedips")
                        .modelAttribute("page", reserved(cluster, q, sort, page))
                        .build());
    }

    private static Listing<ReservedRow> reserved(ClusterView cluster, String q, String sort, int page) {
        var all = ReservedRow.all(cluster.analysis().snapshot());
        return ListColumns.RESERVED.page(Filtered.of(ListWords.RESERVED, q, all), sort, page);
    }
}
