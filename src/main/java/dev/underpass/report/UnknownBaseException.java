package dev.underpass.report;

/// Changes to a report that is not known: only a whole report helps.
public final class UnknownBaseException extends Exception {

    private static final long serialVersionUID = 1;

    UnknownBaseException(long sequence) {
        super("report %d of this agent start is not known; send a whole report".formatted(sequence));
    }
}
