package dev.underpass.console.mutes;

import dev.underpass.diagnosis.Finding.Kind;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// That somebody muted a finding, or ended that.
///
/// @param kind a limitation that was muted is another finding than the fault that it may become
/// @param version grows with the marks of one finding: the one with the greatest counts
/// @param who empty where nobody logs in
/// @param reason empty where it ends a mute
/// @param until when the mute ends by itself; absent where this ends it
public record Mark(
        String id,
        String code,
        Kind kind,
        long version,
        Instant at,
        String who,
        String reason,
        @Nullable Instant until) {

    /// Replicas that mark one finding at the same time come to the same.
    static final Comparator<Mark> OLDEST_FIRST =
            Comparator.comparingLong(Mark::version).thenComparing(Mark::at).thenComparing(Mark::id);

    boolean isInForce(Instant now) {
        return until != null && until.isAfter(now);
    }
}
