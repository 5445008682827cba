package dev.underpass.report;

/// A report, or a document like one, that is not what the contract says.
public final class ReportFormatException extends Exception {

    private static final long serialVersionUID = 1;

    private final String place;
    private final String reason;

    /// Names the place inside the document (`pods[3].routes[5].dst`) and the reason.
    public ReportFormatException(String place, String reason) {
        super(place.isEmpty() ? reason : place + ": " + reason);
        this.place = place;
        this.reason = reason;
    }

    /// The place inside the document; empty for the document itself.
    public String place() {
        return place;
    }

    public String reason() {
        return reason;
    }
}
