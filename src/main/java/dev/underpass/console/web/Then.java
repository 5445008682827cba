package dev.underpass.console.web;

import dev.underpass.console.recordings.AsOf;
import dev.underpass.console.recordings.Recording;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The recording that a page is of, with links that lead out of it.
///
/// @param at when it was
/// @param newestFirst all recordings
record Then(AsOf asOf, Instant at, Supplier<List<Recording>> newestFirst) {

    /// The path of the console as it is now, with a slash at its end.
    public String home() {
        return outside(asOf.base() + "/");
    }

    /// The same page now.
    public String now() {
        return outside(asOf.now());
    }

    /// The same page in the recording before it; absent before the first.
    public @Nullable String earlier() {
        return beside(1);
    }

    /// The same page in the next recording; absent after the last.
    public @Nullable String later() {
        return beside(-1);
    }

    private @Nullable String beside(int older) {
        var ids = newestFirst.get().stream().map(Recording::id).toList();
        int here = ids.indexOf(asOf.recording());
        int there = here + older;
        return here < 0 || there < 0 || there == ids.size() ? null : outside(asOf.in(ids.get(there)));
    }

    /// As a template's link says that a path is not below the page's own.
    private static String outside(String path) {
        return "~" + path;
    }
}
