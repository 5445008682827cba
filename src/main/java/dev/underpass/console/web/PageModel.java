package dev.underpass.console.web;

import dev.underpass.cluster.NodeName;
import dev.underpass.console.analysis.Alike;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.analysis.Freshness;
import dev.underpass.console.analysis.PodSummary;
import dev.underpass.console.events.Happenings;
import dev.underpass.console.security.Visitor;
import dev.underpass.console.store.Store;
import dev.underpass.console.view.SectionAge;
import dev.underpass.diagnosis.Verdict;
import dev.underpass.words.Sentence;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpMethod;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// What every page shows beside its own content.
@ControllerAdvice(basePackageClasses = PageModel.class)
class PageModel {

    private final CurrentAnalysis analysis;
    private final Assets assets;
    private final boolean demo;
    private final Store store;
    private final Happenings happenings;
    private final MessageSource messages;

    PageModel(
            CurrentAnalysis analysis,
            Assets assets,
            Happenings happenings,
            Store store,
            MessageSource messages,
            @Value("${underpass.demo:false}") boolean demo) {
        this.store = store;
        this.messages = messages;
        this.analysis = analysis;
        this.happenings = happenings;
        this.assets = assets;
        this.demo = demo;
    }

    /// The cluster's name, how many findings the rail announces, the front end's files, and of how many
    /// kinds of resources not all is known; who asks; how the store is that replicas share; and the page's
    /// own address, where that can be saved under a name; and what says sentences in the reader's language.
    record Frame(
            String cluster,
            int findings,
            boolean demo,
            String capturedAt,
            String script,
            List<String> styles,
            long unread,
            Visitor visitor,
            ClusterView analysed,
            Personal personal,
            String newestEvent,
            Store.Status store,
            String here,
            Speech speech) {

        /// A sentence in the reader's language.
        public String say(Sentence sentence) {
            return speech.of(sentence);
        }

        /// A time as the reader wants it: to the second, in their time zone.
        public String time(@Nullable Instant instant) {
            return instant == null ? "" : personal.time(instant);
        }

        /// The same of a time that an answer of the API has.
        public String at(String instant) {
            return personal.time(Instant.parse(instant));
        }

        /// How fresh a node's report is.
        public Freshness freshness(@Nullable NodeName node) {
            return analysed.freshness(node);
        }

        /// The Pod that was followed to count this pair; absent where it is the pair's own.
        public @Nullable Alike alike(Verdict verdict) {
            return analysed.alike(verdict.from(), verdict.to()).orElse(null);
        }

        /// By how many seconds a section can be older than its report.
        public long older(String section) {
            return SectionAge.valueOf(section).seconds();
        }

        /// What the agent could not read of a Pod, and why.
        public @Nullable String error(PodSummary pod) {
            return analysed.error(pod);
        }
    }

    private long unread() {
        return analysis.resourceStates().stream()
                .filter(state -> !state.complete())
                .count();
    }

    @ModelAttribute("frame")
    Mono<Frame> frame(ServerWebExchange exchange) {
        var personal = Personal.of(exchange.getRequest().getCookies());
        var newestEvent = happenings.newestId();
        var here = here(exchange);
        var speech = speech(exchange);
        return Mono.deferContextual(context -> analysis.current()
                .map(cluster -> frame(cluster, Visitor.of(context), personal, newestEvent, here, speech)));
    }

    /// The address that was asked for, where it can be saved under a name; else empty.
    private static String here(ServerWebExchange exchange) {
        var uri = exchange.getRequest().getURI();
        var query = uri.getRawQuery();
        var address = exchange.getRequest().getPath().pathWithinApplication().value()
                + (query == null || query.isEmpty() ? "" : "?" + query);
        boolean look = exchange.getRequest().getMethod().equals(HttpMethod.GET);
        return look && SavedView.savable(address) ? address : "";
    }

    /// What says sentences in the language that somebody asks in.
    Speech speech(ServerWebExchange exchange) {
        var locale = exchange.getLocaleContext().getLocale();
        return new Speech(messages, Objects.requireNonNullElse(locale, Locale.ENGLISH));
    }

    private Frame frame(
            ClusterView cluster, Visitor visitor, Personal personal, String newestEvent, String here, Speech speech) {
        var snapshot = cluster.analysis().snapshot();
        var at = snapshot.capturedAt() == null ? "" : personal.time(snapshot.capturedAt());
        return new Frame(
                snapshot.name(),
                cluster.findings().size(),
                demo,
                at,
                assets.script(),
                assets.styles(),
                unread(),
                visitor,
                cluster,
                personal,
                newestEvent,
                store.status(),
                here,
                speech);
    }
}
