package dev.underpass.console.setup;

import java.util.Locale;

/// What a check comes to.
public enum Result {
    GOOD,
    /// Something is not there, or not as it should be.
    LACKING,
    /// Nothing tells.
    UNKNOWN;

    /// The word in the API.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
