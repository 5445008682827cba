package dev.underpass.diagnosis;

import dev.underpass.cluster.NodeName;
import dev.underpass.cluster.ObjectName;
import dev.underpass.diagnosis.Finding.Affected;
import dev.underpass.diagnosis.Finding.Kind;
import dev.underpass.diagnosis.Finding.Severity;
import dev.underpass.reachability.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// What comes together to one finding.
final class Gathered {

    private static final int EVIDENCE_LIMIT = 50;

    private final Code code;
    private final Set<String> evidence = new LinkedHashSet<>();
    private final Set<ObjectName> pods = new TreeSet<>();
    private final Set<ObjectName> services = new TreeSet<>();
    private final Set<NodeName> nodes = new TreeSet<>(Comparator.comparing(NodeName::value));
    private boolean fault;
    private boolean limitation;

    Gathered(Code code) {
        this.code = code;
    }

    void evidence(String line) {
        if (!line.isBlank() && evidence.size() < EVIDENCE_LIMIT) {
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
                byDesign ? Severity.INFO : code.severity(),
                byDesign ? Kind.LIMITATION : Kind.FAULT,
                code.title(),
                summary(byDesign),
                code.remedy(),
                new ArrayList<>(evidence),
                new Affected(List.copyOf(pods), List.copyOf(services), List.copyOf(nodes)),
                null);
    }

    private String summary(boolean byDesign) {
        var hit = new ArrayList<String>();
        add(hit, pods, "Pod");
        add(hit, services, "Service");
        add(hit, nodes, "node");
        var what = byDesign
                ? "The set-up is like that by design; nothing is misconfigured"
                : evidence.stream().findFirst().orElse(code.title());
        return "%s. Concerns %s.".formatted(what, String.join(", ", hit));
    }

    private static void add(List<String> hit, Set<?> names, String kind) {
        if (names.size() == 1) {
            hit.add("%s %s".formatted(kind, names.iterator().next()));
        } else if (!names.isEmpty()) {
            hit.add("%d %ss".formatted(names.size(), kind));
        }
    }
}
