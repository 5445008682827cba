package dev.underpass.diagnosis;

import static java.util.stream.Collectors.joining;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.EndpointSlice;
import dev.underpass.cluster.NodeName;
import dev.underpass.cluster.Service;
import dev.underpass.net.IpAddress;
import dev.underpass.net.IpPrefix;
import dev.underpass.net.Protocol;
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

    /// Rules that lead to what is gone are old; with no rule in between, it is the address itself that nobody has.
    static Optional<Attribution> stale(Path path) {
        return translation(path)
                .map(hop -> Attribution.of(
                        Code.U56,
                        hop.where(),
                        Sentence.line(hop.evidence()),
                        path.end().detail()));
    }

    /// An endpoint outside of the cluster may be silent; what is no endpoint should not be in the rules.
    Attribution silent(Trace trace, Path path) {
        var end = path.end();
        return (mismatch.isStale(trace, path) ? stale(path) : Optional.<Attribution>empty())
                .orElseGet(() -> Attribution.at(Code.U39, end));
    }

    static Optional<Hop> translation(Path path) {
        return path.forward().stream()
                .filter(hop -> hop.step() == Hop.Step.DNAT)
                .reduce((_, last) -> last);
    }

    /// Nothing translates a port that the Service does not have; else the node's rules lack what they should have.
    Attribution untranslated(Trace trace, Path path) {
        return absentPort(trace, path).orElseGet(() -> unwritten(path));
    }

    /// The port, where the Service that owns the address has none such.
    Optional<Attribution> absentPort(Trace trace, Path path) {
        var to = trace.to();
        return snapshot.services().stream()
                .filter(service -> service.name().equals(to.service()))
                .filter(service -> service.ports().stream()
                        .noneMatch(port -> port.port() == to.port() && port.protocol() == to.protocol()))
                .map(service -> Attribution.of(
                        Code.U73,
                        path.end().where(),
                        Phrases.NO_SUCH_PORT.with(service.name(), port(to.port(), to.protocol()), ports(service))))
                .findFirst();
    }

    private static String ports(Service service) {
        return service.ports().stream()
                .map(each -> port(each.port(), each.protocol()))
                .collect(joining(", "));
    }

    private static String port(int port, Protocol protocol) {
        return port + "/" + protocol;
    }

    private static Attribution unwritten(Path path) {
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
