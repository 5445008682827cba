package dev.underpass.diagnosis;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.EndpointSlice;
import dev.underpass.cluster.NodeName;
import dev.underpass.cluster.ObjectName;
import dev.underpass.coordinator.PodNetwork;
import dev.underpass.net.IpAddress;
import dev.underpass.net.IpPrefix;
import dev.underpass.reachability.End;
import dev.underpass.reachability.End.Cause;
import dev.underpass.reachability.Hop;
import dev.underpass.reachability.Path;
import dev.underpass.reachability.Place;
import dev.underpass.reachability.Trace;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Finds the catalogue's code for a connection that failed: by where it ended, and by what is wrong with whoever sent
/// the packet that was lost.
final class Classifier {

    private final ClusterSnapshot snapshot;
    private final Pods pods;

    Classifier(ClusterSnapshot snapshot, Pods pods) {
        this.snapshot = snapshot;
        this.pods = pods;
    }

    /// The reason of a path that does not deliver; empty where none is known.
    Optional<Attribution> classify(Trace trace, Path path) {
        var end = path.end();
        return switch (end.cause()) {
            case DELIVERED, UNKNOWN_FABRIC -> Optional.empty();
            case NO_ENDPOINT -> noEndpoint(trace, end);
            case DEAD_ENDPOINT -> Optional.of(stale(end, path));
            case SILENT_FABRIC -> Optional.of(silent(trace, path));
            case NO_LISTENER -> Optional.of(at(Code.U89, end));
            case FILTER_DROP, FILTER_REJECT, UNKNOWN_RULE -> Optional.of(filtered(trace, end));
            case INVALID_DROP -> Optional.of(halfSeen(trace, path));
            case NOT_FORWARDING -> Optional.of(at(isPod(end) ? Code.U23 : Code.U51, end));
            case RP_FILTER, MARTIAN_SOURCE -> Optional.of(reversePath(trace, path));
            case WRONG_MAC -> Optional.of(wrongMac(end));
            case LINK_DOWN -> Optional.of(linkDown(trace, path));
            case NO_NEIGHBOUR -> Optional.of(noNeighbour(trace, path));
            case UNTRANSLATED_TO_FABRIC -> Optional.of(untranslated(path));
            case SERVICE_TO_FABRIC, OVERLAY_TO_FABRIC -> lostOutside(trace, path);
            case NO_ROUTE, NO_SOURCE, ROUTE_REFUSES, MARTIAN_DESTINATION -> Optional.of(noRoute(trace, path));
            case REPLY_UNTRANSLATED -> Optional.of(untranslatedReply(trace, path));
            case LOOP -> Optional.of(at(Code.U81, end));
            case NOT_OBSERVED -> Optional.of(Attribution.of(Code.U93, end.where(), end.detail()));
        };
    }

    private static boolean isPod(End end) {
        return end.where().kind() == Place.Kind.POD;
    }

    private static Attribution at(Code code, End end) {
        return Attribution.of(code, end.where(), end.evidence().isEmpty() ? end.detail() : end.evidence());
    }

    /// kube-proxy itself drops what it should have translated, in nftables mode.
    private static Attribution filtered(Trace trace, End end) {
        boolean untranslated = trace.to().service() != null
                && end.detail().contains("kube-proxy")
                && end.packet().destination().equals(trace.to().address());
        if (untranslated) {
            return at(Code.U58, end);
        }
        return at(isPod(end) ? Code.U34 : Code.U53, end);
    }

