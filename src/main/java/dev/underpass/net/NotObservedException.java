package dev.underpass.net;

import dev.underpass.words.Sentence;

/// Something that a decision needs is missing from the report: the answer is `undetermined`.
///
/// It is unchecked, because a lookup may meet it at any depth; whoever starts a trace turns it into a verdict.
public final class NotObservedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Sentence sentence;

    /// Names the missing section or key as the report does.
    public NotObservedException(Sentence what) {
        super(null, null, true, true);
        this.sentence = Phrases.NOT_REPORTED.with(what);
    }

    /// What is missing.
    public Sentence sentence() {
        return sentence;
    }

    @Override
    public String getMessage() {
        return sentence.toString();
    }
}
