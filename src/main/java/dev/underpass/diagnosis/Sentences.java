package dev.underpass.diagnosis;

import dev.underpass.reachability.Disposition;
import dev.underpass.reachability.End;
import dev.underpass.reachability.Path;
import dev.underpass.reachability.Place;
import dev.underpass.reachability.Trace;
import java.util.Optional;

/// One sentence on what happens to a connection, with the addresses and the deciding line.
final class Sentences {

    private Sentences() {}

    static String summary(Trace trace, Path path, Optional<Attribution> attribution) {
        if (path.disposition() == Disposition.DELIVERED) {
            return delivered(trace);
        }
        var end = path.end();
        var because = attribution
                .flatMap(each ->
                        each.evidence().stream().filter(line -> !line.isBlank()).findFirst())
                .filter(line -> !line.equals(end.evidence()) && !line.equals(end.detail()))
                .map(line -> " Because: " + line + ".")
                .orElse("");
        return "%s to %s %s: %s.%s".formatted(packet(end), trace.to(), verb(end), happens(end), because)
                + handshake(path);
    }

    private static String delivered(Trace trace) {
        var backends =
                trace.paths().stream().filter(path -> path.backend() != null).count();
        return backends > 1
                ? "Connections to %s are answered by each of %d backends.".formatted(trace.to(), backends)
                : "Connections to %s are answered.".formatted(trace.to());
    }

    private static String packet(End end) {
        return switch (end.phase()) {
            case SYN, REQUEST, ACK -> "Packets";
            case SYN_ACK, ANSWER -> "Answers of the connection";
        };
    }

    private static String verb(End end) {
        var where = end.where().kind() == Place.Kind.FABRIC
                ? "the " + end.where().name()
                : end.where().toString();
        return switch (end.cause()) {
            case NO_LISTENER, FILTER_REJECT -> "are refused at " + where;
            case NOT_OBSERVED, UNKNOWN_RULE -> "cannot be followed beyond " + where;
            case UNKNOWN_FABRIC -> "leave what is known of the cluster at " + where;
            default -> "are lost at " + where;
        };
    }

    private static String happens(End end) {
        var detail = end.detail().isEmpty() ? end.cause().name() : end.detail();
        return end.evidence().isEmpty() ? detail : "%s (%s)".formatted(detail, end.evidence());
    }

    /// The trap of this failure: connect() succeeds, and then nothing comes.
    private static String handshake(Path path) {
        boolean deceives = path.handshakePassed() && path.disposition().fold() == Disposition.Fold.UNREACHABLE;
        return deceives ? " The handshake passes all the same: connect() succeeds, then no data arrives." : "";
    }
}
