package dev.underpass.console.security;

import reactor.core.publisher.Mono;

/// Knows which sessions there are still, where other replicas can end them.
interface LiveSessions {

    /// Whether the session of this id has neither ended nor been idle for too long.
    Mono<Boolean> lives(String id);

    /// What a session says now; empty where it says nothing, or has ended.
    Mono<String> text(String id, String attribute);
}
