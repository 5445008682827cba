package dev.underpass.cluster;

import dev.underpass.net.IpAddress;
import dev.underpass.net.Protocol;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A part of a Service's endpoints, all of one address family.
///
/// @param service the Service it belongs to, from its label `kubernetes.io/service-name`
public record EndpointSlice(ObjectName name, ObjectName service, List<Port> ports, List<Endpoint> endpoints) {

    public EndpointSlice {
        ports = List.copyOf(ports);
        endpoints = List.copyOf(endpoints);
    }

    /// A port that every endpoint of the slice has; `name` pairs it with the Service's port.
    public record Port(String name, Protocol protocol, int port) {}

    /// One backend.
    ///
    /// @param ready takes new connections
    /// @param pod the Pod behind it, when the slice says
    public record Endpoint(
            List<IpAddress> addresses,
            boolean ready,
            boolean serving,
            boolean terminating,
            @Nullable NodeName node,
            @Nullable ObjectName pod) {
        public Endpoint {
            addresses = List.copyOf(addresses);
        }
    }
}
