package dev.underpass.diagnosis;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.EndpointSlice;
import dev.underpass.cluster.ObjectName;
import dev.underpass.cluster.Service;
import dev.underpass.coordinator.PodNetwork;
import dev.underpass.diagnosis.Verdict.BackendVerdict;
import dev.underpass.net.IpAddress;
import dev.underpass.net.Protocol;
import dev.underpass.reachability.Disposition;
import dev.underpass.reachability.Path;
import dev.underpass.reachability.Target;
import dev.underpass.reachability.Trace;
import dev.underpass.reachability.Tracer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Everything that is worked out of one snapshot: a pure function of it, computed on demand and kept.
public final class Analysis {

    private final ClusterSnapshot snapshot;
    private final Tracer tracer;
    private final Pods pods;
    private final Classifier classifier;
    private final Map<Question, Trace> traces = new ConcurrentHashMap<>();
    private final Map<Question, Verdict> verdicts = new ConcurrentHashMap<>();
    private volatile @Nullable List<Finding> findings;

    /// One question that people ask.
    private record Question(ObjectName from, Target to) {}

    private Analysis(ClusterSnapshot snapshot) {
        this.snapshot = snapshot;
        this.tracer = new Tracer(snapshot);
        this.pods = new Pods(snapshot);
        this.classifier = new Classifier(snapshot, pods);
    }

    /// The analysis of a snapshot.
    public static Analysis of(ClusterSnapshot snapshot) {
        return new Analysis(snapshot);
    }

    public ClusterSnapshot snapshot() {
        return snapshot;
    }

    /// The Pods by name, each with its network, settings, plan and drift.
    public List<PodAnalysis> pods() {
        return pods.all();
    }

    public Optional<PodAnalysis> pod(ObjectName name) {
        return pods.pod(name);
    }

    /// What happens to a connection.
    ///
    /// @throws IllegalArgumentException if there is no such Pod
    public Trace trace(ObjectName from, Target to) {
        return traces.computeIfAbsent(new Question(from, to), q -> tracer.trace(q.from(), q.to()));
    }

    /// What happens to a connection of a socket that is bound to one of the Pod's addresses.
    ///
    /// @throws IllegalArgumentException if there is no such Pod
    public Trace traceFrom(ObjectName from, IpAddress source, Target to) {
        return tracer.trace(from, source, to);
    }

    /// Whether the Pod reaches the target, and why not.
    ///
    /// @throws IllegalArgumentException if there is no such Pod
    public Verdict verdict(ObjectName from, Target to) {
        return verdicts.computeIfAbsent(new Question(from, to), q -> verdict(trace(q.from(), q.to())));
    }

    /// The verdict that a trace comes to.
    public Verdict verdict(Trace trace) {
        var worst = trace.worst();
        var attribution = attribution(trace, worst);
        var backends = trace.paths().stream()
                .filter(path -> path.backend() != null)
                .map(path -> backendVerdict(trace, path))
                .toList();
        return new Verdict(
                trace.from(),
                trace.to(),
                trace.disposition(),
                attribution.map(each -> each.code().name()).orElse(null),
                Sentences.summary(trace, worst, attribution),
                trace.confidence(),
                backends);
    }

    private BackendVerdict backendVerdict(Trace trace, Path path) {
        var backend = java.util.Objects.requireNonNull(path.backend());
        var code = attribution(trace, path).map(each -> each.code().name()).orElse(null);
        return new BackendVerdict(backend.address(), backend.port(), backend.pod(), path.disposition(), code);
    }

    /// Why a path of the trace does not deliver; empty where it does, or where no reason is known.
    public Optional<Attribution> attribution(Trace trace, Path path) {
        return path.disposition() == Disposition.DELIVERED ? Optional.empty() : classifier.classify(trace, path);
    }

    /// The Pods that connections can be made from: those with a report of their own, not on their node's network.
    public List<ObjectName> clients() {
        return pods.all().stream()
                .filter(pod -> pod.network().mode() != PodNetwork.Mode.HOST_NETWORK)
                .filter(pod -> pod.network().mode() != PodNetwork.Mode.UNKNOWN || reported(pod))
                .map(pod -> pod.pod().name())
                .toList();
    }

    private boolean reported(PodAnalysis pod) {
        var report = snapshot.reports().get(pod.network().node());
        return report != null
                && report.pods().stream()
                        .anyMatch(each -> new ObjectName(each.namespace(), each.name())
                                .equals(pod.pod().name()));
    }

    /// Every port of every Service at each ClusterIP of a family that the client has an address of.
    public List<Target> serviceTargets(ObjectName from) {
        return snapshot.services().stream()
                .sorted((a, b) -> a.name().compareTo(b.name()))
                .flatMap(Analysis::targets)
                .filter(target -> speaks(from, target))
                .toList();
    }

    /// Whether the Pod has an address of the target's family; with nothing known of it, everything is asked.
    public boolean speaks(ObjectName from, Target target) {
        var addresses = pods.pod(from).stream()
                .flatMap(pod -> pod.network().nics().stream())
                .flatMap(nic -> nic.addresses().stream())
                .toList();
        return addresses.isEmpty()
                || addresses.stream()
                        .anyMatch(
                                address -> address.family() == target.address().family());
    }

    private static Stream<Target> targets(Service service) {
        return service.clusterIps().stream()
                .flatMap(address -> service.ports().stream()
                        .map(port -> new Target(address, port.port(), port.protocol(), service.name())));
    }

    /// The Service port at an address, or the plain address.
    public Target target(IpAddress address, int port, Protocol protocol) {
        var service = snapshot.services().stream()
                .filter(each -> each.clusterIps().contains(address))
                .map(Service::name)
                .findFirst();
        return new Target(address, port, protocol, service.orElse(null));
    }

    /// The addresses and ports of all Pods that are endpoints of some Service, for one client.
    public List<Target> podTargets(ObjectName from) {
        var targets = new LinkedHashSet<Target>();
        for (var slice : snapshot.endpointSlices()) {
            for (var endpoint : slice.endpoints()) {
                if (endpoint.pod() != null) {
                    addTargets(targets, slice, endpoint);
                }
            }
        }
        return targets.stream().filter(target -> speaks(from, target)).toList();
    }

    private static void addTargets(Set<Target> targets, EndpointSlice slice, EndpointSlice.Endpoint endpoint) {
        for (var address : endpoint.addresses()) {
            slice.ports().forEach(port -> targets.add(new Target(address, port.port(), port.protocol(), null)));
        }
    }

    /// What is wrong, the most urgent first.
    public List<Finding> findings() {
        var known = findings;
        if (known == null) {
            known = Findings.of(this);
            findings = known;
        }
        return known;
    }
}