    /// The rules say that there is no endpoint; where the EndpointSlices have one that counts, the rules are old.
    private Optional<Attribution> noEndpoint(Trace trace, End end) {
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
            return Optional.of(at(Code.U73, end));
        }
        var here = new NodeName(end.where().name());
        boolean counts = !local || ready.stream().anyMatch(endpoint -> here.equals(endpoint.node()));
        return Optional.of(at(counts ? Code.U56 : Code.U74, end));
    }

    private static Attribution stale(End end, Path path) {
        return translation(path)
                .map(hop -> Attribution.of(Code.U56, hop.where(), hop.evidence(), end.detail()))
                .orElseGet(() -> at(Code.U56, end));
    }

    /// An endpoint outside of the cluster may be silent; what is no endpoint should not be in the rules.
    private Attribution silent(Trace trace, Path path) {
        var end = path.end();
        return EndpointMismatch.isStale(snapshot, trace, path) ? stale(end, path) : at(Code.U39, end);
    }

    private static Optional<Hop> translation(Path path) {
        return path.forward().stream()
                .filter(hop -> hop.step() == Hop.Step.DNAT)
                .reduce((_, last) -> last);
    }

    /// Half a connection is by design when nobody's network is damaged; else it is the damage's consequence.
    private Attribution halfSeen(Trace trace, Path path) {
        var end = path.end();
        var damage = Stream.of(client(trace), server(path))
                .flatMap(Optional::stream)
                .map(pod -> Damage.worst(pod, Damage.NODE_LEG))
                .flatMap(Optional::stream)
                .findFirst();
        if (damage.isPresent()) {
            return damage.get();
        }
        if (isPod(end)) {
            return at(Code.U34, end);
        }
        var code = end.evidence().contains("cali-") ? Code.U55 : Code.U54;
        return new Attribution(code, end.where(), List.of(end.evidence()), true);
    }

    private Optional<PodAnalysis> client(Trace trace) {
        return pods.pod(trace.from());
    }

    private Optional<PodAnalysis> server(Path path) {
        return path.backend() == null || path.backend().pod() == null
                ? Optional.empty()
                : pods.pod(path.backend().pod());
    }

    /// The Pod that sent the packet which the connection ended with.
    private Optional<PodAnalysis> sender(Trace trace, Path path) {
        return path.end().phase().forward() ? client(trace) : server(path);
    }

    private Attribution reversePath(Trace trace, Path path) {
        var end = path.end();
        if (isPod(end)) {
            return at(Code.U30, end);
        }
        var damage = Stream.of(client(trace), server(path))
                .flatMap(Optional::stream)
                .map(pod -> Damage.worst(pod, List.of(Code.U48, Code.U49)))
                .flatMap(Optional::stream)
                .findFirst();
        return damage.orElseGet(() -> at(Code.U52, end));
    }

    private Attribution wrongMac(End end) {
        if (!isPod(end)) {
            var pod = pods.owner(end.packet().destination());
            return pod.map(each -> Attribution.of(
                            Code.U26,
                            new Place(Place.Kind.POD, each.pod().name().toString()),
                            end.evidence()))
                    .orElseGet(() -> at(Code.U26, end));
        }
        var entry = end.evidence();
        boolean leg = pods.pod(ObjectName.parse(end.where().name()))
                .flatMap(pod -> pod.network().hostLeg())
                .filter(device -> entry.contains("dev " + device + " "))
                .isPresent();
        return at(leg ? Code.U25 : Code.U39, end);
    }

    private Attribution linkDown(Trace trace, Path path) {
        var end = path.end();
        return Stream.of(client(trace), server(path))
                .flatMap(Optional::stream)
                .map(pod -> Damage.worst(pod, List.of(Code.U24, Code.U47)))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> at(Code.U24, end));
    }

    private Attribution noNeighbour(Trace trace, Path path) {
        var end = path.end();
        var concerned = pods.owner(end.packet().destination());
        if (!isPod(end)) {
            return concerned
                    .flatMap(pod -> Damage.worst(pod, Damage.NODE_LEG).or(() -> Damage.worst(pod, List.of(Code.U47))))
                    .orElseGet(() -> at(Code.U43, end));
        }
        var own = sender(trace, path)
                .flatMap(pod -> Damage.worst(pod, Damage.STEERING).or(() -> Damage.worst(pod, List.of(Code.U47))));
        if (own.isPresent()) {
            return own.get();
        }
        return nodeOf(end)
                .filter(this::doesNotForward)
                .map(node -> Attribution.of(
                        Code.U51, new Place(Place.Kind.NODE, node.value()), "net.ipv4.ip_forward = 0", end.detail()))
                .orElseGet(() -> concerned
                        .flatMap(pod -> Damage.worst(pod, List.of(Code.U47)))
                        .orElseGet(() -> at(isNodeAddress(end.packet().destination()) ? Code.U43 : Code.U39, end)));
    }

    private boolean isNodeAddress(IpAddress address) {
        return snapshot.nodes().stream().anyMatch(node -> node.addresses().contains(address));
    }

    private Optional<NodeName> nodeOf(End end) {
        return pods.pod(ObjectName.parse(end.where().name()))
                .map(pod -> pod.network().node());
    }

    private boolean doesNotForward(NodeName node) {
        var report = snapshot.reports().get(node);
        var sysctls =
                report == null ? null : report.host().namespace().network().sysctls();
        return sysctls != null && "0".equals(sysctls.get("net.ipv4.ip_forward"));
    }

    private static Attribution untranslated(Path path) {
        var node = path.forward().stream()
                .filter(hop -> hop.where().kind() == Place.Kind.NODE)
                .reduce((_, last) -> last)
                .map(Hop::where)
                .orElse(path.end().where());
        return Attribution.of(
                Code.U58,
                node,
                "no rule of this node translates %s"
                        .formatted(path.end().packet().destination()));
    }

    private Optional<Attribution> lostOutside(Trace trace, Path path) {
        var end = path.end();
        var sender = sender(trace, path);
        if (sender.isEmpty()) {
            return Optional.of(at(Code.U70, end));
        }
        var pod = sender.get();
        var place = new Place(Place.Kind.POD, pod.pod().name().toString());
        if (pod.network().isUnderlay() && !pod.settings().coordinated()) {
            return Optional.of(Attribution.of(Code.U01, place, lastRoute(path), end.detail()));
        }
        if (isBoundToUnderlay(pod, end)) {
            return Optional.of(new Attribution(Code.U31, place, List.of(lastRule(path), lastRoute(path)), true));
        }
        var damage = Damage.worst(pod, Damage.STEERING);
        if (damage.isPresent()) {
            return damage;
        }
        boolean steered = pod.settings().cidrs().stream()
                .anyMatch(cidr -> cidr.prefix().contains(end.packet().destination()));
        if (!steered) {
            boolean none = pod.settings().cidrs().isEmpty();
            return Optional.of(Attribution.of(none ? Code.U11 : Code.U04, place, lastRoute(path), end.detail()));
        }
        return Optional.of(new Attribution(
                Code.U70,
                place,
                List.of(lastRule(path), lastRoute(path)),
                !end.phase().forward()));
    }

    /// Only an overlay NIC's address leads to Services in overlay mode; a socket must be bound to get another one.
    private static boolean isBoundToUnderlay(PodAnalysis pod, End end) {
        return end.phase().forward()
                && pod.network().mode() == PodNetwork.Mode.OVERLAY_MULTI_NIC
                && pod.drift().isEmpty()
                && pod.network().nics(PodNetwork.Role.UNDERLAY).stream()
                        .anyMatch(nic -> nic.addresses().contains(end.packet().source()));
    }

    private static String lastRoute(Path path) {
        return last(path, Hop.Step.ROUTE);
    }

    private static String lastRule(Path path) {
        return last(path, Hop.Step.RULE);
    }

    private static String last(Path path, Hop.Step step) {
        var hops = path.end().phase().forward() ? path.forward() : path.reply();
        return hops.stream()
                .filter(hop -> hop.step() == step)
                .reduce((_, newer) -> newer)
                .map(Hop::evidence)
                .orElse("");
    }

    private Attribution noRoute(Trace trace, Path path) {
        var end = path.end();
        if (!isPod(end)) {
            var staleTarget = pods.owner(end.packet().destination()).isEmpty()
                    && translation(path).isPresent();
            if (staleTarget) {
                return stale(end, path);
            }
            return pods.owner(end.packet().destination())
                    .flatMap(pod -> Damage.worst(pod, List.of(Code.U48, Code.U49, Code.U24)))
                    .orElseGet(() -> at(Code.U81, end));
        }
        return sender(trace, path)
                .flatMap(pod -> Damage.byLine(pod, end).or(() -> Damage.worst(pod, Damage.STEERING)))
                .orElseGet(() -> at(end.cause() == Cause.ROUTE_REFUSES ? Code.U18 : Code.U22, end));
    }

    /// A stranger's packet reached the client: nobody masqueraded, so the backend answered past the node.
    private Attribution untranslatedReply(Trace trace, Path path) {
        var end = path.end();
        var translation = translation(path);
        boolean masqueraded = path.forward().stream().anyMatch(hop -> hop.step() == Hop.Step.MASQUERADE);
        if (translation.isEmpty() || masqueraded) {
            return Stream.of(client(trace), server(path))
                    .flatMap(Optional::stream)
                    .map(pod -> Damage.worst(pod, List.of(Code.U27, Code.U21, Code.U18, Code.U22, Code.U49, Code.U48)))
                    .flatMap(Optional::stream)
                    .findFirst()
                    .orElseGet(() -> at(Code.U70, end));
        }
        var node = translation.get().where();
        boolean local = client(trace)
                .flatMap(pod -> pod.network().primary())
                .filter(nic -> nic.addresses().stream().anyMatch(address -> isClusterLocal(node, address)))
                .isPresent();
        return Attribution.of(
                local ? Code.U66 : Code.U67, node, translation.get().evidence(), end.detail());
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
