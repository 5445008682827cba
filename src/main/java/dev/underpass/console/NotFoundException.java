package dev.underpass.console;

import dev.underpass.words.Sentence;

/// Something that was asked for and is not there.
public final class NotFoundException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Sentence sentence;

    public NotFoundException(Sentence what) {
        super(what.toString());
        this.sentence = what;
    }

    public NotFoundException(String what) {
        this(Sentence.line(what));
    }

    /// What is not there.
    public Sentence sentence() {
        return sentence;
    }
}
