package dev.underpass.net;

/// Something that a decision needs is missing from the report: the answer is `undetermined`.
///
/// It is unchecked, because a lookup may meet it at any depth; whoever starts a trace turns it into a verdict.
public final class NotObservedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /// Names the missing section or key as the report does.
    public NotObservedException(String what) {
        super("not reported: " + what);
    }
}
