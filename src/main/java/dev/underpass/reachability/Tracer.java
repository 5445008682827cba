package dev.underpass.reachability;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.ObjectName;
import dev.underpass.net.IpAddress;
import dev.underpass.net.Packet;
import java.util.List;

/// Follows connections through one snapshot of a cluster; it shares what it works out between traces.
public final class Tracer {

    private final ClusterSnapshot snapshot;

    public Tracer(ClusterSnapshot snapshot) {
        this.snapshot = snapshot;
    }

    /// What happens to a connection from the Pod to the target.
    ///
    /// @throws IllegalArgumentException if the snapshot has no such Pod
    public Trace trace(ObjectName from, Target to) {
        var packet = new Packet(
                IpAddress.parse("0.0.0.0"), to.address(), to.protocol(), 40000, to.port(), Packet.Segment.SYN, 0);
        var place = new Place(Place.Kind.POD, from + "@" + snapshot.name());
        var end = new End(End.Cause.NOT_OBSERVED, End.Phase.SYN, place, "", "", packet);
        var path = new Path(null, Disposition.UNDETERMINED, end, List.of(), List.of());
        return new Trace(from, to, Disposition.UNDETERMINED, Confidence.ASSUMED, List.of(path), List.of());
    }
}
