package dev.underpass.console.web;

import dev.underpass.cluster.ObjectName;
import dev.underpass.console.InvalidInputException;
import dev.underpass.console.NotFoundException;
import dev.underpass.console.Parameters;
import dev.underpass.console.Phrases;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.probes.Probing;
import dev.underpass.console.recordings.OpenRecordings;
import dev.underpass.console.store.Heard;
import dev.underpass.console.view.TraceComparison;
import dev.underpass.reachability.Target;
import dev.underpass.reachability.Trace;
import dev.underpass.words.Sentence;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Mono;

/// The trace page: why can this Pod not reach that Service?
@Controller
class TraceController {

    private final CurrentAnalysis analysis;
    private final KeptTraces kept;
    private final Heard heard;
    private final Probing probing;
    private final OpenRecordings recordings;

    TraceController(
            CurrentAnalysis analysis, KeptTraces kept, Heard heard, Probing probing, OpenRecordings recordings) {
        this.recordings = recordings;
        this.analysis = analysis;
        this.kept = kept;
        this.heard = heard;
        this.probing = probing;
    }

    /// What is asked, as it was typed.
    ///
    /// @param compare what the way is held against, see [Beside]
    /// @param backend `address:port` of the backend whose way is shown first
    /// @param probe the id of the last probe of it
    /// @param hop the number of the decision that is shown with all that is known of it
    /// @param dir `reply` for the first decision of the way back
    record Asked(String from, String to, String compare, String backend, String probe, String hop, String dir) {

        /// What a form leaves out is empty.
        Asked {
            from = Objects.requireNonNullElse(from, "");
            to = Objects.requireNonNullElse(to, "");
            compare = Objects.requireNonNullElse(compare, "");
            backend = Objects.requireNonNullElse(backend, "");
            probe = Objects.requireNonNullElse(probe, "");
            hop = Objects.requireNonNullElse(hop, "");
            dir = Objects.requireNonNullElse(dir, "");
        }
    }

    @GetMapping("/trace")
    Mono<Rendering> trace(@ModelAttribute Asked asked) {
        return analysis.current().flatMap(cluster -> page(cluster, asked).map(page -> rendered(cluster, page, asked)));
    }

    private Rendering rendered(ClusterView cluster, TracePage page, Asked asked) {
        var result = page.result();
        var rendering = Rendering.view("trace").modelAttribute("page", page);
        if (result == null) {
            return rendering.build();
        }
        rendering
                .modelAttribute("hop", result.hop(asked.hop(), asked.dir()))
                .modelAttribute("missing", result.missing(asked.hop(), asked.dir()));
        if (!cluster.recorded()) {
            rendering.modelAttribute(
                    "probing", TraceProbe.of(probing, cluster, result.verdict().from(), asked.probe()));
        }
        return rendering.build();
    }

    /// Has the Pod's node connect now; the trace page then shows what came of it.
    @PostMapping("/trace/probe")
    Mono<Rendering> probe(@ModelAttribute Asked asked, ServerWebExchange exchange) {
        return analysis.current()
                .flatMap(cluster -> page(cluster, asked).flatMap(page -> {
                    var result = page.result();
                    return result == null
                            ? Mono.just(rendered(page))
                            : probing.ask(
                                            cluster,
                                            result.verdict().from(),
                                            result.verdict().to(),
                                            exchange)
                                    .map(probe -> probed(asked, probe.id()));
                }));
    }

    private static Rendering probed(Asked asked, String id) {
        var where = UriComponentsBuilder.fromPath("/trace")
                .queryParam("from", "{from}")
                .queryParam("to", "{to}")
                .queryParam("compare", "{compare}")
                .queryParam("probe", "{probe}")
                .fragment("probe")
                .encode()
                .buildAndExpand(asked.from(), asked.to(), asked.compare(), id)
                .toUriString();
        return Rendering.redirectTo(where).status(HttpStatus.SEE_OTHER).build();
    }

    /// Keeps the answer as it is now, under an address of its own.
    @PostMapping("/trace/keep")
    Mono<Rendering> keep(@ModelAttribute Asked asked) {
        return analysis.current()
                .flatMap(cluster -> page(cluster, asked))
                .map(page -> page.result() == null
                        ? rendered(page)
                        : Rendering.redirectTo("/trace/" + kept.keep(page))
                                .status(HttpStatus.SEE_OTHER)
                                .build());
    }

    @GetMapping("/trace/{id}")
    Mono<Rendering> kept(@PathVariable String id) {
        return heard.soon(() -> kept.page(id)).map(TraceController::rendered);
    }

    private static Rendering rendered(TracePage page) {
        return Rendering.view("trace").modelAttribute("page", page).build();
    }

    /// What cannot be understood is said beside the form, which keeps what was typed.
    private Mono<TracePage> page(ClusterView cluster, Asked asked) {
        return Beside.of(asked.compare(), cluster, recordings).map(beside -> page(cluster, asked, beside));
    }

    private TracePage page(ClusterView cluster, Asked asked, Beside beside) {
        var form = TracePage.Form.of(cluster, asked.from(), asked.to(), asked.compare());
        if (asked.from().isBlank() || asked.to().isBlank()) {
            return TracePage.of(form, Sentence.NONE);
        }
        if (!beside.error().isEmpty()) {
            return TracePage.of(form, Phrases.FIELD.with("compare", beside.error()));
        }
        ObjectName pod = null;
        Target target = null;
        try {
            pod = Parameters.client(cluster, "from", asked.from());
            target = Parameters.target(cluster, "to", asked.to(), pod);
            var trace = cluster.analysis().trace(pod, target);
            var comparison = asked.compare().isBlank() ? null : comparison(cluster, trace, asked, beside);
            var result = TraceResult.of(cluster, trace, asked.backend(), comparison);
            return new TracePage(form, Sentence.NONE, SameWorkload.NONE, null, result, null);
        } catch (InvalidInputException e) {
            return TracePage.of(form, Phrases.FIELD.with(e.field(), e.sentence()));
        } catch (NotFoundException e) {
            var instead = pod == null ? SameWorkload.NONE : beside.instead(cluster, pod);
            return new TracePage(form, e.sentence(), instead, unknown(cluster, asked, pod, target), null, null);
        }
    }

    /// The field that names nothing; null where that is what the way is held against.
    private static TracePage.@Nullable Unknown unknown(
            ClusterView cluster, Asked asked, @Nullable ObjectName pod, @Nullable Target target) {
        if (pod == null) {
            return TracePage.Unknown.pod(cluster, asked.from());
        }
        return target == null ? TracePage.Unknown.target(cluster, asked.to()) : null;
    }

    /// In a recording the Service may have had another address, and the Pod may not have been there.
    private static TraceComparison comparison(ClusterView cluster, Trace trace, Asked asked, Beside beside) {
        var there = Objects.requireNonNull(beside.cluster());
        boolean then = there != cluster;
        try {
            var pod = Parameters.client(there, "compare", beside.podOr(trace.from()));
            var target = then ? Parameters.target(there, "compare", asked.to(), pod) : trace.to();
            var other = there.analysis().trace(pod, target);
            return TraceComparison.of(
                    cluster.analysis(), trace, there.analysis(), other, then ? there.knownAt() : null);
        } catch (NotFoundException e) {
            throw then ? new NotFoundException(Phrases.THEN.with(there.knownAt(), e.sentence())) : e;
        }
    }
}
