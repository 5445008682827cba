package dev.underpass.reachability;

import dev.underpass.cluster.ObjectName;
import dev.underpass.report.ProbeResult;
import java.util.List;

/// How well a trace is founded: on reports alone, on assumptions about the network outside, or on a probe.
final class Confidences {

    private Confidences() {}

    static Confidence of(World world, ObjectName from, Target to, List<Path> paths) {
        var fold = paths.stream()
                .map(Path::disposition)
                .max(Disposition::compareTo)
                .orElseThrow()
                .fold();
        var probe = world.probe(from, to);
        if (probe.isPresent() && fold != Disposition.Fold.UNDETERMINED) {
            boolean agrees =
                    (probe.get().outcome() == ProbeResult.Outcome.CONNECTED) == (fold == Disposition.Fold.REACHABLE);
            return agrees ? Confidence.OBSERVED : Confidence.CONTRADICTED;
        }
        return paths.stream().anyMatch(Confidences::assumes) ? Confidence.ASSUMED : Confidence.COMPUTED;
    }

    private static boolean assumes(Path path) {
        return path.end().where().kind() == Place.Kind.FABRIC
                || path.forward().stream().anyMatch(Confidences::outside)
                || path.reply().stream().anyMatch(Confidences::outside);
    }

    private static boolean outside(Hop hop) {
        return hop.where().kind() == Place.Kind.FABRIC;
    }
}
