package dev.underpass.console.recordings;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.ToLongFunction;

/// Which recordings are kept.
record Retention(RecordingSettings settings) {

    /// Those to delete: too old; of those that are not of the last time, all but the first of each hour; and the oldest
    /// where all take too much room. The newest stays.
    List<Recording> surplus(List<Recording> newestFirst, ToLongFunction<Recording> bytes, Instant now) {
        var surplus = new ArrayList<Recording>();
        var hours = new HashSet<Instant>();
        for (var recording : newestFirst.reversed()) {
            var at = recording.at();
            boolean recent = !at.isBefore(now.minus(settings.whole()));
            boolean firstOfHour = hours.add(at.truncatedTo(ChronoUnit.HOURS));
            if (at.isBefore(now.minus(settings.keep())) || !(recent || firstOfHour)) {
                surplus.add(recording);
            }
        }
        long room = settings.most().toBytes();
        boolean full = false;
        for (var recording : newestFirst) {
            if (surplus.contains(recording)) {
                continue;
            }
            room -= bytes.applyAsLong(recording);
            full = full || room < 0;
            if (full && !recording.equals(newestFirst.getFirst())) {
                surplus.add(recording);
            }
        }
        return surplus;
    }
}
