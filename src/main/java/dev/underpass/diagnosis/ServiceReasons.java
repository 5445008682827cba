package dev.underpass.diagnosis;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.EndpointSlice;
import dev.underpass.cluster.NodeName;
import dev.underpass.net.IpAddress;
import dev.underpass.net.IpPrefix;
import dev.underpass.reachability.End;
import dev.underpass.reachability.Hop;
import dev.underpass.reachability.Path;
import dev.underpass.reachability.Place;
import dev.underpass.reachability.Trace;
import dev.underpass.words.Sentence;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Why a connection failed by what the nodes make of a Service: endpoints, translation, masquerading.
record ServiceReasons(ClusterSnapshot snapshot, Parties parties, EndpointMismatch mismatch) {

    /// The rules say that there is no endpoint; where the EndpointSlices have one that counts, the rules are old.
    Optional<Attribution> noEndpoint(Trace trace, End end) {
        if (!snapshot.observes("endpointslices.discovery.k8s.io")) {
            return Optional.empty();
        }
        boolean local = snapshot.services().stream()
                .anyMatch(service -> service.name().equals(trace.to().service()) && service.internalLocal());
        var ready = snapshot.endpointSlices().stream()
                .filter(slice -> slice.service().equals(trace.to().service()))
                .flatMap(slice -> slice.endpoints().stream())
                .filter(EndpointSlice.Endpoint::ready)
                .filter(endpoint -> endpoint.addresses().stream()
                        .anyMatch(address ->
                                address.family() == trace.to().address().family()))
                .toList();
        if (ready.isEmpty()) {
            return Optional.of(Attribution.at(Code.U73, end));
        }
        var here = new NodeName(end.where().name());
        boolean counts = !local || ready.stream().anyMatch(endpoint -> here.equals(endpoint.node()));
        return Optional.of(Attribution.at(counts ? Code.U56 : Code.U74, end));
    }

    static Attribution stale(End end, Path path) {
        return translation(path)
                .map(hop -> Attribution.of(Code.U56, hop.where(), Sentence.line(hop.evidence()), end.detail()))
                .orElseGet(() -> Attribution.at(Code.U56, end));
    }

    /// An endpoint outside of the cluster may be silent; what is no endpoint should not be in the rules.
    Attribution silent(Trace trace, Path path) {
        var end = path.end();
        return mismatch.isStale(trace, path) ? stale(end, path) : Attribution.at(Code.U39, end);
    }

    static Optional<Hop> translation(Path path) {
        return path.forward().stream()
                .filter(hop -> hop.step() == Hop.Step.DNAT)
                .reduce((_, last) -> last);
    }

    static Attribution untranslated(Path path) {
        var node = path.forward().stream()
                .filter(hop -> hop.where().kind() == Place.Kind.NODE)
                .reduce((_, last) -> last)
                .map(Hop::where)
                .orElse(path.end().where());
        return Attribution.of(
                Code.U58, node, Phrases.UNTRANSLATED.with(path.end().packet().destination()));
    }

    /// A stranger's packet reached the client: nobody masqueraded, so the backend answered past the node.
    Attribution untranslatedReply(Trace trace, Path path) {
        var end = path.end();
        var translation = translation(path);
        boolean masqueraded = path.forward().stream().anyMatch(hop -> hop.step() == Hop.Step.MASQUERADE);
        if (translation.isEmpty() || masqueraded) {
            return parties.worst(trace, path, List.of(Code.U27, Code.U21, Code.U18, Code.U22, Code.U49, Code.U48))
                    .orElseGet(() -> Attribution.at(Code.U70, end));
        }
        var node = translation.get().where();
        boolean local = parties.client(trace)
                .flatMap(pod -> pod.network().primary())
                .filter(nic -> nic.addresses().stream().anyMatch(address -> isClusterLocal(node, address)))
                .isPresent();
        return Attribution.of(
                local ? Code.U66 : Code.U67,
                node,
                Sentence.line(translation.get().evidence()),
                end.detail());
    }

    private boolean isClusterLocal(Place node, IpAddress address) {
        var report = snapshot.reports().get(new NodeName(node.name()));
        var proxy = report == null ? null : report.host().kubeProxy();
        if (proxy == null || proxy.clusterCidr() == null) {
            return false;
        }
        return Stream.of(proxy.clusterCidr().split(","))
                .filter(text -> !text.isBlank())
                .map(String::strip)
                .map(IpPrefix::parse)
                .anyMatch(prefix -> prefix.contains(address));
    }
}
