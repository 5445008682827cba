package dev.underpass.diagnosis;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.EndpointSlice;
import dev.underpass.cluster.NodeName;
import dev.underpass.cluster.ObjectName;
import dev.underpass.cluster.Service;
import dev.underpass.coordinator.PodNetwork;
import dev.underpass.diagnosis.Verdict.BackendVerdict;
import dev.underpass.net.IpAddress;
import dev.underpass.net.IpAddress.Family;
import dev.underpass.net.Protocol;
import dev.underpass.reachability.Disposition;
import dev.underpass.reachability.Path;
import dev.underpass.reachability.Target;
import dev.underpass.reachability.Trace;
import dev.underpass.reachability.Tracer;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Everything that is worked out of one snapshot: a pure function of it, computed on demand and kept.
public final class Analysis {

    private final ClusterSnapshot snapshot;
    private final Tracer tracer;
    private final Pods pods;
    private final Classifier classifier;
    private final List<Target> services;
    private final List<Target> endpoints;
    private final List<ObjectName> clients;
    private final Map<Question, Trace> traces = new ConcurrentHashMap<>();
    private final Map<Question, Verdict> verdicts = new ConcurrentHashMap<>();
    private final Map<Question, Outcome> outcomes = new ConcurrentHashMap<>();
    private @Nullable Alikes alikes;
    private volatile @Nullable List<Finding> findings;

    /// One question that people ask.
    private record Question(ObjectName from, Target to) {}

    private Analysis(ClusterSnapshot snapshot) {
        this.snapshot = snapshot;
        this.tracer = new Tracer(snapshot);
        this.pods = new Pods(snapshot);
        this.classifier = new Classifier(snapshot, pods);
        this.services = snapshot.services().stream()
                .sorted((a, b) -> a.name().compareTo(b.name()))
                .flatMap(Analysis::targets)
                .toList();
        this.endpoints = endpoints(snapshot);
        this.clients = clients(snapshot, pods);
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

    /// What becomes of a connection, by one of the Pod's own or of a Pod that is alike.
    ///
    /// @throws IllegalArgumentException if there is no such client
    public Outcome outcome(ObjectName from, Target to) {
        var trace = alikes().trace(from, to);
        return outcomes.computeIfAbsent(new Question(trace.from(), to), _ -> Outcome.of(this, trace));
    }

    /// What becomes of the Pod's connections to all Services.
    public List<Pair> pairs(ObjectName from) {
        return serviceTargets(from).stream()
                .map(to -> new Pair(from, to, outcome(from, to)))
                .toList();
    }

    /// What becomes of all clients' connections to the Service.
    public List<Pair> pairsOn(Service service) {
        var targets = targets(service).toList();
        return clients.stream()
                .flatMap(client ->
                        spoken(client, targets).stream().map(to -> new Pair(client, to, outcome(client, to))))
                .toList();
    }

    /// Every pair of a client and a Service port, and of a client and an endpoint's address, those together that end
    /// alike.
    void judge(Consumer<Judged> consumer) {
        for (var group : alikes().groups()) {
            var first = group.members().getFirst();
            Stream.concat(serviceTargets(first).stream(), podTargets(first).stream())
                    .forEach(target -> group.judge(target, consumer));
        }
    }

    private synchronized Alikes alikes() {
        var known = alikes;
        if (known == null) {
            var clients =
                    clients().stream().map(name -> pods.pod(name).orElseThrow()).toList();
            known = new Alikes(clients, tracer.likeness(), this::trace);
            alikes = known;
        }
        return known;
    }

    /// The Pod whose connection was followed to tell what becomes of this client's: itself, or one that is alike.
    ///
    /// @throws NullPointerException if there is no such client
    public ObjectName followed(ObjectName from, Target to) {
        return alikes().trace(from, to).from();
    }

    /// The client and those that are alike, of which one is followed for all.
    ///
    /// @throws NullPointerException if there is no such client
    public List<ObjectName> alike(ObjectName client) {
        return alikes().members(client);
    }

    /// How many groups of clients there are of which one is followed for all.
    public int groups() {
        return alikes().groups().size();
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
        return clients;
    }

    private static List<ObjectName> clients(ClusterSnapshot snapshot, Pods pods) {
        var reported = snapshot.reports().entrySet().stream()
                .flatMap(report -> report.getValue().pods().stream()
                        .map(pod -> new Reported(report.getKey(), new ObjectName(pod.namespace(), pod.name()))))
                .collect(toSet());
        return pods.all().stream()
                .filter(pod -> pod.network().mode() != PodNetwork.Mode.HOST_NETWORK)
                .filter(pod -> pod.network().mode() != PodNetwork.Mode.UNKNOWN
                        || reported.contains(
                                new Reported(pod.network().node(), pod.pod().name())))
                .map(pod -> pod.pod().name())
                .toList();
    }

    private record Reported(NodeName node, ObjectName pod) {}

    /// Every port of every Service at each ClusterIP of a family that the client has an address of.
    public List<Target> serviceTargets(ObjectName from) {
        return spoken(from, services);
    }

    /// Whether the Pod has an address of the target's family; with nothing known of it, everything is asked.
    public boolean speaks(ObjectName from, Target target) {
        return families(from).contains(target.address().family());
    }

    private Set<Family> families(ObjectName from) {
        var families = pods.pod(from).stream()
                .flatMap(pod -> pod.network().nics().stream())
                .flatMap(nic -> nic.addresses().stream())
                .map(IpAddress::family)
                .collect(toCollection(() -> EnumSet.noneOf(Family.class)));
        return families.isEmpty() ? EnumSet.allOf(Family.class) : families;
    }

    private List<Target> spoken(ObjectName from, List<Target> targets) {
        var families = families(from);
        return targets.stream()
                .filter(target -> families.contains(target.address().family()))
                .toList();
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
        return spoken(from, endpoints);
    }

    private static List<Target> endpoints(ClusterSnapshot snapshot) {
        var targets = new LinkedHashSet<Target>();
        for (var slice : snapshot.endpointSlices()) {
            for (var endpoint : slice.endpoints()) {
                if (endpoint.pod() != null) {
                    addTargets(targets, slice, endpoint);
                }
            }
        }
        return List.copyOf(targets);
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
