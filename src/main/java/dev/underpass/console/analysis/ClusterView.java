package dev.underpass.console.analysis;

import static java.util.stream.Collectors.toMap;

import dev.underpass.cluster.NodeName;
import dev.underpass.cluster.ObjectName;
import dev.underpass.cluster.Service;
import dev.underpass.console.bundle.Bundle;
import dev.underpass.console.objects.Kind;
import dev.underpass.diagnosis.Analysis;
import dev.underpass.diagnosis.Finding;
import dev.underpass.diagnosis.Finding.Severity;
import dev.underpass.diagnosis.NodeReportOf;
import dev.underpass.diagnosis.Pair;
import dev.underpass.diagnosis.Verdict;
import dev.underpass.diagnosis.edit.Allocations;
import dev.underpass.diagnosis.edit.PoolCounts;
import dev.underpass.diagnosis.matrix.ClientClass;
import dev.underpass.diagnosis.matrix.Matrix;
import dev.underpass.net.IpAddress;
import dev.underpass.reachability.Disposition;
import dev.underpass.reachability.Disposition.Fold;
import dev.underpass.reachability.Target;
import dev.underpass.report.NodeReport;
import dev.underpass.report.PodReport;
import dev.underpass.topology.Inventory;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One analysis with the sums that every page shows, worked out once.
public final class ClusterView {

    private final Analysis analysis;
    private final PodSummaries pods;
    private final Set<ObjectName> clients;
    private final Map<ObjectName, Map<Disposition, Long>> onServices = new ConcurrentHashMap<>();
    private final List<Finding> findings;
    private final Basis basis;
    private final Lazily<List<ClientClass>> classes = new Lazily<>(() -> ClientClass.all(analysis()));
    private final Lazily<Matrix> matrix = new Lazily<>(() -> Matrix.of(analysis(), classes()));
    private final Lazily<Inventory> inventory = new Lazily<>(() -> Inventory.of(analysis()));
    private final Lazily<Map<String, PoolCounts>> poolCounts =
            new Lazily<>(() -> PoolCounts.of(analysis().snapshot()));
    private final Lazily<Map<ObjectName, Set<String>>> poolsByPod =
            new Lazily<>(() -> Allocations.of(analysis().snapshot()).poolsByPod());

    private final Lazily<Map<IpAddress, List<OtherMacs.Heard>>> otherMacs =
            new Lazily<>(() -> OtherMacs.of(analysis().snapshot()));
    private final Lazily<Set<IpAddress>> disputed =
            new Lazily<>(() -> OtherMacs.disputed(analysis().snapshot()));

    /// @param dating gives an analysis's findings their dates
    ClusterView(Basis basis, Function<Analysis, List<Finding>> dating) {
        this.basis = basis;
        this.analysis = Analysis.of(basis.publication().known().snapshot());
        this.findings = dating.apply(analysis);
        this.clients = Set.copyOf(analysis.clients());
        this.pods = PodSummaries.of(analysis, clients, findings);
    }

    /// The cluster as it was recorded.
    ///
    /// @param receivedAt when the console that recorded it took the node's report; of any other, nobody knows
    public static ClusterView recorded(Bundle bundle, Map<NodeName, Instant> receivedAt, Instant at) {
        return new ClusterView(Basis.recorded(bundle, receivedAt, at), Analysis::findings);
    }

    /// The objects of a kind that people edit as a recording has them; none where this is none.
    public List<JsonNode> recorded(Kind<?> kind) {
        return basis.recorded().getOrDefault(kind, List.of());
    }

    /// Whether this is how the cluster was once, and not how it is.
    public boolean recorded() {
        return basis.isRecorded();
    }

    public Analysis analysis() {
        return analysis;
    }

    /// The classes of clients, which take no pair to be followed; the first to ask has them worked out.
    public List<ClientClass> classes() {
        return classes.get();
    }

    /// All pairs by classes; the first to ask has it worked out.
    public Matrix matrix() {
        return matrix.get();
    }

    /// What a drawing of the cluster can show; the first to ask has it worked out.
    public Inventory inventory() {
        return inventory.get();
    }

    /// When what this rests on was all that was known.
    public Instant knownAt() {
        return basis.publication().at();
    }

    /// Grows with each snapshot that there is.
    public long number() {
        return basis.publication().number();
    }

    /// Whether more is known by now.
    public boolean superseded() {
        return basis.superseded();
    }

    /// Whether more is known by now, and this is not of a moment ago.
    public boolean behind() {
        return basis.behind();
    }

    /// How fresh the node's newest report is now, also where this analysis rests on an earlier one.
    public Freshness freshness(@Nullable NodeName node) {
        return basis.freshness(node);
    }

    /// The reports that this analysis rests on, and no newer ones.
    public Map<NodeName, NodeReport> reports() {
        return basis.reports();
    }

    /// When this console took them; those that a bundle recorded are not among them.
    public Map<NodeName, Instant> receivedAt() {
        return basis.receivedAt();
    }

