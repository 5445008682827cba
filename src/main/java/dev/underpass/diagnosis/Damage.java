package dev.underpass.diagnosis;

import dev.underpass.coordinator.DriftItem;
import dev.underpass.reachability.End;
import dev.underpass.reachability.Place;
import dev.underpass.words.Sentence;
import java.util.List;
import java.util.Optional;

/// What is wrong with a Pod's network by itself, as the reason of a lost packet.
final class Damage {

    private Damage() {}

    /// What can turn packets for the node away from it, the most telling first.
    static final List<Code> STEERING =
            List.of(Code.U24, Code.U18, Code.U21, Code.U17, Code.U05, Code.U10, Code.U22, Code.U20);

    /// What can lose packets between a node and its Pod.
    static final List<Code> NODE_LEG = List.of(Code.U48, Code.U49, Code.U26, Code.U25, Code.U24);

    /// The Pod's drift of the first of the codes that it has.
    static Optional<Attribution> worst(PodAnalysis pod, List<Code> codes) {
        for (var code : codes) {
            var items = pod.drift().stream()
                    .filter(item -> item.code().equals(code.name()))
                    .toList();
            if (!items.isEmpty()) {
                var evidence = items.stream().map(Damage::line).toList();
                return Optional.of(new Attribution(code, culprit(pod, items.getFirst()), evidence, false));
            }
        }
        return Optional.empty();
    }

    static Place culprit(PodAnalysis pod, DriftItem item) {
        boolean nodes = item.code().equals("U48");
        return nodes
                ? new Place(Place.Kind.NODE, pod.network().node().value())
                : new Place(Place.Kind.POD, pod.pod().name().toString());
    }

    /// The item as a line of evidence.
    static Sentence line(DriftItem item) {
        return switch (item.change()) {
            case MISSING -> Phrases.MISSING.with(item.text(), item.reason());
            case UNEXPECTED -> Sentence.line(item.text());
            case DIFFERENT -> Phrases.NOTED.with(item.text(), item.reason());
        };
    }

    /// The drift item that is the deciding line itself.
    static Optional<Attribution> byLine(PodAnalysis pod, End end) {
        return pod.drift().stream()
                .filter(item -> !end.evidence().isEmpty() && item.text().equals(end.evidence()))
                .findFirst()
                .map(item ->
                        new Attribution(Code.valueOf(item.code()), culprit(pod, item), List.of(line(item)), false));
    }
}
