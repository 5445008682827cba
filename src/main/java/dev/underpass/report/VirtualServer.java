package dev.underpass.report;

import dev.underpass.net.IpAddress;
import dev.underpass.net.Protocol;
import java.util.List;

/// A Service in the node's IPVS table.
public record VirtualServer(
        IpAddress address, int port, Protocol protocol, String scheduler, List<RealServer> realServers) {

    public VirtualServer {
        realServers = List.copyOf(realServers);
    }

    /// One backend of it; a weight of 0 takes no new connections.
    public record RealServer(IpAddress address, int port, int weight) {}
}
