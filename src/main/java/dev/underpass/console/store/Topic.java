package dev.underpass.console.store;

import java.util.Locale;

/// What replicas tell each other. Everything that is told has a key of its own, and counts once however often it is
/// told.
public enum Topic {
    EDITS(1_000),
    JOURNAL(2_000),
    TRACES(200),
    PROBES(2_000),
    /// Edits on their way.
    DRAFTS(1_000),
    VIEWS(5_000),
    MUTES(5_000),
    /// Logins that the provider has ended.
    LOGOUTS(20_000),
    /// For whoever is there: nobody hears those of before.
    COMMANDS(1_000),
    /// What people have asked for, as far as it is limited; for whoever is there as well.
    ASKED(1_000);

    private final int most;

    Topic(int most) {
        this.most = most;
    }

    /// How many are kept; the oldest go.
    int most() {
        return most;
    }

    /// Whether a replica that starts is told what was told before.
    boolean kept() {
        return this != COMMANDS && this != ASKED;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
