package dev.underpass.report;

import dev.underpass.net.IpAddress;
import dev.underpass.net.Protocol;
import java.util.List;

/// A Service in the node's IPVS table.
///
/// @param persistenceSeconds how long a client stays with its backend; 0 without persistence
public record VirtualServer(
        IpAddress address,
        int port,
        Protocol protocol,
        String scheduler,
        int persistenceSeconds,
        List<RealServer> realServers) {

    public VirtualServer {
        realServers = List.copyOf(realServers);
    }

    /// One backend of it; a weight of 0 takes no new connections.
    ///
    /// @param forward `Masq`, `Route`, `Tunnel` or `Local`
    public record RealServer(IpAddress address, int port, int weight, String forward) {}
}
