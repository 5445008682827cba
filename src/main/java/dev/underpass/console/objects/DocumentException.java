package dev.underpass.console.objects;

/// A document that cannot be read, with the place in it and the reason.
public final class DocumentException extends Exception {

    private static final long serialVersionUID = 1;

    DocumentException(String reason) {
        super(reason);
    }
}
