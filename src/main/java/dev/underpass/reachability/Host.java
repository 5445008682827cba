package dev.underpass.reachability;

import dev.underpass.cluster.NodeName;
import dev.underpass.cluster.ObjectName;
import dev.underpass.net.IpAddress;
import dev.underpass.net.IpStack;
import dev.underpass.net.Link;
import dev.underpass.net.NotObservedException;
import dev.underpass.netfilter.Conntrack;
import dev.underpass.netfilter.Ruleset;
import dev.underpass.report.Listener;
import dev.underpass.report.NamespaceReport;
import dev.underpass.report.PodReport;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One network namespace that takes part in connections: a node's own or a Pod's.
final class Host {

    private final Place place;
    private final NodeName node;
    private final @Nullable ObjectName pod;
    private final String uid;
    private final @Nullable Instant observedAt;
    private final NamespaceReport report;
    private final IpStack stack;
    private final Answering answering;
    private @Nullable Ruleset ruleset;

    private Host(
            Place place,
            NodeName node,
            @Nullable ObjectName pod,
            String uid,
            @Nullable Instant observedAt,
            NamespaceReport report) {
        this.place = place;
        this.uid = uid;
        this.node = node;
        this.pod = pod;
        this.observedAt = observedAt;
        this.report = report;
        this.stack = new IpStack(report.network());
        this.answering = new Answering(report.network(), stack);
    }

    static Host ofNode(NodeName node, @Nullable Instant observedAt, NamespaceReport report) {
        return new Host(new Place(Place.Kind.NODE, node.value()), node, null, "", observedAt, report);
    }

    static Host ofPod(NodeName node, @Nullable Instant observedAt, PodReport report) {
        var pod = new ObjectName(report.namespace(), report.name());
        return new Host(
                new Place(Place.Kind.POD, pod.toString()), node, pod, report.uid(), observedAt, report.network());
    }

    Place place() {
        return place;
    }

    NodeName node() {
        return node;
    }

    @Nullable
    ObjectName pod() {
        return pod;
    }

    /// The Pod's uid, empty for a node.
    String uid() {
        return uid;
    }

    boolean isNode() {
        return pod == null;
    }

    @Nullable
    Instant observedAt() {
        return observedAt;
    }

    NamespaceReport report() {
        return report;
    }

    IpStack stack() {
        return stack;
    }

    /// Its addresses but for the loopback ones, as far as they are observed.
    Stream<IpAddress> ownAddresses() {
        return answering.own();
    }

    /// Whether it may answer on the device when it is asked who has the address.
    boolean mayAnswer(Link on, IpAddress address) {
        return answering.may(on, address);
    }

    /// Whether it may answer on the device for addresses that are not its own.
    boolean mayAnswerForOthers(Link on, IpAddress.Family family) {
        return answering.mayForOthers(on, family);
    }

    /// The packet filter rules, parsed once.
    ///
    /// @throws NotObservedException if they were not reported for the family
    synchronized Ruleset ruleset(IpAddress.Family family) {
        if (ruleset == null) {
            var filters = report.filters();
            ruleset = Ruleset.parse(
                    filters.iptables(),
                    filters.ip6tables(),
                    filters.iptablesLegacy(),
                    filters.ip6tablesLegacy(),
                    filters.nftTree());
        }
        if (!ruleset.observed(family)) {
            throw new NotObservedException(Phrases.FILTER_RULES.with(place));
        }
        if (!ruleset.nativeTablesObserved()) {
            throw new NotObservedException(Phrases.NFTABLES.with(place));
        }
        if (!ruleset.deviceRules().isEmpty()) {
            throw new NotObservedException(
                    Phrases.DEVICE_RULE.with(ruleset.deviceRules().getFirst().text()));
        }
        return ruleset;
    }

    /// Whether the node's IPVS table translates the address, which is not simulated.
    boolean isVirtualServer(IpAddress address, int port) {
        var servers = report.ipvs();
        return servers != null
                && servers.stream().anyMatch(server -> server.address().equals(address) && server.port() == port);
    }

    Conntrack conntrack() {
        var sysctls = stack.sysctls();
        return new Conntrack(
                sysctls.value("net.netfilter.nf_conntrack_tcp_loose", 1) != 0,
                sysctls.value("net.netfilter.nf_conntrack_tcp_be_liberal", 0) != 0);
    }

    List<Listener> listeners() {
        var listeners = report.listeners();
        if (listeners == null) {
            throw new NotObservedException(Phrases.LISTENERS.with(place));
        }
        return listeners;
    }

    @Override
    public String toString() {
        return place.toString();
    }
}
