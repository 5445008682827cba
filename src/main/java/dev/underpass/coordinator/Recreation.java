package dev.underpass.coordinator;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.Node;
import dev.underpass.cluster.Pod;
import dev.underpass.cluster.SpiderpoolResources.NetworkAttachment;
import dev.underpass.net.DeviceName;
import dev.underpass.net.IpAddress;
import dev.underpass.net.Link;
import dev.underpass.net.NetworkState;
import dev.underpass.net.TableId;
import dev.underpass.report.NamespaceReport;
import dev.underpass.words.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a Pod gets that is made anew, with the same NICs and addresses, under the settings of a snapshot.
public final class Recreation {

    private final ClusterSnapshot now;
    private final ClusterSnapshot snapshot;
    private final Pod pod;
    private final PodNetwork network;
    private final NamespaceReport report;
    private final NamespaceReport host;

    private Recreation(
            ClusterSnapshot now,
            ClusterSnapshot snapshot,
            Pod pod,
            PodNetwork network,
            NamespaceReport report,
            NamespaceReport host) {
        this.now = now;
        this.snapshot = snapshot;
        this.pod = pod;
        this.network = network;
        this.report = report;
        this.host = host;
    }

    /// What comes of it.
    public sealed interface Outcome {

        /// The Pod runs.
        ///
        /// @param pod its namespace
        /// @param node what its node has for it
        record Made(NamespaceReport pod, NodeSide node) implements Outcome {}

        /// The Pod cannot start.
        record Refused(Sentence reason) implements Outcome {}

        /// Nobody can say.
        record Unknown(Sentence reason) implements Outcome {}
    }

    /// Works out what becomes of the Pod.
    ///
    /// @param now the cluster that the Pod was made in
    /// @param settings whose networks and coordinator hold
    /// @param report what was read in the Pod's namespace
    /// @param host what was read in its node's
    public static Outcome of(
            ClusterSnapshot now,
            ClusterSnapshot settings,
            Pod pod,
            PodNetwork network,
            NamespaceReport report,
            NamespaceReport host) {
        try {
            return new Recreation(now, settings, pod, network, report, host).outcome();
        } catch (Refusal e) {
            return new Outcome.Refused(e.sentence());
        } catch (Unpredictable e) {
            return new Outcome.Unknown(e.sentence());
        }
    }

    /// The lines that the Pod has without the coordinator's; for a Pod that can be made anew.
    static FamilyLines before(
            ClusterSnapshot snapshot,
            Pod pod,
            PodNetwork network,
            NamespaceReport report,
            NamespaceReport host,
            IpAddress.Family family) {
        var base = new Recreation(snapshot, snapshot, pod, network, report, host).base();
        return family == IpAddress.Family.IPV4 ? base.ipv4() : base.ipv6();
    }

    /// What the Pod would route by that is made anew; empty where it cannot start or nobody can say.
    ///
    /// Its mangle table need not be known.
    static Optional<NetworkState> routing(
            ClusterSnapshot snapshot, Pod pod, PodNetwork network, NamespaceReport report, NamespaceReport host) {
        var work = new Recreation(snapshot, snapshot, pod, network, report, host);
        try {
            var base = work.base();
            return Optional.of(new PodSide(network, report).network(base, work.run(base)));
        } catch (Refusal | Unpredictable _) {
            return Optional.empty();
        }
    }

    private PodBase base() {
        return PodBase.of(network, report.network(), nodeAddresses());
    }

    private Outcome outcome() {
        var base = base();
        var run = run(base);
        return new Outcome.Made(new PodSide(network, report).after(base, run), nodeSide(base, run));
    }

    private CoordinatorRun run(PodBase base) {
        var run = new CoordinatorRun(base, this::nodeAddresses, this::leg);
        for (var nic : base.nics()) {
            if (nic.role() == PodNetwork.Role.UNDERLAY) {
                var attachment = attachment(nic);
                PoolOfNic.apply(now, snapshot, pod.name(), nic, base.families());
                if (attachment.coordinator() != null) {
                    var settings = EffectiveSettings.of(snapshot, pod, Optional.of(attachment));
                    checkCoordinator(settings);
                    run.add(nic, settings);
                }
            }
        }
        checkDefaults(base.ipv6());
        return run;
    }

