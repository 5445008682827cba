package dev.underpass.diagnosis;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.NodeName;
import dev.underpass.cluster.ObjectName;
import dev.underpass.cluster.Service;
import dev.underpass.net.IpAddress;
import dev.underpass.net.Protocol;
import dev.underpass.reachability.Disposition;
import dev.underpass.reachability.Path;
import dev.underpass.reachability.Source;
import dev.underpass.reachability.Target;
import dev.underpass.reachability.Trace;
import dev.underpass.reachability.Tracer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Everything that is worked out of one snapshot: a pure function of it, computed on demand and kept.
public final class Analysis {

    private final ClusterSnapshot snapshot;
    private final Tracer tracer;
    private final Pods pods;
    private final MissingRoutes missingRoutes;
    private final Judge judge;
    private final EndpointMismatch mismatch;
    private final Targets targets;
    private final List<ObjectName> clients;
    private final Kept<Question, Trace> traces = new Kept<>();
    private final Kept<Question, Verdict> verdicts = new Kept<>();
    private final StandIns standIns = new StandIns(this);
    private @Nullable Alikes alikes;
    private volatile @Nullable List<Finding> findings;

    /// One question that people ask.
    private record Question(ObjectName from, Target to) {}

    private Analysis(ClusterSnapshot snapshot) {
        this.snapshot = snapshot;
        this.tracer = new Tracer(snapshot);
        this.pods = new Pods(snapshot);
        this.missingRoutes = new MissingRoutes(snapshot, pods);
        this.mismatch = new EndpointMismatch(snapshot);
        this.judge = new Judge(new Classifier(snapshot, pods, mismatch));
        this.targets = new Targets(snapshot, pods);
        this.clients = pods.clients(snapshot.reports());
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

    /// The node's addresses, as Kubernetes tells them.
    List<IpAddress> addresses(NodeName node) {
        return pods.addresses(node);
    }

    /// What happens to a connection.
    ///
    /// @throws IllegalArgumentException if there is no such Pod
    public Trace trace(ObjectName from, Target to) {
        return traces.get(new Question(from, to), q -> missingRoutes.shownIn(tracer.trace(q.from(), q.to()), false));
    }

    /// What becomes of a connection, by one of the Pod's own or of a Pod that is alike.
    ///
    /// @throws IllegalArgumentException if there is no such client
    public Outcome outcome(ObjectName from, Target to) {
        return alikes().answer(from, to).outcome();
    }

    /// What becomes of the Pod's connections to all Services.
    public List<Pair> pairs(ObjectName from) {
        return serviceTargets(from).stream()
                .map(to -> new Pair(from, to, outcome(from, to)))
                .toList();
    }

    /// What becomes of all clients' connections to the Service.
    public List<Pair> pairsOn(Service service) {
        var its = Targets.of(service);
        var spoken = new HashMap<Alikes.Group, List<Target>>();
        var pairs = new ArrayList<Pair>(clients.size() * its.size());
        for (var client : clients) {
            var group = alikes().group(client);
            // What clients speak is a part of what they have in common.
            for (var to : spoken.computeIfAbsent(group, _ -> targets.spoken(client, its))) {
                pairs.add(new Pair(client, to, group.answer(client, to).outcome()));
            }
        }
        return pairs;
    }

    /// How many of all clients' connections to the Service end in each way; none is zero.
    public Map<Disposition, Long> countsOn(Service service) {
        var counts = new EnumMap<Disposition, Long>(Disposition.class);
        for (var group : alikes().groups()) {
            targets.spoken(group.members().getFirst(), Targets.of(service))
                    .forEach(target -> group.count(target, counts));
        }
        return counts;
    }

    /// How many of the client's connections to all Services end in each way; none is zero.
    public Map<Disposition, Long> counts(ObjectName client) {
        return standIns.counts(client);
    }

    /// The clients, those together of which one is followed for all.
    List<Alikes.Group> groupsOfAlike() {
        return alikes().groups();
    }

    /// Every pair of one of these clients and a Service port, and of a client and an endpoint's address, those together
    /// that end alike.
    void judge(Alikes.Group group, Consumer<Judged> consumer) {
        var first = group.members().getFirst();
        Stream.concat(serviceTargets(first).stream(), podTargets(first).stream())
                .forEach(target -> group.judge(target, consumer));
    }

    /// Follows connections without keeping their traces.
    private final class Following implements Alikes.Follower {

        @Override
        public Trace follow(ObjectName from, Target to) {
            return tracer.decisions(from, to);
        }

        @Override
        public Outcome outcome(Trace trace) {
            return Outcome.of(Analysis.this, trace);
        }
    }

    private synchronized Alikes alikes() {
        var known = alikes;
        if (known == null) {
            var clients =
                    clients().stream().map(name -> pods.pod(name).orElseThrow()).toList();
            known = new Alikes(clients, tracer.likeness(), new Following());
            alikes = known;
        }
        return known;
    }

    /// The Pod whose connection was followed to tell what becomes of this client's: itself, or one that is alike.
    ///
    /// @throws NullPointerException if there is no such client
    public ObjectName followed(ObjectName from, Target to) {
        return alikes().answer(from, to).followed();
    }

    /// The client and those that are alike, of which one is followed for all.
    ///
    /// @throws NullPointerException if there is no such client
    public List<ObjectName> alike(ObjectName client) {
        return alikes().members(client);
    }

    /// The client whose connections to every Service and endpoint end as this one's do: of those that are alike and are
    /// no endpoints themselves the first; an endpoint stands for itself.
    ///
    /// @throws NullPointerException if there is no such client
    public ObjectName standIn(ObjectName client) {
        return standIns.of(client);
    }

    Alikes.Group group(ObjectName client) {
        return alikes().group(client);
    }

    /// How many groups of clients there are of which one is followed for all.
    public int groups() {
        return alikes().groups().size();
    }

    /// What happens to a connection of a socket that is bound to one of the Pod's addresses.
    ///
    /// @throws IllegalArgumentException if there is no such Pod
    public Trace traceFrom(ObjectName from, IpAddress source, Target to) {
        return missingRoutes.shownIn(tracer.trace(from, source, to), true);
    }

    /// Which address the kernel gives to a socket of the Pod that connects to the target; empty where that is not
    /// known.
    ///
    /// @throws IllegalArgumentException if there is no such Pod
    public Optional<Source> source(ObjectName from, Target to) {
        return tracer.source(from, to);
    }

    /// Whether the Pod reaches the target, and why not.
    ///
    /// @throws IllegalArgumentException if there is no such Pod
    public Verdict verdict(ObjectName from, Target to) {
        return verdicts.get(new Question(from, to), q -> verdict(trace(q.from(), q.to())));
    }

    /// The verdict that a trace comes to.
    public Verdict verdict(Trace trace) {
        return judge.verdict(trace);
    }

    /// Why a path of the trace does not deliver; empty where it does, or where no reason is known.
    public Optional<Attribution> attribution(Trace trace, Path path) {
        return judge.attribution(trace, path);
    }

    /// Whether the rules that the trace met lead elsewhere than to the Service's endpoints.
    Optional<Attribution> mismatch(Trace trace) {
        return mismatch.of(trace);
    }

    /// The Pods that connections can be made from: those with a report of their own, not on their node's network.
    public List<ObjectName> clients() {
        return clients;
    }

    /// Every port of every Service at each ClusterIP of a family that the client has an address of.
    public List<Target> serviceTargets(ObjectName from) {
        return targets.services(from);
    }

    /// Whether the Pod has an address of the target's family; with nothing known of it, everything is asked.
    public boolean speaks(ObjectName from, Target target) {
        return targets.families(from).contains(target.address().family());
    }

    /// The Service port at an address, or the plain address.
    public Target target(IpAddress address, int port, Protocol protocol) {
        return targets.at(address, port, protocol);
    }

    /// Every port of the Service at each of its ClusterIPs; empty where there is no such Service.
    public List<Target> targets(ObjectName service) {
        return targets.of(service);
    }

    /// Every port of the Service that has the address; empty where none has.
    public List<Target> targets(IpAddress address) {
        return targets.at(address);
    }

    /// What its Service calls the port.
    public List<String> portNames(Target target) {
        return targets.portNames(target);
    }

    /// The addresses and ports of all Pods that are endpoints of some Service, for one client.
    public List<Target> podTargets(ObjectName from) {
        return targets.endpoints(from);
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
