package dev.underpass.coordinator;

import dev.underpass.words.Sentence;

/// Why the coordinator would not let a Pod start; it ends a [Recreation] at any depth.
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Sentence sentence;

    Refusal(Sentence reason) {
        super(null, null, false, false);
        this.sentence = reason;
    }

    Sentence sentence() {
        return sentence;
    }
}
