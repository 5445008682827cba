package dev.underpass.console.probes;

import dev.underpass.cluster.ObjectName;
import dev.underpass.console.InvalidInputException;
import dev.underpass.console.Parameters;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.reachability.Target;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What is to be probed, as it came: from a Pod to a Service port, or to an address.
///
/// @param pod `namespace/name`
/// @param service `namespace/name`; this or `address`
record ProbeRequest(
        @Nullable String pod,
        @Nullable String service,
        @Nullable String address,
        @Nullable Integer port,
        @Nullable String protocol) {

    /// The client.
    ObjectName from(ClusterView cluster) {
        return Parameters.pod(cluster, "pod", given("pod", pod));
    }

    /// What it connects to.
    Target target(ClusterView cluster) {
        if ((service == null) == (address == null)) {
            throw new InvalidInputException("service", "name either a service or an address");
        }
        if (service != null) {
            return Parameters.service(
                    cluster, service, port == null ? 0 : port, Objects.requireNonNullElse(protocol, ""));
        }
        if (port == null || port < 1 || port > 65535) {
            throw new InvalidInputException("port", "not a port: " + port);
        }
        return cluster.analysis()
                .target(
                        Parameters.address("address", given("address", address)),
                        port,
                        Parameters.protocol("protocol", protocol == null ? "TCP" : protocol));
    }

    private static String given(String field, @Nullable String text) {
        if (text == null) {
            throw new InvalidInputException(field, "missing");
        }
        return text;
    }
}
