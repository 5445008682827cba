package dev.underpass.console.edit;

import com.fasterxml.jackson.annotation.JsonValue;

/// How an edit ended.
public enum Outcome {
    APPLIED("applied"),

    /// By the rules, by the API or by a conflict; nothing was written.
    REFUSED("refused"),

    /// The connection was lost, and the object is as it was.
    NOT_APPLIED("not-applied"),

    /// The connection was lost, and nothing tells whether the write took effect.
    UNKNOWN("unknown");

    private final String text;

    Outcome(String text) {
        this.text = text;
    }

    @JsonValue
    @Override
    public String toString() {
        return text;
    }
}
