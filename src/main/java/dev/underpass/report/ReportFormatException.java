package dev.underpass.report;

/// A report, or a document like one, that is not what the contract says.
public final class ReportFormatException extends Exception {

    private static final long serialVersionUID = 1;

    /// Names the place inside the document (`pods[3].routes[5].dst`) and the reason.
    public ReportFormatException(String place, String reason) {
        super(place.isEmpty() ? reason : place + ": " + reason);
    }
}
