package dev.underpass.diagnosis;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.Service;
import dev.underpass.net.IpAddress;
import dev.underpass.reachability.End.Cause;
import dev.underpass.reachability.Hop;
import dev.underpass.reachability.Path;
import dev.underpass.reachability.Trace;
import dev.underpass.words.Sentence;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Compares the backends that a node's rules lead to with the Service's endpoints.
final class EndpointMismatch {

    private EndpointMismatch() {}

    /// The mismatch that a trace shows; empty where rules and endpoints agree, or nothing was translated.
    static Optional<Attribution> of(ClusterSnapshot snapshot, Trace trace) {
        var service = snapshot.services().stream()
                .filter(each -> each.name().equals(trace.to().service()))
                .findFirst();
        var translation = trace.paths().stream()
                .flatMap(path -> path.forward().stream())
                .filter(hop -> hop.step() == Hop.Step.DNAT)
                .findFirst();
        if (service.isEmpty() || translation.isEmpty()) {
            return Optional.empty();
        }
        var all = endpoints(snapshot, service.get(), trace.to().address().family(), false);
        var ready = endpoints(snapshot, service.get(), trace.to().address().family(), true);
        var used = used(trace);
        var stale = new LinkedHashSet<>(used);
        stale.removeAll(all);
        var missing = new LinkedHashSet<>(ready);
        missing.removeAll(used);
        boolean lacks = !missing.isEmpty() && !service.get().internalLocal();
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
    static boolean isStale(ClusterSnapshot snapshot, Trace trace, Path path) {
        var destination = path.end().packet().destination();
        return path.end().phase().forward()
                && snapshot.observes("endpointslices.discovery.k8s.io")
                && path.forward().stream().anyMatch(hop -> hop.step() == Hop.Step.DNAT)
                && snapshot.services().stream()
                        .filter(service -> service.name().equals(trace.to().service()))
                        .anyMatch(service -> !endpoints(snapshot, service, destination.family(), false)
                                .contains(destination));
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

    private static Set<IpAddress> endpoints(
            ClusterSnapshot snapshot, Service service, IpAddress.Family family, boolean readyOnly) {
        var addresses = new LinkedHashSet<IpAddress>();
        snapshot.endpointSlices().stream()
                .filter(slice -> slice.service().equals(service.name()))
                .flatMap(slice -> slice.endpoints().stream())
                .filter(endpoint -> endpoint.ready() || !readyOnly)
                .flatMap(endpoint -> endpoint.addresses().stream())
                .filter(address -> address.family() == family)
                .forEach(addresses::add);
        return addresses;
    }
}
