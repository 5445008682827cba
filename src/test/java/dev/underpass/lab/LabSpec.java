package dev.underpass.lab;

import dev.underpass.net.IpAddress.Family;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// What kind of cluster a lab is.
///
/// @param masqueradeAll kube-proxy masquerades all traffic to ClusterIPs
/// @param sameSubnet kube-proxy's clusterCIDR is the underlay's subnet
/// @param beLiberal kube-proxy runs with `--conntrack-tcp-be-liberal`: no INVALID rule
public record LabSpec(
        Stacks stacks, ProxyMode proxyMode, boolean masqueradeAll, boolean sameSubnet, boolean beLiberal) {

    /// The families of the cluster's addresses.
    public enum Stacks {
        IPV4,
        DUAL,
        IPV6;

        private List<Family> families() {
            return switch (this) {
                case IPV4 -> List.of(Family.IPV4);
                case DUAL -> List.of(Family.IPV4, Family.IPV6);
                case IPV6 -> List.of(Family.IPV6);
            };
        }
    }

    /// kube-proxy's ways of writing rules that a lab can have.
    public enum ProxyMode {
        IPTABLES,
        NFTABLES
    }

    private static final Map<String, LabSpec> NAMED = new TreeMap<>(Map.of(
            "ipv4", of(Stacks.IPV4, ProxyMode.IPTABLES),
            "ipv4-nftables", of(Stacks.IPV4, ProxyMode.NFTABLES),
            "dual-stack", of(Stacks.DUAL, ProxyMode.IPTABLES),
            "dual-stack-nftables", of(Stacks.DUAL, ProxyMode.NFTABLES),
            "ipv6", of(Stacks.IPV6, ProxyMode.IPTABLES),
            "ipv6-nftables", of(Stacks.IPV6, ProxyMode.NFTABLES),
            "masquerade-all", new LabSpec(Stacks.IPV4, ProxyMode.IPTABLES, true, false, false),
            "same-subnet", new LabSpec(Stacks.IPV4, ProxyMode.IPTABLES, false, true, false),
            "same-subnet-masquerade-all", new LabSpec(Stacks.IPV4, ProxyMode.IPTABLES, true, true, false),
            "be-liberal", new LabSpec(Stacks.IPV4, ProxyMode.IPTABLES, false, false, true)));

    private static LabSpec of(Stacks stacks, ProxyMode mode) {
        return new LabSpec(stacks, mode, false, false, false);
    }

    /// The names of the kinds that have one.
    public static Set<String> names() {
        return NAMED.keySet();
    }

    /// The kind of a name.
    ///
    /// @throws IllegalArgumentException if none has it
    public static LabSpec named(String name) {
        var spec = NAMED.get(name);
        if (spec == null) {
            throw new IllegalArgumentException("no such spec: %s; there are %s".formatted(name, names()));
        }
        return spec;
    }

    /// Any kind; plain IPv4 more often than others.
    static LabSpec random(RandomGenerator random) {
        var stacks = switch (random.nextInt(6)) {
            case 0, 1 -> Stacks.DUAL;
            case 2 -> Stacks.IPV6;
            default -> Stacks.IPV4;
        };
        var mode = random.nextInt(3) == 0 ? ProxyMode.NFTABLES : ProxyMode.IPTABLES;
        return new LabSpec(stacks, mode, random.nextInt(4) == 0, random.nextInt(4) == 0, random.nextInt(4) == 0);
    }

    public List<Family> families() {
        return stacks.families();
    }

    boolean has(Family family) {
        return families().contains(family);
    }

    /// The range that kube-proxy takes for the Pods'.
    String clusterCidr(Family family) {
        return sameSubnet ? Range.UNDERLAY.of(family) : Range.OVERLAY.of(family);
    }
}
