package dev.underpass.console.audit;

import java.util.Optional;
import org.springframework.http.server.reactive.ServerHttpRequest;

/// Knows which requests are written down whatever comes of them.
public interface AuditedRequests {

    /// What the request does, such as `write`, `probe` or `login`; empty where it is no news.
    Optional<String> event(ServerHttpRequest request);
}
