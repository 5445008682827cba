package dev.underpass.console.probes;

import dev.underpass.console.InvalidInputException;
import dev.underpass.console.Parameters;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.reachability.Target;
import java.util.LinkedHashSet;
import java.util.List;
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

    private static final int MAX_TARGETS = 64;

    /// The probe itself, not yet sent.
    Probe probe(ClusterView cluster, String id, java.time.Instant now) {
        var from = Parameters.pod(cluster, "pod", given("pod", pod));
        var target = target(cluster);
        var targets = new LinkedHashSet<Target>();
        targets.add(target);
        for (var path : cluster.analysis().trace(from, target).paths()) {
            var backend = path.backend();
            if (backend != null) {
                targets.add(
                        target.address().equals(backend.address())
                                ? target
                                : new Target(backend.address(), backend.port(), target.protocol(), null));
            }
        }
        var node = cluster.pod(from).orElseThrow().analysis().pod().node();
        return new Probe(id, from, node, targets.stream().limit(MAX_TARGETS).toList(), now, null, List.of());
    }

    private Target target(ClusterView cluster) {
        if ((service == null) == (address == null)) {
            throw new InvalidInputException("service", "name either a service or an address");
        }
        if (service != null) {
            return Parameters.service(cluster, Parameters.name("service", service), port == null ? 0 : port);
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
