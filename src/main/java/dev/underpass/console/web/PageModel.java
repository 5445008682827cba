package dev.underpass.console.web;

import dev.underpass.cluster.NodeName;
import dev.underpass.console.analysis.Alike;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.analysis.Freshness;
import dev.underpass.console.analysis.PodSummary;
import dev.underpass.console.analysis.ResourceState;
import dev.underpass.console.events.Happenings;
import dev.underpass.console.mutes.Muted;
import dev.underpass.console.mutes.Mutes;
import dev.underpass.console.recordings.AsOf;
import dev.underpass.console.recordings.Recording;
import dev.underpass.console.recordings.RecordingFiles;
import dev.underpass.console.security.Visitor;
import dev.underpass.console.store.Store;
import dev.underpass.console.view.SectionAge;
import dev.underpass.diagnosis.Finding;
import dev.underpass.diagnosis.Verdict;
import dev.underpass.reachability.Disposition;
import dev.underpass.words.Sentence;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpMethod;
import org.springframework.util.function.SingletonSupplier;
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
    private final Mutes mutes;
    private final Happenings happenings;
    private final RecordingFiles recordings;
    private final MessageSource messages;
    private final Clock clock;

    PageModel(
            CurrentAnalysis analysis,
            Assets assets,
            Happenings happenings,
            Store store,
            Mutes mutes,
            RecordingFiles recordings,
            MessageSource messages,
            Clock clock,
            @Value("${underpass.demo:false}") boolean demo) {
        this.store = store;
        this.mutes = mutes;
        this.recordings = recordings;
        this.messages = messages;
        this.clock = clock;
        this.analysis = analysis;
        this.happenings = happenings;
        this.assets = assets;
        this.demo = demo;
    }

    /// What every page shows beside its own content.
    ///
    /// @param findings how many the rail announces, beside the muted ones
    /// @param states how far each kind of resource can be read now
    /// @param here the page's own address, where that can be saved under a name
    /// @param first the first word of the address
    /// @param still whether no address leads there again
    /// @param then the recording that is looked at; absent where it is the cluster as it is now
    /// @param records whether there are recordings
    /// @param newestFirst the recordings, which are looked for where the page shows them
    /// @param speech what says sentences in the reader's language
    record Frame(
            String cluster,
            int findings,
            int muted,
            Mutes mutes,
            boolean demo,
            String capturedAt,
            String script,
            List<String> styles,
            List<ResourceState> states,
            Instant now,
            Visitor visitor,
            ClusterView analysed,
            Personal personal,
            String newestEvent,
            Store.Status store,
            String here,
            String first,
            boolean still,
            @Nullable Then then,
            boolean records,
            Supplier<List<Recording>> newestFirst,
            Speech speech) {

        /// A sentence in the reader's language.
        public String say(Sentence sentence) {
            return speech.of(sentence);
        }

        /// The first of a list, which a template's loop would go through to its end.
        public <T> List<T> first(List<T> list, int most) {
            return list.subList(0, Math.min(most, list.size()));
        }

        /// A count with its thousands apart, as messages write theirs.
        public String number(Number count) {
            return String.format(Locale.ROOT, "%,d", count);
        }

        /// The Pod that a page is of at the times of the newest recordings.
        public List<Beside.Moment> moments() {
            return Beside.times(newestFirst.get());
        }

        /// A time as the reader wants it: to the second, in their time zone.
        public String time(@Nullable Instant instant) {
            return instant == null ? "" : personal.time(instant);
        }

        /// The same of a time that an answer of the API has.
        public String at(String instant) {
            return personal.time(Instant.parse(instant));
        }

        /// How many seconds ago something was; the clocks of others may be ahead.
        public long secondsSince(Instant instant) {
            return Math.max(0, Duration.between(instant, now).toSeconds());
        }

        /// Who muted a finding and why; absent where nobody did.
        public @Nullable Muted mute(Finding finding) {
            return mutes.of(finding).orElse(null);
        }

        /// How fresh a node's report is.
        public Freshness freshness(@Nullable NodeName node) {
            return analysed.freshness(node);
        }

        /// The Pod that was followed to count this pair; absent where it is the pair's own.
        public @Nullable Alike alike(Verdict verdict) {
            return analysed.alike(verdict.from(), verdict.to()).orElse(null);
        }

        /// Of how many kinds of resources not all is known.
        public long unread() {
            return states.stream().filter(state -> !state.complete()).count();
        }

        /// What a section of the console cannot show; an answer that was kept rests on nothing of now.
        ///
        /// @param section empty where the address tells, as of an error
        public Gaps gaps(String section) {
            boolean told = section.isEmpty() || first.equals("reservedips");
            return Gaps.of(here.startsWith("/trace/") ? "" : told ? first : section, states, analysed, now);
        }

        /// Whether an empty list of what a section lists means that there are none.
        public boolean sees(String section) {
            return Gaps.seen(section, states, analysed.analysis().snapshot());
        }

        /// By how many seconds a section can be older than its report.
        public long older(String section) {
            return SectionAge.valueOf(section).seconds();
        }

        /// The word for what a verdict rests on; of one that lacks evidence, not that all of it was reported.
        public String confidence(Verdict verdict) {
            boolean lacks = verdict.disposition() == Disposition.UNDETERMINED;
            return switch (verdict.confidence()) {
                case COMPUTED, ASSUMED -> lacks ? "NONE" : verdict.confidence().name();
                case OBSERVED, CONTRADICTED -> verdict.confidence().name();
            };
        }

        /// What the agent could not read of a Pod, and why.
        public @Nullable String error(PodSummary pod) {
            return analysed.error(pod);
        }
    }

    /// Where somebody is: an address that can be saved, else empty, and the first word of any.
    ///
    /// @param still whether no address leads there again, as to what a form led to
    private record Place(
            String here,
            String first,
            boolean still,
            @Nullable AsOf asOf) {}

    @ModelAttribute("frame")
    Mono<Frame> frame(ServerWebExchange exchange) {
        var personal = Personal.of(exchange.getRequest().getCookies());
        var newestEvent = happenings.newestId();
        var place = new Place(
                here(exchange),
                first(exchange),
                !exchange.getRequest().getMethod().equals(HttpMethod.GET),
                AsOf.of(exchange).orElse(null));
        var speech = speech(exchange);
        return Mono.deferContextual(context -> analysis.current()
                .map(cluster -> frame(cluster, Visitor.of(context), personal, newestEvent, place, speech)));
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

    /// The first word of the address.
    private static String first(ServerWebExchange exchange) {
        var path = exchange.getRequest().getPath().pathWithinApplication().value();
        return path.split("/", 3)[1];
    }

    /// What says sentences in the language that somebody asks in.
    Speech speech(ServerWebExchange exchange) {
        var locale = exchange.getLocaleContext().getLocale();
        return new Speech(messages, Objects.requireNonNullElse(locale, Locale.ENGLISH));
    }

    private Frame frame(
            ClusterView cluster, Visitor visitor, Personal personal, String newestEvent, Place place, Speech speech) {
        var snapshot = cluster.analysis().snapshot();
        int muted = mutes.among(cluster.findings());
        // Once for the whole page.
        Supplier<List<Recording>> newestFirst = SingletonSupplier.of(recordings::newestFirst);
        var at = snapshot.capturedAt() == null ? "" : personal.time(snapshot.capturedAt());
        return new Frame(
                snapshot.name(),
                cluster.findings().size() - muted,
                muted,
                mutes,
                demo,
                at,
                assets.script(),
                assets.styles(),
                cluster.recorded() ? List.of() : analysis.resourceStates(),
                cluster.recorded() ? cluster.knownAt() : clock.instant(),
                visitor,
                cluster,
                personal,
                newestEvent,
                store.status(),
                place.here(),
                place.first(),
                place.still(),
                place.asOf() == null ? null : new Then(place.asOf(), cluster.knownAt(), newestFirst),
                recordings.on(),
                newestFirst,
                speech);
    }
}
