package dev.underpass.console;

import dev.underpass.words.Sentence;

/// A parameter that cannot be understood.
public final class InvalidInputException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String field;

    private final transient Sentence sentence;

    public InvalidInputException(String field, Sentence what) {
        super(what.toString());
        this.field = field;
        this.sentence = what;
    }

    public InvalidInputException(String field, String message) {
        this(field, Sentence.line(message));
    }

    /// What is wrong with it.
    public Sentence sentence() {
        return sentence;
    }

    /// The parameter's name.
    public String field() {
        return field;
    }
}
