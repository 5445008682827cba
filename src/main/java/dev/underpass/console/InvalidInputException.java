package dev.underpass.console;

/// A parameter that cannot be understood.
public final class InvalidInputException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String field;

    public InvalidInputException(String field, String message) {
        super(message);
        this.field = field;
    }

    /// The parameter's name.
    public String field() {
        return field;
    }
}
