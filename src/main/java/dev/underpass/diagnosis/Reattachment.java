package dev.underpass.diagnosis;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.EndpointSlice;
import dev.underpass.cluster.NodeName;
import dev.underpass.cluster.ObjectName;
import dev.underpass.cluster.Pod;
import dev.underpass.cluster.SpiderpoolResources;
import dev.underpass.cluster.SpiderpoolResources.Endpoint;
import dev.underpass.cluster.SpiderpoolResources.IpPool;
import dev.underpass.cluster.SpiderpoolResources.NetworkAttachment;
import dev.underpass.coordinator.Attaching;
import dev.underpass.coordinator.Attaching.Attached;
import dev.underpass.coordinator.NewNic;
import dev.underpass.coordinator.NewNic.Given;
import dev.underpass.coordinator.Recreation.Outcome;
import dev.underpass.coordinator.Settled;
import dev.underpass.diagnosis.Comparison.Change;
import dev.underpass.diagnosis.RecreatedPod.Effect;
import dev.underpass.diagnosis.RecreatedPod.LineChange;
import dev.underpass.diagnosis.RecreatedPod.LineChange.Where;
import dev.underpass.net.DeviceName;
import dev.underpass.net.IpAddress;
import dev.underpass.report.NamespaceReport;
import dev.underpass.report.NodeReport;
import dev.underpass.report.PodReport;
import dev.underpass.words.Sentence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What becomes of a workload whose Pods are made anew with a NIC of another network: what they then reach, and what
/// is found of them. What becomes of others' connections to them is told only where they keep their first address.
public final class Reattachment {

    private final Analysis before;
    private final ClusterSnapshot settled;
    private final Plan plan;
    private final FreeAddresses free;
    private final Map<ObjectName, Attached> attached = new LinkedHashMap<>();
    private final List<RecreatedPod> pods = new ArrayList<>();
    private final Map<NodeName, NamespaceReport> hosts = new HashMap<>();
    private final Map<ObjectName, NamespaceReport> namespaces = new HashMap<>();

    private Reattachment(Analysis before, ClusterSnapshot settled, Plan plan) {
        this.before = before;
        this.settled = settled;
        this.plan = plan;
        this.free = new FreeAddresses(settled);
    }

    /// How the Pods are to be attached.
    ///
    /// @param network the NetworkAttachmentDefinition of the NIC
    /// @param device the NIC's name
    /// @param parent the node's device that it hangs on; empty where nothing says it
    /// @param only whether it is the Pods' only NIC
    /// @param pools the names of the pools of its addresses, one of a family
    /// @param networks what the annotation of further networks then says; empty for nothing
    public record Plan(
            ObjectName network, DeviceName device, String parent, boolean only, List<String> pools, String networks) {

        public Plan {
            pools = List.copyOf(pools);
        }
    }

    /// What can be told.
    ///
    /// @param untold the Services of which it cannot be told, because the Pods are their endpoints and get other
    /// addresses
    public record Result(WhatIf whatIf, Set<ObjectName> untold) {

        public Result {
            untold = Set.copyOf(untold);
        }
    }

    /// Works it out.
    ///
    /// @param edited the cluster with the networks and pools that are made for it
    /// @param names the Pods
    public static Result of(Analysis before, ClusterSnapshot edited, List<ObjectName> names, Plan plan) {
        var settled = Settled.of(before.snapshot(), edited).snapshot();
        var work = new Reattachment(before, settled, plan);
        names.forEach(work::attach);
        return work.result();
    }

    private Optional<NetworkAttachment> network() {
        return settled.spiderpool().networkAttachments().stream()
                .filter(each -> each.name().equals(plan.network()))
                .findFirst();
    }

    private void attach(ObjectName name) {
        var pod = before.pod(name).orElseThrow(() -> new IllegalArgumentException("no Pod " + name));
        var report =
                NodeReportOf.pod(before.snapshot(), pod.network().node(), name).orElse(null);
        var network = network().orElse(null);
        if (report == null) {
            add(pod, new Effect.Unknown(Phrases.NO_AGENT_REPORT.with()));
        } else if (network == null) {
            add(pod, new Effect.CannotStart(Phrases.NO_ATTACHMENT.with(plan.network())));
        } else if (network.coordinator() == null) {
            add(pod, new Effect.Unknown(Phrases.UNCHAINED.with(plan.network())));
        } else {
            attach(pod, report.network(), network);
        }
    }

    private void attach(PodAnalysis pod, NamespaceReport report, NetworkAttachment network) {
        var given = new ArrayList<Given>();
        for (var name : plan.pools()) {
            var pool = pool(name);
            var address = free.next(pool);
            if (address.isEmpty()) {
                add(pod, new Effect.CannotStart(Phrases.POOL_EXHAUSTED.with(name)));
                return;
            }
            given.add(new Given(address.get(), pool));
        }
        var node = pod.network().node();
        var host = hosts.computeIfAbsent(node, each -> NodeReportOf.host(before.snapshot(), each));
        var nic = new NewNic(network, plan.device(), plan.parent(), plan.only(), given);
        var made = Attaching.of(settled, pod.pod(), pod.network(), report, host, nic, plan.networks());
        add(pod, effect(pod, report, host, made));
    }

    private IpPool pool(String name) {
        return settled.spiderpool().ipPools().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no SpiderIPPool " + name));
    }

