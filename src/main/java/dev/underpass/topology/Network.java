package dev.underpass.topology;

import java.util.List;

/// A network that Pods are attached to.
///
/// @param id its prefix, with `@VLAN` where the VLAN is known; `unknown` or `overlay` where no prefix is
/// @param gateways the gateways that its SpiderIPPools name
/// @param pools the SpiderIPPools, or the overlay's IPPools, that give its addresses
public record Network(String id, Kind kind, List<String> gateways, List<String> pools) implements Comparable<Network> {

    /// What carries the network's packets.
    public enum Kind {
        /// The network outside of the nodes.
        UNDERLAY,
        /// The cluster's own network.
        OVERLAY
    }

    public Network {
        gateways = List.copyOf(gateways);
        pools = List.copyOf(pools);
    }

    @Override
    public int compareTo(Network other) {
        int byKind = kind.compareTo(other.kind);
        return byKind != 0 ? byKind : id.compareTo(other.id);
    }
}
