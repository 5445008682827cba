package dev.underpass.console.security;

import reactor.core.publisher.Mono;

/// Knows which sessions there are still, where other replicas can end them.
@FunctionalInterface
interface LiveSessions {

    /// Whether the session of this id has neither ended nor been idle for too long.
    Mono<Boolean> lives(String id);
}
