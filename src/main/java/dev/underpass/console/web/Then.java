package dev.underpass.console.web;

import dev.underpass.console.recordings.AsOf;
import dev.underpass.console.recordings.Recording;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The recording that a page is of, with links that lead out of it.
///
/// @param at when it was
/// @param home the path of the console as it is now, with a slash at its end
/// @param now the same page now
/// @param earlier the same page in the recording before it; absent before the first
/// @param later the same page in the next recording; absent after the last
record Then(
        Instant at,
        String home,
        String now,
        @Nullable String earlier,
        @Nullable String later) {

    static Then of(AsOf asOf, Instant at, List<Recording> newestFirst) {
        var ids = newestFirst.stream().map(Recording::id).toList();
        int here = ids.indexOf(asOf.recording());
        return new Then(
                at,
                outside(asOf.base() + "/"),
                outside(asOf.now()),
                here < 0 || here + 1 == ids.size() ? null : outside(asOf.in(ids.get(here + 1))),
                here < 1 ? null : outside(asOf.in(ids.get(here - 1))));
    }

    /// As a template's link says that a path is not below the page's own.
    private static String outside(String path) {
        return "~" + path;
    }
}
