package dev.underpass.diagnosis.edit;

import dev.underpass.words.Sentence;

/// A text that is not what it should be.
final class WrongText extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    private final transient Sentence why;

    WrongText(Sentence why) {
        super(why.toString());
        this.why = why;
    }

    Sentence why() {
        return why;
    }
}
