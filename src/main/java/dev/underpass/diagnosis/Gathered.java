package dev.underpass.diagnosis;

import dev.underpass.cluster.NodeName;
import dev.underpass.cluster.ObjectName;
import dev.underpass.diagnosis.Finding.Affected;
import dev.underpass.diagnosis.Finding.Kind;
import dev.underpass.diagnosis.Finding.Severity;
import dev.underpass.reachability.Place;
import dev.underpass.words.Phrase;
import dev.underpass.words.Sentence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/// What comes together to one finding.
final class Gathered {

    private static final int EVIDENCE_LIMIT = 50;

    private final Code code;
    private final Set<Sentence> evidence = new LinkedHashSet<>();
    private final Set<ObjectName> pods = new TreeSet<>();
    private final Set<ObjectName> services = new TreeSet<>();
    private final Set<NodeName> nodes = new TreeSet<>(Comparator.comparing(NodeName::value));
    private boolean fault;
    private boolean limitation;
    private boolean failure;

    Gathered(Code code) {
        this.code = code;
    }

    Code code() {
        return code;
    }

    /// Adds what else came together to the same finding.
    void add(Gathered other) {
        other.evidence.forEach(this::evidence);
        pods.addAll(other.pods);
        services.addAll(other.services);
        nodes.addAll(other.nodes);
        fault |= other.fault;
        limitation |= other.limitation;
        failure |= other.failure;
    }

    void evidence(Sentence line) {
        if (!line.isEmpty() && evidence.size() < EVIDENCE_LIMIT) {
            evidence.add(line);
        }
    }

    void pod(ObjectName pod) {
        pods.add(pod);
    }

    void service(ObjectName service) {
        services.add(service);
    }

    void node(NodeName node) {
        nodes.add(node);
    }

    void place(Place place) {
        switch (place.kind()) {
            case POD -> pods.add(ObjectName.parse(place.name()));
            case NODE -> nodes.add(new NodeName(place.name()));
            case FABRIC -> {
                // Nothing of the cluster.
            }
        }
    }

    void limitation(boolean byDesign) {
        limitation |= byDesign;
        fault |= !byDesign;
    }

    /// A connection fails by it, which nobody wanted.
    void failure() {
        failure = true;
    }

    void add(Findings.Plain plain) {
        fault = true;
        plain.evidence().forEach(this::evidence);
        pods.addAll(plain.pods());
        services.addAll(plain.services());
        nodes.addAll(plain.nodes());
    }

    Finding finding() {
        boolean byDesign = limitation && !fault;
        return new Finding(
                code.name(),
                byDesign ? Severity.INFO : severity(),
                byDesign ? Kind.LIMITATION : Kind.FAULT,
                code.title(),
                summary(byDesign),
                code.remedy(),
                new ArrayList<>(evidence),
                new Affected(List.copyOf(pods), List.copyOf(services), List.copyOf(nodes)),
                null);
    }

    /// What only warns elsewhere is critical where connections fail by it.
    private Severity severity() {
        return failure && code.severity() == Severity.WARNING ? Severity.CRITICAL : code.severity();
    }

    private Sentence summary(boolean byDesign) {
        var hit = Stream.of(
                        count(pods, each -> Sentence.line("Pod " + each), Phrases.PODS),
                        count(services, each -> Sentence.line("Service " + each), Phrases.SERVICES),
                        count(nodes, Phrases.NODE::with, Phrases.NODES))
                .flatMap(Optional::stream)
                .reduce(Phrases.AND::with)
                .orElse(Sentence.NONE);
        var what = byDesign
                ? Phrases.BY_DESIGN.with()
                : evidence.stream().findFirst().orElseGet(code::titled);
        return Phrases.SUMMARY.with(what, hit);
    }

    private static Optional<Sentence> count(Set<?> names, Function<Object, Sentence> one, Phrase many) {
        return switch (names.size()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(one.apply(names.iterator().next()));
            default -> Optional.of(many.with(names.size()));
        };
    }
}
