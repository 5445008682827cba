package dev.underpass.diagnosis;

import dev.underpass.diagnosis.Finding.Severity;
import dev.underpass.words.Sentence;
import java.util.List;

/// The failures of the catalogue that can be told apart, with what to do about each. The codes never change meaning.
public enum Code {
    U01(
            Severity.CRITICAL,
            Mending.BY_RESTART,
            "The coordinator is not chained",
            "Add the coordinator to the Pod's network (enableCoordinator: true in its SpiderMultusConfig) and restart the Pod."),
    U02(
            Severity.CRITICAL,
            "SpiderCoordinator is not ready",
            "Read status.reason of the SpiderCoordinator; Pods can neither be created nor deleted until its phase is Synced."),
    U03(
            Severity.CRITICAL,
            "The coordinator knows no Service range",
            "Make the Service range known (ServiceCIDR, kubeadm-config or kube-controller-manager), so that status.serviceCIDR is filled."),
    U04(
            Severity.CRITICAL,
            Mending.BY_RESTART,
            "An address is outside of the detected ranges",
            "Correct the source of status.serviceCIDR or overlayPodCIDR, or add the range to hijackCIDR; then restart the Pods."),
    U05(
            Severity.CRITICAL,
            Mending.BY_RESTART,
            "The Service range grew after the Pods were made",
            "Restart the Pods: routes are written when a Pod is created, and these predate the range."),
    U10(
            Severity.WARNING,
            Mending.BY_RESTART,
            "Pods keep routes of older settings",
            "Restart the Pods: they were made with other coordinator settings than today's."),
    U11(
            Severity.CRITICAL,
            Mending.BY_RESTART,
            "podCIDRType none without socket load-balancing",
            "Set podCIDRType to auto, calico or cluster, or let Cilium replace kube-proxy; then restart the Pods."),
    U16(
            Severity.WARNING,
            "The coordinator's mode does not fit the Pod's NICs",
            "Set mode to auto, or give the Pod the default network that the mode expects."),
    U17(
            Severity.CRITICAL,
            Mending.BY_RESTART,
            "An overlay Pod's default route leaves by an underlay NIC",
            "Remove podDefaultRouteNIC or the annotation that moved the default route, then restart the Pod."),
    U18(
            Severity.CRITICAL,
            "A route hides the way to Services",
            "Remove the route, or the SpiderIPPool's routes entry or annotation that adds it."),
    U20(
            Severity.WARNING,
            Mending.BY_RESTART,
            "The Pod has no usable default route",
            "Check the SpiderIPPool's gateway; restart the Pod to get its routes back."),
    U21(
            Severity.CRITICAL,
            Mending.BY_RESTART,
            "A policy rule of the Pod is missing or sends packets elsewhere",
            "Delete the stray rule, or restart the Pod to get its own rules back."),
    U22(
            Severity.CRITICAL,
            Mending.BY_RESTART,
            "A route to the node is missing in the Pod",
            "Restart the Pod: its routes are written when it is created. Nothing tells whether this one was removed, or whether the range was asked for only after that: if it is lost again, find out what removes it."),
    U23(
            Severity.CRITICAL,
            Mending.BY_RESTART,
            "Service traffic is sent to a gateway that is not the node",
            "Restart the Pod; the node's address changed, or a virtual address was taken for it."),
    U24(
            Severity.CRITICAL,
            Mending.BY_RESTART,
            "The veth pair to the node is missing or down",
            "Restart the Pod; keep NetworkManager and others away from veth devices."),
    U25(
            Severity.CRITICAL,
            Mending.BY_RESTART,
            "The Pod has a wrong link-layer address for its node",
            "Delete the neighbour entry in the Pod, or restart the Pod; set MACAddressPolicy=none for veth devices."),
    U26(
            Severity.CRITICAL,
            Mending.BY_RESTART,
            "The node has a wrong link-layer address for the Pod",
            "Correct the neighbour entry on the node, or restart the Pod."),
    U27(
            Severity.WARNING,
            Mending.BY_RESTART,
            "Answers are not marked for the way back to the node",
            "Restart the Pod: the mark rules and their table are written when it is created."),
    U30(
            Severity.CRITICAL,
            Mending.BY_RESTART,
            "rp_filter drops packets in the Pod",
            "Set podRPFilter to 0 in the SpiderCoordinator, and restart the Pod or set the sysctl in it."),
    U31(
            Severity.INFO,
            "A socket bound to an underlay address cannot use Services",
            "Let the program bind to no address, or to the overlay NIC's."),
    U33(
            Severity.WARNING,
            Mending.BY_RESTART,
            "The Pod's network was changed from within",
            "Find the privileged program that changed it; restart the Pod."),
    U34(
            Severity.CRITICAL,
            "A packet filter rule in the Pod drops packets",
            "Remove the rule; look for the program in the Pod that adds it."),
    U36(
            Severity.CRITICAL,
            "Two namespaces have the same address",
            "Find out which of them should have it; release the other's address."),
    U38(Severity.WARNING, "An IP pool is exhausted", "Add addresses to the pool, or release those that are not used."),
    U39(Severity.CRITICAL, "The next hop does not answer", "Check the gateway, the VLAN and the switch port."),
    U43(
            Severity.CRITICAL,
            "The target is on the Pod's own parent device",
            "Reach the node's own addresses by the veth pair: they need a route there (hijackCIDR)."),
    U47(Severity.CRITICAL, "An underlay NIC is down", "Bring the parent device on the node up; check its carrier."),
    U48(
            Severity.CRITICAL,
            "The node's rule for the host table is missing",
            "Restore it: ip rule add from all lookup 500 priority 1000. Stop systemd-networkd from removing foreign rules (ManageForeignRoutingPolicyRules=no)."),
    U49(
            Severity.CRITICAL,
            Mending.BY_RESTART,
            "The node's routes to its Pods are missing or wrong",
            "Restart the Pods to have their routes in the host table written again."),
    U51(
            Severity.CRITICAL,
            "The node does not forward",
            "Set net.ipv4.ip_forward=1 (net.ipv6.conf.all.forwarding=1) and find out who resets it."),
    U52(
            Severity.CRITICAL,
            "rp_filter drops packets on the node",
            "Set rp_filter to 0 on the node for all and for the device; repair the way back if it is missing."),
    U53(
            Severity.CRITICAL,
            "A packet filter rule on the node drops packets",
            "Remove the rule or accept the Pods' traffic before it; find out which program adds it."),
    U54(
            Severity.WARNING,
            "kube-proxy drops connections that the node sees only half of",
            "Run kube-proxy with conntrack.tcpBeLiberal: true or in nftables mode."),
    U55(
            Severity.WARNING,
            "Calico drops connections that the node sees only half of",
            "Set disableConntrackInvalidCheck in the FelixConfiguration."),
    U56(
            Severity.CRITICAL,
            "kube-proxy's rules do not match the Service's endpoints",
            "Check that kube-proxy runs on the node and can reach the API server; restart it."),
    U57(
            Severity.WARNING,
            "Both iptables variants hold Service rules",
            "Remove the rules of the variant that kube-proxy no longer uses, then restart kube-proxy."),
    U58(
            Severity.CRITICAL,
            "The node's chain of a Service leads to no endpoint",
            "Restart kube-proxy on the node, so that it writes its rules again."),
    U66(
            Severity.CRITICAL,
            "Service traffic is not masqueraded",
            "Set masqueradeAll: true for kube-proxy, or take the underlay subnet out of its clusterCIDR."),
    U67(
            Severity.CRITICAL,
            "kube-proxy's rule for masquerading is missing",
            "Restart kube-proxy, check clusterCIDR and detectLocalMode."),
    U70(
            Severity.WARNING,
            "Answers do not come back by the node that translated",
            "Use an address whose answers cross that node: the overlay address of the Pod."),
    U73(
            Severity.INFO,
            "A Service has no ready endpoint",
            "Check the selector, the readiness of its Pods, and the port and protocol that are asked for."),
    U74(
            Severity.INFO,
            "A Service with internalTrafficPolicy Local has no endpoint on some nodes",
            "Run an endpoint on each node that has clients, or set internalTrafficPolicy to Cluster."),
    U81(Severity.CRITICAL, "The node has no way to the backend", "Give the node a route to the backend's subnet."),
    U89(
            Severity.CRITICAL,
            "Nothing listens at the endpoint",
            "Let the program listen on all addresses, and check the Service's targetPort."),
    U90(Severity.CRITICAL, "A backend cannot answer", "Repair the backend's own network: see the findings on it."),
    U93(
            Severity.WARNING,
            "The evidence is incomplete",
            "Check the node's agent: what it did not report cannot be judged.");

    private final Severity severity;
    private final Mending mending;
    private final String title;
    private final String remedy;

    private enum Mending {
        /// Routes and rules are written when a Pod is made, so that making the Pods anew is part of the remedy.
        BY_RESTART,
        OTHERWISE
    }

    Code(Severity severity, String title, String remedy) {
        this(severity, Mending.OTHERWISE, title, remedy);
    }

    Code(Severity severity, Mending mending, String title, String remedy) {
        this.severity = severity;
        this.mending = mending;
        this.title = title;
        this.remedy = remedy;
    }

    public Severity severity() {
        return severity;
    }

    /// What is wrong, in a few words.
    public String title() {
        return title;
    }

    /// The title, as what other languages say it by its code.
    Sentence titled() {
        return new Sentence("code." + name() + ".title", title, List.of());
    }

    /// What to do.
    public String remedy() {
        return remedy;
    }

    /// Whether restarting the affected Pods is part of what mends it.
    public boolean mendedByRestart() {
        return mending == Mending.BY_RESTART;
    }
}
