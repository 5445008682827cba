package dev.underpass.diagnosis;

import dev.underpass.reachability.End;
import dev.underpass.reachability.Place;
import dev.underpass.words.Sentence;
import java.util.List;

/// Why a connection failed: the code, where the fault is, and the lines that prove it.
///
/// @param limitation whether the set-up is like that by design
public record Attribution(Code code, Place culprit, List<Sentence> evidence, boolean limitation) {

    public Attribution {
        evidence = List.copyOf(evidence);
    }

    static Attribution of(Code code, Place culprit, Sentence... evidence) {
        return new Attribution(code, culprit, List.of(evidence), false);
    }

    /// Where the connection ended, by the line that ended it.
    static Attribution at(Code code, End end) {
        return of(code, end.where(), end.evidence().isEmpty() ? end.detail() : Sentence.line(end.evidence()));
    }
}
