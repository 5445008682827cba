package dev.underpass.console.web;

import dev.underpass.cluster.EndpointSlice;
import dev.underpass.cluster.NodeName;
import dev.underpass.cluster.ObjectName;
import dev.underpass.cluster.Service;
import dev.underpass.diagnosis.Analysis;
import dev.underpass.net.IpAddress;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What is behind a Service, by its EndpointSlices: those first that take no new connections.
record ServiceBackends(List<Backend> all) {

    /// An address behind the Service, with the ports that its slice has.
    ///
    /// @param pod absent where the slice names none
    /// @param attachment how the Pod is attached; absent where nothing is known of one
    record Backend(
            IpAddress address,
            List<EndpointSlice.Port> ports,
            boolean ready,
            boolean serving,
            boolean terminating,
            @Nullable NodeName node,
            @Nullable ObjectName pod,
            @Nullable String attachment) {

        /// A word of the messages for whether it takes connections.
        public String state() {
            if (terminating) {
                return serving ? "draining" : "terminating";
            }
            return ready ? "ready" : "notReady";
        }
    }

    static ServiceBackends of(Analysis analysis, Service service) {
        return new ServiceBackends(analysis.snapshot().endpointSlices().stream()
                .filter(slice -> slice.service().equals(service.name()))
                .flatMap(slice -> slice.endpoints().stream().flatMap(each -> of(analysis, slice, each)))
                .sorted(Comparator.comparing(Backend::ready)
                        .thenComparing(each -> String.valueOf(each.pod()))
                        .thenComparing(each -> each.address().toString()))
                .toList());
    }

    private static Stream<Backend> of(Analysis analysis, EndpointSlice slice, EndpointSlice.Endpoint endpoint) {
        var pod = endpoint.pod();
        var attachment = pod == null
                ? null
                : analysis.pod(pod).map(each -> each.network().attachment()).orElse(null);
        return endpoint.addresses().stream()
                .map(address -> new Backend(
                        address,
                        slice.ports(),
                        endpoint.ready(),
                        endpoint.serving(),
                        endpoint.terminating(),
                        endpoint.node(),
                        pod,
                        attachment));
    }

    /// Those that a port leads to: a slice calls the port by the same name.
    Stream<Backend> of(Service.Port port) {
        return all.stream()
                .filter(each -> each.ports().stream()
                        .anyMatch(one -> one.name().equals(port.name()) && one.protocol() == port.protocol()));
    }
}
