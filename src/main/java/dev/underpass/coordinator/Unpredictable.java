package dev.underpass.coordinator;

/// Why nobody can say what a Pod would get; it ends a [Recreation] at any depth.
final class Unpredictable extends RuntimeException {

    private static final long serialVersionUID = 1;

    Unpredictable(String reason) {
        super(reason);
    }
}
