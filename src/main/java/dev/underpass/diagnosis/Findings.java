package dev.underpass.diagnosis;

import dev.underpass.cluster.NodeName;
import dev.underpass.cluster.ObjectName;
import dev.underpass.coordinator.DriftItem;
import dev.underpass.reachability.Disposition;
import dev.underpass.reachability.Disposition.Fold;
import dev.underpass.reachability.Path;
import dev.underpass.reachability.Place;
import dev.underpass.reachability.Target;
import dev.underpass.reachability.Trace;
import dev.underpass.words.Sentence;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Gathers the findings of an analysis: one for each code, with everything that it hits.
final class Findings {

    private final Analysis analysis;
    private final Map<Code, Gathered> gathered = new EnumMap<>(Code.class);

    private Findings(Analysis analysis) {
        this.analysis = analysis;
    }

    static List<Finding> of(Analysis analysis) {
        var findings = new Findings(analysis);
        findings.fromDrift();
        findings.fromTraces();
        ResourceFindings.of(analysis)
                .forEach(each -> findings.gather(each.code()).add(each));
        return findings.sorted();
    }

    private Gathered gather(Code code) {
        return gathered.computeIfAbsent(code, Gathered::new);
    }

    private void fromDrift() {
        for (var pod : analysis.pods()) {
            for (var item : pod.drift()) {
                fromItem(pod, item);
            }
        }
    }

    private void fromItem(PodAnalysis pod, DriftItem item) {
        var found = gather(Code.valueOf(item.code()));
        found.evidence(Damage.line(item));
        found.pod(pod.pod().name());
        if (item.onNode()) {
            found.node(pod.network().node());
        }
    }

    /// Groups are followed side by side, and what they come to is put together in their order.
    private void fromTraces() {
        analysis.groupsOfAlike().parallelStream()
                .map(this::fromGroup)
                .toList()
                .forEach(part -> part.gathered
                        .values()
                        .forEach(each -> gather(each.code()).add(each)));
    }

    private Findings fromGroup(Alikes.Group group) {
        var part = new Findings(analysis);
        analysis.judge(group, part::fromJudged);
        return part;
    }

    private void fromJudged(Judged judged) {
        var trace = judged.trace();
        for (var path : trace.paths()) {
            analysis.attribution(trace, path).ifPresent(attribution -> fromPath(judged, path, attribution));
        }
        analysis.mismatch(trace).ifPresent(attribution -> {
            var found = gather(attribution.code());
            attribution.evidence().forEach(found::evidence);
            found.place(attribution.culprit());
            service(trace.to()).ifPresent(found::service);
        });
    }

    private static Optional<ObjectName> service(Target target) {
        return Optional.ofNullable(target.service());
    }

    private void fromPath(Judged judged, Path path, Attribution attribution) {
        var trace = judged.trace();
        var culprit = attribution.culprit();
        var code = attribution.code();
        if (code == Code.U93 && path.disposition() != Disposition.UNDETERMINED) {
            return;
        }
        var found = gather(code);
        attribution.evidence().forEach(found::evidence);
        found.limitation(attribution.limitation());
        if (!attribution.limitation() && path.disposition().fold() == Fold.UNREACHABLE) {
            found.failure();
        }
        service(trace.to()).ifPresent(found::service);
        switch (code) {
            case U73, U74 -> {
                // A Service's own state; the Pods that ask have nothing wrong.
            }
            default -> {
                boolean client =
                        culprit.equals(new Place(Place.Kind.POD, trace.from().toString()));
                if (!client) {
                    found.place(culprit);
                }
                if (client || culprit.kind() == Place.Kind.NODE) {
                    judged.clients().forEach(found::pod);
                }
            }
        }
        backend(trace, path, attribution);
    }

    /// A backend that cannot answer is a finding on its Services: the fault itself is the backend's.
    private void backend(Trace trace, Path path, Attribution attribution) {
        var backend = path.backend() == null ? null : path.backend().pod();
        boolean its = backend != null
                && !backend.equals(trace.from())
                && !attribution.limitation()
                && attribution.culprit().kind() == Place.Kind.POD
                && attribution.culprit().name().equals(backend.toString());
        if (backend != null && its && trace.to().service() != null) {
            var found = gather(Code.U90);
            found.pod(backend);
            found.service(trace.to().service());
            found.evidence(Phrases.BACKEND_FAULT.with(
                    backend, attribution.code(), attribution.code().titled()));
        }
    }

    private List<Finding> sorted() {
        return gathered.values().stream()
                .map(Gathered::finding)
                .sorted(Comparator.comparing(Finding::severity)
                        .thenComparingInt(finding -> -finding.affected().pods().size())
                        .thenComparing(Finding::code))
                .toList();
    }

    /// A finding of a kind that needs no trace.
    record Plain(
            Code code,
            List<Sentence> evidence,
            List<ObjectName> pods,
            List<ObjectName> services,
            List<NodeName> nodes) {}
}
