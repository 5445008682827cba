package dev.underpass.reachability;

import dev.underpass.cluster.ObjectName;
import dev.underpass.words.Sentence;
import java.util.List;

/// Everything that can happen to a connection from a Pod to a target: one path for each backend that may be chosen.
///
/// @param disposition the worst of the paths'
/// @param alternatives what the deciding rule or route hides: where the packet would go without it
public record Trace(
        ObjectName from,
        Target to,
        Disposition disposition,
        Confidence confidence,
        List<Path> paths,
        List<Sentence> alternatives) {

    public Trace {
        paths = List.copyOf(paths);
        alternatives = List.copyOf(alternatives);
        if (paths.isEmpty()) {
            throw new IllegalArgumentException("a trace has at least one path");
        }
    }

    /// The path that decided the disposition.
    public Path worst() {
        return paths.stream()
                .filter(path -> path.disposition() == disposition)
                .findFirst()
                .orElseThrow();
    }
}
