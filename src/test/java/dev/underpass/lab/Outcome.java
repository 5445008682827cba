package dev.underpass.lab;

/// How a real connection ended: TCP connect, one request and its answer.
enum Outcome {
    OK,
    REFUSED,
    UNREACHABLE,
    RESET,
    TIMEOUT
}
