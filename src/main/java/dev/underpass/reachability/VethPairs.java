package dev.underpass.reachability;

import dev.underpass.cluster.NodeName;
import dev.underpass.net.Link;
import dev.underpass.net.NotObservedException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Pairs the ends of veth devices across namespaces.
final class VethPairs {

    private final Map<NodeName, Host> nodes;
    private final Map<NodeName, List<Host>> pods;
    private final Map<Port, Optional<Port>> peers = new ConcurrentHashMap<>();

    VethPairs(Map<NodeName, Host> nodes, Map<NodeName, List<Host>> pods) {
        this.nodes = nodes;
        this.pods = pods;
    }

    /// The other end of a veth pair, found by the interface indexes of both ends.
    ///
    /// @throws NotObservedException if more than one device could be it
    Optional<Port> peer(Port veth) {
        var known = peers.get(veth);
        if (known == null) {
            known = find(veth);
            peers.put(veth, known);
        }
        return known;
    }

    private Optional<Port> find(Port veth) {
        var sameNamespace = veth.link().peerName();
        if (sameNamespace != null) {
            return veth.host().stack().link(sameNamespace).map(link -> new Port(veth.host(), link));
        }
        var node = nodes.get(veth.host().node());
        var others = veth.host().isNode()
                ? pods.getOrDefault(veth.host().node(), List.of())
                : node == null ? List.<Host>of() : List.of(node);
        var candidates = others.stream()
                .filter(host -> host.report().network().links() != null && known(veth, host))
                .flatMap(host -> byIndexes(veth, host).stream())
                .toList();
        if (candidates.size() > 1) {
            throw new NotObservedException(Phrases.OTHER_END_UNSURE.with(candidates, veth));
        }
        return candidates.stream().findFirst();
    }

    private static Optional<Port> byIndexes(Port veth, Host other) {
        return other.stack().links().stream()
                .filter(Link::isVeth)
                .filter(link -> Objects.equals(link.index(), veth.link().peerIndex())
                        && Objects.equals(link.peerIndex(), veth.link().index())
                        && link.peerName() == null)
                .findFirst()
                .map(link -> new Port(other, link));
    }

    /// Whether the report's table of namespace numbers, where there is one, allows the other end to be in that host.
    private static boolean known(Port veth, Host other) {
        var number = veth.link().peerNamespace();
        var owner = number == null ? null : veth.host().report().netnsIds().get(number);
        if (owner == null) {
            return true;
        }
        return other.isNode() ? owner.equals("host") : owner.equals(other.uid());
    }
}