    /// The node's newest report as its agent sent it, while it is not too old to count.
    public Optional<NodeReport> report(NodeName node) {
        return Optional.ofNullable(basis.receipt(node))
                .filter(receipt -> !receipt.expired(basis.clock().instant()))
                .map(Receipt::report);
    }

    /// Of how many Pods the node's newest report is in that state.
    public long pods(Freshness.State state) {
        return pods.byNode().entrySet().stream()
                .filter(node -> freshness(node.getKey()).state() == state)
                .mapToLong(node -> node.getValue().size())
                .sum();
    }

    /// How many addresses of each pool there are of each sort; the first to ask has them counted.
    public Map<String, PoolCounts> poolCounts() {
        return poolCounts.get();
    }

    /// The pools that the Pod has addresses of; the first to ask has those of all Pods found.
    public Set<String> pools(ObjectName pod) {
        return poolsByPod.get().getOrDefault(pod, Set.of());
    }

    /// Who answers for an address besides its owner; the first to ask has those of all addresses found.
    public List<OtherMacs.Heard> otherMacs(IpAddress address) {
        return otherMacs.get().getOrDefault(address, List.of());
    }

    /// The addresses that another answers for while their owners have them; the first to ask has them found.
    public Set<IpAddress> disputed() {
        return disputed.get();
    }

    /// What the agent could not read of the Pod, and why; absent where it read all.
    public @Nullable String error(PodSummary pod) {
        return NodeReportOf.pod(analysis.snapshot(), pod.analysis().pod().node(), pod.name())
                .map(PodReport::error)
                .orElse(null);
    }

    /// How many reported Pods are left out, because nothing tells their names.
    public int unresolvedPods() {
        return basis.publication().known().unresolved();
    }

    /// All Pods by name.
    public List<PodSummary> pods() {
        return pods.all();
    }

    /// How many Pods a finding of that code affects.
    public long podsWith(String code) {
        return pods.all().stream().filter(pod -> pod.codes().contains(code)).count();
    }

    /// How many Pods there are of that worst verdict.
    public long pods(Fold worst) {
        return pods.worst().getOrDefault(worst, 0L);
    }

    public Optional<PodSummary> pod(ObjectName name) {
        return Optional.ofNullable(pods.byName().get(name));
    }

    /// The Pod's verdicts on all Services, in their order.
    public List<Verdict> verdicts(ObjectName pod) {
        return clients.contains(pod)
                ? analysis.serviceTargets(pod).stream()
                        .map(target -> analysis.verdict(pod, target))
                        .toList()
                : List.of();
    }

    public Verdict verdict(Pair pair) {
        return analysis.verdict(pair.from(), pair.to());
    }

    /// What becomes of the Pod's connections to all Services, in their order.
    public List<Pair> pairs(ObjectName pod) {
        return clients.contains(pod) ? analysis.pairs(pod) : List.of();
    }

    /// The Pods whose connections were followed to count this Pod's, where they are not its own.
    public List<Alike> alikes(ObjectName pod) {
        return pairs(pod).stream()
                .map(pair -> alike(pair.from(), pair.to()))
                .flatMap(Optional::stream)
                .collect(toMap(Alike::followed, each -> each, (first, _) -> first, LinkedHashMap::new))
                .values()
                .stream()
                .toList();
    }

    /// The Pod whose connection was followed to count this pair; empty where it is the pair's own.
    public Optional<Alike> alike(ObjectName from, Target to) {
        var followed = analysis.followed(from, to);
        return followed.equals(from)
                ? Optional.empty()
                : Optional.of(new Alike(followed, to, analysis.alike(from).size() - 1));
    }

    /// How many Pods connections are made from.
    public int clients() {
        return clients.size();
    }

    /// What becomes of all Pods' connections to one Service.
    public List<Pair> pairsOn(Service service) {
        return analysis.pairsOn(service);
    }

    /// How many pairs of a Pod and a Service port there are of each verdict.
    public Map<Fold, Long> pairs() {
        return pods.pairs();
    }

    /// How many of all Pods' connections to the Service end in each way; none is zero.
    public Map<Disposition, Long> countsOn(Service service) {
        return onServices.computeIfAbsent(service.name(), _ -> analysis.countsOn(service));
    }

    /// The Pods by attachment.
    public Map<String, Long> attachments() {
        return pods.attachments();
    }

    public List<Finding> findings() {
        return findings;
    }

    /// How many findings there are of each severity.
    public Map<Severity, Long> severities() {
        var counts = new EnumMap<Severity, Long>(Severity.class);
        for (var severity : Severity.values()) {
            counts.put(severity, 0L);
        }
        findings.forEach(finding -> counts.merge(finding.severity(), 1L, Long::sum));
        return counts;
    }

    public List<Finding> findings(NodeName node) {
        return findings.stream()
                .filter(finding -> finding.affected().nodes().contains(node))
                .toList();
    }

    /// The Pods on a node.
    public List<PodSummary> podsOn(NodeName node) {
        return pods.byNode().getOrDefault(node, List.of());
    }
}
