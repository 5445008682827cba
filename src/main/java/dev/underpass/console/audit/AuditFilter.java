package dev.underpass.console.audit;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/// Writes down every write, probe, login, logout and refusal before its answer is sent.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 5)
class AuditFilter implements WebFilter {

    private static final Set<Integer> REFUSALS = Set.of(401, 403, 421, 429);

    private final Audit audit;
    private final AuditedRequests requests;
    private final Clock clock;

    AuditFilter(Audit audit, AuditedRequests requests, Clock clock, MeterRegistry meters) {
        this.audit = audit;
        this.requests = requests;
        this.clock = clock;
        FunctionCounter.builder("underpass_audit_lines_lost", audit, Audit::lost)
                .description("Lines of the audit log that could not be written to it.")
                .register(meters);
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var note = new AuditNote(audit, clock, exchange.getRequest());
        exchange.getResponse().beforeCommit(() -> written(exchange, note));
        return chain.filter(exchange).contextWrite(note.entered(exchange));
    }

    private Mono<Void> written(ServerWebExchange exchange, AuditNote note) {
        var status = exchange.getResponse().getStatusCode();
        int code = status == null ? 200 : status.value();
        var event = event(exchange.getRequest(), code);
        return event == null
                ? Mono.empty()
                : Mono.<Void>fromRunnable(() -> note.answered(event, code)).subscribeOn(Schedulers.boundedElastic());
    }

    private @Nullable String event(ServerHttpRequest request, int status) {
        return REFUSALS.contains(status) ? "refused" : requests.event(request).orElse(null);
    }
}
