package dev.underpass.diagnosis;

import dev.underpass.net.Protocol;
import dev.underpass.reachability.Disposition;
import dev.underpass.reachability.End;
import dev.underpass.reachability.Path;
import dev.underpass.reachability.Place;
import dev.underpass.reachability.Trace;
import dev.underpass.words.Phrase;
import dev.underpass.words.Sentence;
import java.util.Optional;

/// One sentence on what happens to a connection, with the addresses and the deciding line.
final class Sentences {

    private Sentences() {}

    static Sentence summary(Trace trace, Path path, Optional<Attribution> attribution) {
        if (path.disposition() == Disposition.DELIVERED) {
            return delivered(trace);
        }
        var end = path.end();
        var happens = phrase(end).with(trace.to(), where(end), happens(end));
        var because = attribution
                .flatMap(each ->
                        each.evidence().stream().filter(line -> !line.isEmpty()).findFirst())
                .filter(line -> !line.equals(Sentence.line(end.evidence())) && !line.equals(end.detail()))
                .map(line -> Phrases.BECAUSE.with(happens, line))
                .orElse(happens);
        return deceives(trace, path) ? Phrases.DECEPTIVE.with(because) : because;
    }

    private static Sentence delivered(Trace trace) {
        var backends =
                trace.paths().stream().filter(path -> path.backend() != null).count();
        return backends > 1 ? Phrases.ALL_ANSWERED.with(trace.to(), backends) : Phrases.ANSWERED.with(trace.to());
    }

    private static Phrase phrase(End end) {
        boolean packets = end.phase().forward();
        return switch (end.cause()) {
            case NO_LISTENER, FILTER_REJECT -> packets ? Phrases.PACKETS_REFUSED : Phrases.ANSWERS_REFUSED;
            case NOT_OBSERVED, UNKNOWN_RULE -> packets ? Phrases.PACKETS_UNKNOWN : Phrases.ANSWERS_UNKNOWN;
            case UNKNOWN_FABRIC -> packets ? Phrases.PACKETS_LEAVE : Phrases.ANSWERS_LEAVE;
            default -> packets ? Phrases.PACKETS_LOST : Phrases.ANSWERS_LOST;
        };
    }

    private static Sentence where(End end) {
        return end.where().kind() == Place.Kind.FABRIC
                ? Phrases.THE.with(end.where())
                : end.where().words();
    }

    private static Sentence happens(End end) {
        var detail = end.detail().isEmpty() ? Sentence.line(end.cause().name()) : end.detail();
        return end.evidence().isEmpty() ? detail : Phrases.NOTED.with(detail, end.evidence());
    }

    /// The trap of this failure: connect() succeeds, and then nothing comes.
    private static boolean deceives(Trace trace, Path path) {
        return trace.to().protocol() != Protocol.UDP
                && path.handshakePassed()
                && path.disposition().fold() == Disposition.Fold.UNREACHABLE;
    }
}
