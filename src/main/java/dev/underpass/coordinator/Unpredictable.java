package dev.underpass.coordinator;

import dev.underpass.words.Sentence;

/// Why nobody can say what a Pod would get; it ends a [Recreation] at any depth.
final class Unpredictable extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Sentence sentence;

    Unpredictable(Sentence reason) {
        super(null, null, false, false);
        this.sentence = reason;
    }

    Sentence sentence() {
        return sentence;
    }
}
