package dev.underpass.coordinator;

/// Why the coordinator would not let a Pod start; it ends a [Recreation] at any depth.
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1;

    Refusal(String reason) {
        super(reason);
    }
}
