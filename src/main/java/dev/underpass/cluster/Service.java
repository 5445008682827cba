package dev.underpass.cluster;

import dev.underpass.net.IpAddress;
import dev.underpass.net.Protocol;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A Kubernetes Service.
///
/// @param clusterIps empty for a headless Service and for `ExternalName`
/// @param internalLocal `internalTrafficPolicy: Local`
/// @param externalLocal `externalTrafficPolicy: Local`
/// @param clientIpAffinity `sessionAffinity: ClientIP`
public record Service(
        ObjectName name,
        String type,
        List<IpAddress> clusterIps,
        List<Port> ports,
        Map<String, String> selector,
        boolean internalLocal,
        boolean externalLocal,
        boolean clientIpAffinity,
        boolean publishNotReady,
        List<IpAddress> externalIps,
        List<IpAddress> loadBalancerIps,
        @Nullable Instant createdAt) {

    public Service {
        clusterIps = List.copyOf(clusterIps);
        ports = List.copyOf(ports);
        selector = Map.copyOf(selector);
        externalIps = List.copyOf(externalIps);
        loadBalancerIps = List.copyOf(loadBalancerIps);
    }

    /// A port of the Service.
    ///
    /// @param name empty when the Service has one unnamed port
    /// @param targetPort a number or the name of a container port
    /// @param nodePort 0 when there is none
    public record Port(String name, Protocol protocol, int port, String targetPort, int nodePort) {}
}
