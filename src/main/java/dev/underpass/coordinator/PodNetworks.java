package dev.underpass.coordinator;

import dev.underpass.cluster.NodeName;
import dev.underpass.cluster.ObjectName;
import dev.underpass.cluster.Pod;
import dev.underpass.coordinator.PodNetwork.Mode;
import dev.underpass.coordinator.PodNetwork.Nic;
import dev.underpass.coordinator.PodNetwork.Role;
import dev.underpass.net.DeviceName;
import dev.underpass.net.InterfaceAddress;
import dev.underpass.net.IpAddress;
import dev.underpass.net.IpPrefix;
import dev.underpass.net.Link;
import dev.underpass.net.NetworkState;
import dev.underpass.report.NamespaceReport;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Infers how Pods are attached. Device kinds and addresses decide; names, table numbers and settings do not.
public final class PodNetworks {

    private static final List<IpPrefix> LINK_LOCAL =
            List.of(IpPrefix.parse("169.254.0.0/16"), IpPrefix.parse("fe80::/10"));

    private PodNetworks() {}

    /// How the Pod is attached.
    ///
    /// @param report what was read in its namespace, absent when nothing was
    /// @param coordinated whether its network's configuration chains the coordinator
    public static PodNetwork infer(Pod pod, NodeName node, @Nullable NamespaceReport report, boolean coordinated) {
        if (pod.hostNetwork()) {
            return new PodNetwork(pod.name(), node, Mode.HOST_NETWORK, List.of(), null, Phrases.HOST_NETWORK.with());
        }
        var state = report == null ? NetworkState.NOT_OBSERVED : report.network();
        if (state.links() == null || state.addresses() == null) {
            return new PodNetwork(pod.name(), node, Mode.UNKNOWN, List.of(), null, Phrases.DEVICES_UNREPORTED.with());
        }
        return infer(pod.name(), node, nics(state.links(), state.addresses()), coordinated);
    }

    private static PodNetwork infer(ObjectName pod, NodeName node, List<Nic> nics, boolean coordinated) {
        boolean overlay = has(nics, Role.OVERLAY);
        boolean underlay = has(nics, Role.UNDERLAY);
        var leg = overlay
                ? null
                : nics.stream()
                        .filter(nic -> nic.role() == Role.NODE_LEG)
                        .findFirst()
                        .map(Nic::device)
                        .orElse(null);
        if (underlay && overlay) {
            return new PodNetwork(
                    pod,
                    node,
                    Mode.OVERLAY_MULTI_NIC,
                    nics,
                    null,
                    Phrases.BESIDE_OVERLAY.with(names(nics, Role.UNDERLAY)));
        }
        if (underlay) {
            var mode = leg != null || coordinated ? Mode.UNDERLAY : Mode.UNDERLAY_WITHOUT_COORDINATOR;
            var first = names(nics, Role.UNDERLAY);
            var led = leg == null ? Phrases.UNDERLAY_UNLED.with(first) : Phrases.UNDERLAY_LED.with(first, leg);
            return new PodNetwork(pod, node, mode, nics, leg, led);
        }
        var mode = overlay ? Mode.OVERLAY : Mode.UNKNOWN;
        return new PodNetwork(pod, node, mode, nics, null, (overlay ? Phrases.ONLY_OVERLAY : Phrases.NO_NIC).with());
    }

    private static boolean has(List<Nic> nics, Role role) {
        return nics.stream().anyMatch(nic -> nic.role() == role);
    }

    private static String names(List<Nic> nics, Role role) {
        return String.join(
                ", ",
                nics.stream()
                        .filter(nic -> nic.role() == role)
                        .map(nic -> nic.device() + " (" + nic.kind() + ")")
                        .toList());
    }

    private static List<Nic> nics(List<Link> links, List<InterfaceAddress> addresses) {
        var nics = new ArrayList<Nic>();
        for (var link : links) {
            if (!link.loopback() && !isTunnelStub(link)) {
                var own = addresses(link.name(), addresses);
                var kind = link.kind().isEmpty() ? "physical" : link.kind();
                nics.add(new Nic(link.name(), role(link, own), kind, own));
            }
        }
        return nics;
    }

    /// The kernel makes some tunnel devices in every namespace when their module is loaded.
    private static boolean isTunnelStub(Link link) {
        return List.of("ipip", "sit", "gre", "ip6tnl", "ip6gre", "vti").contains(link.kind()) && !link.up();
    }

    private static Role role(Link link, List<IpAddress> own) {
        if (link.isUnderlayChild() || link.kind().isEmpty()) {
            return Role.UNDERLAY;
        }
        if (link.isVeth()) {
            return own.isEmpty() ? Role.NODE_LEG : Role.OVERLAY;
        }
        return Role.OTHER;
    }

    /// Addresses that reach beyond the link; the coordinator may give its veth one of 169.254.0.0/16.
    private static List<IpAddress> addresses(DeviceName device, List<InterfaceAddress> addresses) {
        return addresses.stream()
                .filter(address -> address.device().equals(device))
                .map(InterfaceAddress::local)
                .filter(local -> LINK_LOCAL.stream().noneMatch(range -> range.contains(local)))
                .toList();
    }
}