    /// IPv6 joins default routes of one metric to one route with several next hops.
    private static void checkDefaults(FamilyLines lines) {
        long defaults = lines.routes().stream()
                .filter(route -> route.isDefault() && route.table().equals(TableId.MAIN))
                .count();
        if (defaults > 1) {
            throw new Unpredictable(Phrases.SEVERAL_DEFAULTS.with(defaults));
        }
    }

    private NetworkAttachment attachment(PodNetwork.Nic nic) {
        var attachment = NetworkOfNic.of(snapshot, pod, network, nic);
        if (!NetworkOfNic.samePlugins(NetworkOfNic.of(now, pod, network, nic), attachment)) {
            throw new Unpredictable(Phrases.PLUGINS_EDITED.with(attachment.name()));
        }
        return attachment;
    }

    /// The coordinator asks the agent for its configuration, also where the mode says to do nothing.
    private void checkCoordinator(EffectiveSettings settings) {
        var coordinator = snapshot.spiderpool().coordinators().stream()
                .findFirst()
                .orElseThrow(() -> new Refusal(Phrases.NO_COORDINATOR.with()));
        if (coordinator.phase() != null && !coordinator.phase().equals("Synced")) {
            throw new Refusal(Phrases.COORDINATOR_PHASE.with(coordinator.name(), coordinator.phase()));
        }
        if (coordinator.serviceCidrs() == null) {
            throw new Refusal(Phrases.COORDINATOR_WITHOUT_CIDR.with(coordinator.name()));
        }
        settings.unreadable().ifPresent(text -> {
            throw new Refusal(Phrases.HIJACK_UNREADABLE.with(text));
        });
        int rpFilter = settings.podRpFilter().value();
        if (rpFilter > 2) {
            throw new Refusal(Phrases.RP_FILTER_UNKNOWN.with(rpFilter));
        }
    }

    private List<IpAddress> nodeAddresses() {
        var all = new ArrayList<IpAddress>();
        network.primary().stream()
                .flatMap(nic -> nic.addresses().stream())
                .forEach(own -> all.addAll(nodeAddresses(own)));
        return all;
    }

    private List<IpAddress> nodeAddresses(IpAddress own) {
        var known = snapshot.nodes().stream()
                .filter(node -> node.name().equals(network.node()))
                .map(Node::addresses)
                .findFirst()
                .orElse(List.of());
        return NodeAddresses.of(host.network(), known, own);
    }

    private PodLeg leg(DeviceName device) {
        boolean there = !device.equals(PodLeg.VETH0) || network.nodeLeg() != null;
        if (there) {
            return PodLeg.of(report.network(), host.network(), device.equals(PodLeg.VETH0) ? present() : device);
        }
        var own = network.primary().flatMap(nic -> nic.addresses().stream().findFirst());
        return PodLeg.made(report.network(), host.network(), own.orElseThrow());
    }

    private DeviceName present() {
        return java.util.Objects.requireNonNull(network.nodeLeg());
    }

    private NodeSide nodeSide(PodBase base, CoordinatorRun run) {
        var leg = run.leg();
        if (leg == null) {
            return NodeSide.without(presentEnd());
        }
        var addresses = base.nics().stream()
                .filter(nic -> nic.role() == PodNetwork.Role.UNDERLAY)
                .flatMap(nic -> nic.addresses().stream())
                .collect(Collectors.toSet());
        var veth = run.veth();
        return new NodeSide(
                null,
                veth == null ? null : veth.onNode(),
                addresses,
                leg.onNode().name(),
                leg.podMac(),
                table(run));
    }

    private @Nullable DeviceName presentEnd() {
        return network.nodeLeg() == null
                ? null
                : Drift.hostEnd(report.network(), host.network(), network.nodeLeg())
                        .map(Link::name)
                        .orElse(null);
    }

    private static TableId table(CoordinatorRun run) {
        var settings = java.util.Objects.requireNonNull(run.last());
        return new TableId(Integer.toString(settings.hostRuleTable().value()));
    }
}
