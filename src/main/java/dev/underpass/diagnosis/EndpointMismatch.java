package dev.underpass.diagnosis;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.EndpointSlice;
import dev.underpass.cluster.ObjectName;
import dev.underpass.cluster.Service;
import dev.underpass.net.IpAddress;
import dev.underpass.reachability.Disposition;
import dev.underpass.reachability.End.Cause;
import dev.underpass.reachability.Hop;
import dev.underpass.reachability.Path;
import dev.underpass.reachability.Trace;
import dev.underpass.words.Sentence;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Compares the backends that a node's rules lead to with the Service's endpoints.
final class EndpointMismatch {

    private final ClusterSnapshot snapshot;
    private final Map<ObjectName, Service> services;
    private final Map<ObjectName, List<EndpointSlice>> slices;

    EndpointMismatch(ClusterSnapshot snapshot) {
        this.snapshot = snapshot;
        this.services = snapshot.services().stream().collect(toMap(Service::name, each -> each, (first, _) -> first));
        this.slices = snapshot.endpointSlices().stream().collect(groupingBy(EndpointSlice::service));
    }

    private Optional<Service> service(Trace trace) {
        return Optional.ofNullable(trace.to().service()).map(services::get);
    }

    /// The mismatch that a trace shows; empty where rules and endpoints agree, or nothing was translated.
    Optional<Attribution> of(Trace trace) {
        var service = service(trace);
        var translation = trace.paths().stream()
                .flatMap(path -> path.forward().stream())
                .filter(hop -> hop.step() == Hop.Step.DNAT)
                .findFirst();
        if (service.isEmpty() || translation.isEmpty()) {
            return Optional.empty();
        }
        var all = endpoints(service.get(), trace.to().address().family(), false);
        var ready = endpoints(service.get(), trace.to().address().family(), true);
        var used = used(trace);
        var stale = new LinkedHashSet<>(used);
        stale.removeAll(all);
        var missing = new LinkedHashSet<>(ready);
        missing.removeAll(used);
        boolean lacks = !missing.isEmpty() && !service.get().internalLocal() && isWhole(trace);
        if (all.isEmpty() || (stale.isEmpty() && !lacks)) {
            return Optional.empty();
        }
        var what = !stale.isEmpty()
                ? Phrases.STALE_RULES.with(stale, service.get().name())
                : Phrases.MISSING_RULES.with(missing, service.get().name());
        return Optional.of(Attribution.of(
                Code.U56,
                translation.get().where(),
                Sentence.line(translation.get().evidence()),
                what));
    }

    /// Whether a path ended on its way to an address that is no endpoint of the Service.
    boolean isStale(Trace trace, Path path) {
        var destination = path.end().packet().destination();
        return path.end().phase().forward()
                && snapshot.observes("endpointslices.discovery.k8s.io")
                && path.forward().stream().anyMatch(hop -> hop.step() == Hop.Step.DNAT)
                && service(trace).stream()
                        .anyMatch(service ->
                                !endpoints(service, destination.family(), false).contains(destination));
    }

    /// Whether every way was followed far enough to tell its backend.
    private static boolean isWhole(Trace trace) {
        return trace.paths().stream()
                .noneMatch(path -> path.backend() == null && path.disposition() == Disposition.UNDETERMINED);
    }

    private static Set<IpAddress> used(Trace trace) {
        var used = new LinkedHashSet<IpAddress>();
        trace.paths().stream()
                .filter(path -> path.end().cause() != Cause.UNTRANSLATED_TO_FABRIC)
                .map(Path::backend)
                .filter(Objects::nonNull)
                .forEach(backend -> used.add(backend.address()));
        return used;
    }

    private Set<IpAddress> endpoints(Service service, IpAddress.Family family, boolean readyOnly) {
        var addresses = new LinkedHashSet<IpAddress>();
        slices.getOrDefault(service.name(), List.of()).stream()
                .flatMap(slice -> slice.endpoints().stream())
                .filter(endpoint -> endpoint.ready() || !readyOnly)
                .flatMap(endpoint -> endpoint.addresses().stream())
                .filter(address -> address.family() == family)
                .forEach(addresses::add);
        return addresses;
    }
}
