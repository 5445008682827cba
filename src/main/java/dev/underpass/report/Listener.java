package dev.underpass.report;

import dev.underpass.net.IpAddress;
import dev.underpass.net.Protocol;
import org.jspecify.annotations.Nullable;

/// A listening socket.
///
/// @param address absent for the wildcard of both families (`*`)
public record Listener(Protocol protocol, @Nullable IpAddress address, int port) {

    /// Whether a packet to that address and port reaches it.
    public boolean accepts(Protocol wanted, IpAddress destination, int destinationPort) {
        return protocol == wanted
                && port == destinationPort
                && (address == null || address.equals(destination) || isWildcardOf(destination.family()));
    }

    private boolean isWildcardOf(IpAddress.Family family) {
        return address != null && address.family() == family && address.high() == 0 && address.low() == 0;
    }

    @Override
    public String toString() {
        return protocol + " " + (address == null ? "*:" + port : address.withPort(port));
    }
}
