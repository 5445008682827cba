package dev.underpass.lab;

/// How a real connection ended: TCP connect, one request and its answer.
enum Outcome {
    OK,
    /// It came through, but not the first time that its first packet was sent.
    LATE,
    REFUSED,
    UNREACHABLE,
    RESET,
    TIMEOUT
}
