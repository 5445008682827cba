package dev.underpass.reachability;

import dev.underpass.cluster.ObjectName;
import dev.underpass.net.IpAddress;
import dev.underpass.net.Protocol;
import org.jspecify.annotations.Nullable;

/// What a connection is made to.
///
/// @param service the Service that owns the address, when one does
public record Target(
        IpAddress address,
        int port,
        Protocol protocol,
        @Nullable ObjectName service) {

    /// `lab/web 10.233.42.25:80` or `kube-system/kube-dns 10.233.0.10:53/udp`.
    @Override
    public String toString() {
        return (service == null ? "" : service + " ") + written();
    }

    /// `10.233.42.25:80` or `[fd00::1]:80`.
    public String socket() {
        return address.withPort(port);
    }

    /// The socket as people write it, with the protocol where it is not TCP: `10.233.0.10:53/udp`.
    public String written() {
        return socket() + (protocol == Protocol.TCP ? "" : "/" + protocol);
    }
}
