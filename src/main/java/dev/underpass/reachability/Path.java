package dev.underpass.reachability;

import dev.underpass.cluster.NodeName;
import dev.underpass.cluster.ObjectName;
import dev.underpass.net.IpAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One way that a connection may take: to one backend of a Service, or to the address itself.
///
/// @param backend where the first packet arrived or was sent to, absent when it was never translated or delivered
/// @param forward the decisions on the client's packets, up to the one that ended the connection
/// @param reply those on the server's packets
public record Path(@Nullable Backend backend, Disposition disposition, End end, List<Hop> forward, List<Hop> reply) {

    public Path {
        forward = List.copyOf(forward);
        reply = List.copyOf(reply);
    }

    /// Whether the handshake passed before the connection ended.
    public boolean handshakePassed() {
        return end.phase().compareTo(End.Phase.ACK) >= 0;
    }

    /// The endpoint of a path.
    ///
    /// @param pod the Pod that has the address, absent for a node's or a foreign one
    /// @param node the node that runs the Pod or has the address
    public record Backend(
            IpAddress address,
            int port,
            @Nullable ObjectName pod,
            @Nullable NodeName node) {

        /// `10.233.64.9:8080` or `[fd00::9]:8080`.
        public String socket() {
            return address.withPort(port);
        }
    }
}
