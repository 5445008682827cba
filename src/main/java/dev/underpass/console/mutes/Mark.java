package dev.underpass.console.mutes;

import java.time.Instant;
import java.util.Comparator;

/// That somebody muted a finding, or ended that.
///
/// @param version grows with the marks of one finding: the one with the greatest counts
/// @param who empty where nobody logs in, and where a mute ended by itself
/// @param reason empty where it ends a mute
/// @param until when the mute ends by itself; the same as `at` where this ends it
/// @param extent what was muted
public record Mark(
        String id, String code, long version, Instant at, String who, String reason, Instant until, Extent extent) {

    /// Replicas that mark one finding at the same time come to the same.
    static final Comparator<Mark> OLDEST_FIRST =
            Comparator.comparingLong(Mark::version).thenComparing(Mark::at).thenComparing(Mark::id);

    boolean lasts(Instant now) {
        return until.isAfter(now);
    }

    /// Whether it ends a mute.
    public boolean ends() {
        return !lasts(at);
    }

    /// Its end.
    Mark ended(String byId, long later, Instant when, String whose) {
        return new Mark(byId, code, later, when, whose, "", when, extent);
    }
}
