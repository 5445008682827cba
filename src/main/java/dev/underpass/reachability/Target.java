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

    /// `lab/web 10.233.42.25:80`.
    @Override
    public String toString() {
        var host = address.family() == IpAddress.Family.IPV6 ? "[" + address + "]" : address.toString();
        return (service == null ? "" : service + " ") + host + ":" + port;
    }
}
