package dev.underpass.console.api;

import dev.underpass.console.InvalidInputException;
import dev.underpass.console.Parameters;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.net.IpAddress;
import dev.underpass.reachability.Target;
import dev.underpass.reachability.Trace;
import org.jspecify.annotations.Nullable;

/// The parameters of a trace as they came.
///
/// @param service `namespace/name`; this or `address` says where to
/// @param port 0 for the Service's first
/// @param protocol empty for TCP, or for what the Service's port has
/// @param fromAddress the address that the client's socket is bound to
record TraceQuestion(
        String pod,
        String service,
        String address,
        int port,
        String protocol,
        @Nullable String fromAddress) {

    Trace ask(ClusterView cluster) {
        var client = Parameters.pod(cluster, "pod", pod);
        var target = target(cluster);
        if (fromAddress == null || fromAddress.isBlank()) {
            return cluster.analysis().trace(client, target);
        }
        IpAddress source = Parameters.address("fromAddress", fromAddress);
        return cluster.analysis().traceFrom(client, source, target);
    }

    private Target target(ClusterView cluster) {
        if (service.isBlank() == address.isBlank()) {
            throw new InvalidInputException("service", "name either a service or an address");
        }
        if (!service.isBlank()) {
            return Parameters.service(cluster, service, portOrNone(), protocol);
        }
        if (portOrNone() == 0) {
            throw new InvalidInputException("port", "not a port: 0");
        }
        return cluster.analysis()
                .target(
                        Parameters.address("address", address),
                        port,
                        Parameters.protocol("protocol", protocol.isEmpty() ? "TCP" : protocol));
    }

    private int portOrNone() {
        if (port < 0 || port > 65535) {
            throw new InvalidInputException("port", "not a port: " + port);
        }
        return port;
    }
}
