package dev.underpass.topology;

import dev.underpass.cluster.ObjectName;
import dev.underpass.reachability.Disposition.Fold;
import java.util.List;

/// One tile of the drawing: a thing, or a rollup of things of one lane.
///
/// @param id the same in every drawing that has the tile, such as `node:node1`
/// @param name what it is called; empty for the Pods without a node, and for a rollup of everything
/// @param details further words on it, the most important first
/// @param members how many things of its lane it stands for
/// @param pods the Pods that it stands for or that are attached to it, in no order; none for Services
/// @param tally of its Pods by their worst verdicts; of Services, of the connections to them
/// @param ports the kinds of networks that it is in: both for dual-homed Pods
/// @param services the Services that it stands for, by name; none in other lanes
public record Tile(
        String id,
        Lane lane,
        boolean rollup,
        String name,
        List<String> details,
        int members,
        List<ObjectName> pods,
        Tally tally,
        List<Network.Kind> ports,
        List<ObjectName> services) {

    /// Where it stands, from left to right.
    public enum Lane {
        NETWORK,
        NODE,
        POD,
        SERVICE
    }

    public Tile {
        details = List.copyOf(details);
        pods = List.copyOf(pods);
        ports = List.copyOf(ports);
        services = List.copyOf(services);
    }

    /// A tile of another lane than the Services'.
    public Tile(
            String id,
            Lane lane,
            boolean rollup,
            String name,
            List<String> details,
            int members,
            List<ObjectName> pods,
            Tally tally,
            List<Network.Kind> ports) {
        this(id, lane, rollup, name, details, members, pods, tally, ports, List.of());
    }

    public Fold worst() {
        return tally.worst();
    }

    public boolean dualHomed() {
        return ports.size() > 1;
    }
}
