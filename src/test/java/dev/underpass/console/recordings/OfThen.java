package dev.underpass.console.recordings;

import java.util.List;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;

/// What is answered of a recording, for tests elsewhere.
public final class OfThen {

    private OfThen() {}

    /// The patterns of what can be.
    public static List<String> patterns() {
        return AsOfFilter.RECORDED.stream().map(PathPattern::getPatternString).toList();
    }

    /// Whether a path is.
    public static boolean answers(String path) {
        return AsOfFilter.isOfThen(PathContainer.parsePath(path));
    }
}
