package dev.underpass.console.mutes;

import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.audit.AuditNote;
import dev.underpass.console.mutes.Mutes.Wish;
import dev.underpass.console.security.Visitor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/// Mutes for whoever asks, and notes it; where it may wait for the store.
@Component
public class Muting {

    private static final Logger LOG = LoggerFactory.getLogger(Muting.class);

    private final CurrentAnalysis analysis;
    private final Mutes mutes;

    Muting(CurrentAnalysis analysis, Mutes mutes) {
        this.analysis = analysis;
        this.mutes = mutes;
    }

    public Mono<Mark> mute(Wish wish, ServerWebExchange exchange) {
        var who = Visitor.of(exchange).name();
        return analysis.current()
                .publishOn(Schedulers.boundedElastic())
                .map(cluster -> mutes.mute(cluster, wish, who))
                .doOnNext(mark -> noted(mark, exchange));
    }

    public Mono<Mark> unmute(String code, ServerWebExchange exchange) {
        var who = Visitor.of(exchange).name();
        return Mono.fromCallable(() -> mutes.unmute(code, who))
                .subscribeOn(Schedulers.boundedElastic())
                .doOnNext(mark -> noted(mark, exchange));
    }

    private static void noted(Mark mark, ServerWebExchange exchange) {
        var operation = mark.ends() ? "unmute" : "mute";
        var who = mark.who().replaceAll("\\p{Cntrl}", "?");
        LOG.info("{} {} until {} by {}", operation, mark.code(), mark.until(), who);
        AuditNote.of(exchange).ifPresent(note -> {
            note.tell("operation", operation);
            note.tell("finding", mark.code());
            note.tell("reason", mark.reason());
            note.tell("until", mark.until().toString());
        });
    }
}
