package dev.underpass.cli;

/// Input that a command cannot work with; the message names file or option, place and reason.
final class BadInputException extends Exception {

    private static final long serialVersionUID = 1;

    BadInputException(String message) {
        super(message);
    }
}