    private Effect effect(PodAnalysis pod, NamespaceReport report, NamespaceReport host, Attached made) {
        return switch (made.outcome()) {
            case Outcome.Refused(var reason) -> new Effect.CannotStart(reason);
            case Outcome.Unknown(var reason) -> new Effect.Unknown(reason);
            case Outcome.Made(var inPod, var node) -> {
                var own = new HashSet<IpAddress>();
                pod.network().nics().forEach(nic -> own.addAll(nic.addresses()));
                var onNode = node.applied(made.host(), own);
                var name = pod.pod().name();
                attached.put(name, made);
                namespaces.put(name, inPod);
                hosts.put(pod.network().node(), onNode);
                var lines = new ArrayList<LineChange>(LineChanges.between(report, inPod, Where.POD));
                lines.addAll(LineChanges.between(host, onNode, Where.NODE));
                yield new Effect.Differs(lines);
            }
        };
    }

    private void add(PodAnalysis pod, Effect effect) {
        pods.add(new RecreatedPod(pod.pod().name(), Rebuilt.workload(pod.pod()), effect));
    }

    private Result result() {
        var after = Analysis.of(snapshot());
        var clients = pods.stream()
                .map(RecreatedPod::pod)
                .filter(before.clients()::contains)
                .toList();
        var all = Comparison.of(before, after, new Afterwards(pods, null), clients);
        var moved = moved();
        var nothing = new Comparison(List.of(), List.of(), List.of(), List.of(), List.of());
        return new Result(
                new WhatIf(nothing, told(all, moved), pods, List.of(), restarts(), notes(moved), after), moved);
    }

    private ClusterSnapshot snapshot() {
        var now = settled;
        return new ClusterSnapshot(
                now.name(),
                now.capturedAt(),
                now.comment(),
                now.nodes(),
                now.pods().stream().map(this::after).toList(),
                now.services(),
                now.endpointSlices(),
                spiderpool(now.spiderpool()),
                now.cni(),
                now.policies(),
                reports(now.reports()),
                now.fabric(),
                now.unobserved(),
                now.rangesSince());
    }

    private Pod after(Pod pod) {
        var made = attached.get(pod.name());
        return made == null ? pod : made.pod();
    }

    private SpiderpoolResources spiderpool(SpiderpoolResources all) {
        var endpoints = Stream.concat(
                        all.endpoints().stream().filter(each -> !attached.containsKey(each.pod())),
                        attached.values().stream().map(Attached::endpoint))
                .toList();
        return new SpiderpoolResources(
                all.coordinators(),
                all.ipPools(),
                all.subnets(),
                all.reservedIps(),
                List.<Endpoint>copyOf(endpoints),
                all.networkAttachments(),
                all.multusConfigs());
    }

    private Map<NodeName, NodeReport> reports(Map<NodeName, NodeReport> now) {
        var reports = new HashMap<NodeName, NodeReport>();
        now.forEach((node, report) -> reports.put(
                node,
                report.withHost(report.host()
                                .with(hosts.getOrDefault(node, report.host().namespace())))
                        .withPods(report.pods().stream().map(this::after).toList())
                        .withoutProbes()));
        return reports;
    }

    private PodReport after(PodReport pod) {
        var known = pod.name().isEmpty() ? null : namespaces.get(new ObjectName(pod.namespace(), pod.name()));
        return known == null
                ? pod
                : new PodReport(pod.namespace(), pod.name(), pod.uid(), pod.netns(), pod.error(), known);
    }

    /// The Services whose endpoints are Pods that get another first address.
    private Set<ObjectName> moved() {
        var services = new TreeSet<ObjectName>();
        if (plan.only()) {
            before.snapshot().endpointSlices().stream()
                    .filter(slice -> slice.endpoints().stream()
                            .map(EndpointSlice.Endpoint::pod)
                            .anyMatch(pod -> pod != null && attached.containsKey(pod)))
                    .map(EndpointSlice::service)
                    .forEach(services::add);
        }
        return services;
    }

    /// What can be told: nothing of connections to the Services that get other endpoints, for kube-proxy writes their
    /// rules anew, and of findings only those on the Pods themselves.
    private Comparison told(Comparison all, Set<ObjectName> moved) {
        return new Comparison(
                told(all.gained(), moved),
                told(all.lost(), moved),
                told(all.changed(), moved),
                ofPods(all.appeared(), moved.isEmpty()),
                ofPods(all.resolved(), moved.isEmpty()));
    }

    private static List<Change> told(List<Change> changes, Set<ObjectName> moved) {
        return changes.stream()
                .filter(change -> change.to().service() == null
                        || !moved.contains(change.to().service()))
                .toList();
    }

    /// @param whole whether all of them can be told, not only what is written when a Pod is made
    private List<Finding> ofPods(List<Finding> findings, boolean whole) {
        return findings.stream()
                .filter(finding -> whole || Code.valueOf(finding.code()).mendedByRestart())
                .filter(finding -> finding.affected().pods().stream().anyMatch(attached::containsKey))
                .toList();
    }

    private List<String> restarts() {
        return pods.stream().map(RecreatedPod::workload).distinct().sorted().toList();
    }

    private List<Sentence> notes(Set<ObjectName> moved) {
        var notes = new ArrayList<Sentence>();
        if (!moved.isEmpty()) {
            notes.add(Phrases.NOT_TOLD.with(
                    String.join(", ", moved.stream().map(ObjectName::toString).toList())));
        }
        if (!attached.isEmpty()) {
            notes.add(Phrases.FIRST_FREE.with());
        }
        return notes;
    }
}
