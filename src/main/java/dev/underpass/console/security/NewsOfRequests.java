package dev.underpass.console.security;

import dev.underpass.console.audit.AuditedRequests;
import java.util.Optional;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;

/// What the audit log calls requests.
@Component
class NewsOfRequests implements AuditedRequests {

    @Override
    public Optional<String> event(ServerHttpRequest request) {
        var path = request.getPath().pathWithinApplication().value();
        if (path.startsWith("/login/oauth2/code/")) {
            return Optional.of("login");
        }
        if (path.equals("/logout") || BackChannel.isMeant(request)) {
            return Optional.of("logout");
        }
        return Access.row(request).flatMap(row -> switch (row.does()) {
            case LOOK, TRACE, TRY -> Optional.empty();
            case PROBE -> Optional.of("probe");
            case WRITE -> Optional.of("write");
        });
    }
}
