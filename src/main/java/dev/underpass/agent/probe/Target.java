package dev.underpass.agent.probe;

import dev.underpass.net.IpAddress;
import dev.underpass.net.Protocol;
import org.jspecify.annotations.Nullable;

/// What a probe connects to.
///
/// @param service the Service that the address belongs to, `namespace/name`, where it is one's
public record Target(
        IpAddress address,
        int port,
        Protocol protocol,
        @Nullable String service) {

    public Target {
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("not a port: " + port);
        }
    }
}
