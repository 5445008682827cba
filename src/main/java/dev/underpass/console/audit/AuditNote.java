package dev.underpass.console.audit;

import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import reactor.util.context.Context;
import reactor.util.context.ContextView;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What is noted of one request while it is answered.
public final class AuditNote {

    private static final ScopedValue<AuditNote> CURRENT = ScopedValue.newInstance();
    private static final int LONGEST = 2_000;

    private final Audit audit;
    private final Clock clock;
    private final ServerHttpRequest request;
    private final ObjectNode told = JsonNodeFactory.instance.objectNode();
    private String who = "";
    private String role = "";
    private boolean written;

    AuditNote(Audit audit, Clock clock, ServerHttpRequest request) {
        this.audit = audit;
        this.clock = clock;
        this.request = request;
    }

    /// The note of this exchange; absent where nothing is noted.
    public static Optional<AuditNote> of(ServerWebExchange exchange) {
        return Optional.ofNullable(exchange.getAttribute(AuditNote.class.getName()));
    }

    /// The note of what runs in this context.
    public static Optional<AuditNote> of(ContextView context) {
        return context.getOrEmpty(AuditNote.class);
    }

    /// The note of what this thread does now.
    public static Optional<AuditNote> current() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
    }

    /// Does some of the request's work on a thread of its own.
    public <T> T during(Supplier<T> work) {
        return ScopedValue.where(CURRENT, this).call(work::get);
    }

    /// Makes this the note of an exchange.
    ///
    /// @return what makes it the note of the exchange's context as well
    Context entered(ServerWebExchange exchange) {
        exchange.getAttributes().put(AuditNote.class.getName(), this);
        return Context.of(AuditNote.class, this);
    }

    /// Notes who asks.
    public synchronized void asks(String name, String nameOfRole) {
        this.who = name;
        this.role = nameOfRole;
    }

    /// Notes what it is about.
    public synchronized void tell(String field, String value) {
        told.put(field, shortened(value));
    }

    /// Notes what was there or is there now.
    public synchronized void tell(String field, @Nullable JsonNode value) {
        told.set(field, value);
    }

    /// Writes the note down now, whether or not anybody still waits for the answer.
    public synchronized void write(String event, String result) {
        write(event, result, 0);
    }

    /// Writes the note down with the answer's status, unless it is written.
    synchronized void answered(String event, int status) {
        if (!written) {
            write(event, status < 400 ? "done" : event.equals("refused") ? "refused" : "failed", status);
        }
    }

    private void write(String event, String result, int status) {
        var entry = JsonNodeFactory.instance
                .objectNode()
                .put("audit", event)
                .put("at", clock.instant().toString())
                .put("who", shortened(who))
                .put("role", role)
                .put("from", from(request.getRemoteAddress()))
                .put("method", request.getMethod().name())
                .put("path", shortened(request.getPath().value()))
                .put("result", result);
        if (status != 0) {
            entry.put("status", status);
        }
        audit.write(entry.setAll(told));
        written = true;
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }

    private static String from(@Nullable InetSocketAddress peer) {
        return peer == null || peer.getAddress() == null
                ? ""
                : peer.getAddress().getHostAddress();
    }
}
