package dev.underpass.diagnosis;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.coordinator.PodNetwork;
import dev.underpass.reachability.End;
import dev.underpass.reachability.End.Cause;
import dev.underpass.reachability.Hop;
import dev.underpass.reachability.Path;
import dev.underpass.reachability.Place;
import dev.underpass.reachability.Trace;
import dev.underpass.words.Sentence;
import java.util.List;
import java.util.Optional;

/// Finds the catalogue's code for a connection that failed: by where it ended, and by what is wrong with whoever sent
/// the packet that was lost.
final class Classifier {

    private final Pods pods;
    private final Parties parties;
    private final ServiceReasons services;
    private final LinkReasons links;

    Classifier(ClusterSnapshot snapshot, Pods pods, EndpointMismatch mismatch) {
        this.pods = pods;
        this.parties = new Parties(pods);
        this.services = new ServiceReasons(snapshot, parties, mismatch);
        this.links = new LinkReasons(snapshot, pods, parties);
    }

    /// The reason of a path that does not deliver; empty where none is known.
    Optional<Attribution> classify(Trace trace, Path path) {
        var end = path.end();
        return switch (end.cause()) {
            case DELIVERED, UNKNOWN_FABRIC -> Optional.empty();
            case NO_ENDPOINT -> services.noEndpoint(trace, end);
            case DEAD_ENDPOINT -> ServiceReasons.stale(path);
            case SILENT_FABRIC -> Optional.of(services.silent(trace, path));
            case NO_LISTENER -> Optional.of(Attribution.at(Code.U89, end));
            case FILTER_DROP, FILTER_REJECT, UNKNOWN_RULE -> Optional.of(filtered(trace, path));
            case INVALID_DROP -> Optional.of(halfSeen(trace, path));
            case NOT_FORWARDING -> Optional.of(Attribution.at(end.inPod() ? Code.U23 : Code.U51, end));
            case RP_FILTER, MARTIAN_SOURCE -> Optional.of(reversePath(trace, path));
            case WRONG_MAC -> Optional.of(links.wrongMac(end));
            case LINK_DOWN -> Optional.of(links.linkDown(trace, path));
            case NO_NEIGHBOUR -> Optional.of(links.noNeighbour(trace, path));
            case UNTRANSLATED_TO_FABRIC -> Optional.of(services.untranslated(trace, path));
            case SERVICE_TO_FABRIC, OVERLAY_TO_FABRIC -> lostOutside(trace, path);
            case NO_ROUTE, NO_SOURCE, ROUTE_REFUSES, MARTIAN_DESTINATION -> Optional.of(noRoute(trace, path));
            case REPLY_UNTRANSLATED -> Optional.of(services.untranslatedReply(trace, path));
            case LOOP -> Optional.of(Attribution.at(Code.U81, end));
            case NOT_OBSERVED -> Optional.of(Attribution.of(Code.U93, end.where(), end.detail()));
        };
    }

    /// kube-proxy itself drops what it should have translated, in nftables mode.
    private Attribution filtered(Trace trace, Path path) {
        var end = path.end();
        boolean untranslated = trace.to().service() != null
                && end.detail().toString().contains("kube-proxy")
                && end.packet().destination().equals(trace.to().address());
        if (untranslated) {
            return services.absentPort(trace, path).orElseGet(() -> Attribution.at(Code.U58, end));
        }
        return Attribution.at(end.inPod() ? Code.U34 : Code.U53, end);
    }

    /// Half a connection is by design when nobody's network is damaged; else it is the damage's consequence.
    private Attribution halfSeen(Trace trace, Path path) {
        var end = path.end();
        var damage = parties.worst(trace, path, Damage.NODE_LEG);
        if (damage.isPresent()) {
            return damage.get();
        }
        if (end.inPod()) {
            return Attribution.at(Code.U34, end);
        }
        var code = end.evidence().contains("cali-") ? Code.U55 : Code.U54;
        return new Attribution(code, end.where(), List.of(Sentence.line(end.evidence())), true);
    }

    private Attribution reversePath(Trace trace, Path path) {
        var end = path.end();
        if (end.inPod()) {
            return Attribution.at(Code.U30, end);
        }
        var damage = parties.worst(trace, path, List.of(Code.U48, Code.U49));
        return damage.orElseGet(() -> Attribution.at(Code.U52, end));
    }

    private Optional<Attribution> lostOutside(Trace trace, Path path) {
        var end = path.end();
        var sender = parties.sender(trace, path);
        if (sender.isEmpty()) {
            return Optional.of(Attribution.at(Code.U70, end));
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

    private static Sentence lastRoute(Path path) {
        return last(path, Hop.Step.ROUTE);
    }

    private static Sentence lastRule(Path path) {
        return last(path, Hop.Step.RULE);
    }

    private static Sentence last(Path path, Hop.Step step) {
        var hops = path.end().phase().forward() ? path.forward() : path.reply();
        return hops.stream()
                .filter(hop -> hop.step() == step)
                .reduce((_, newer) -> newer)
                .map(hop -> Sentence.line(hop.evidence()))
                .orElse(Sentence.NONE);
    }

    private Attribution noRoute(Trace trace, Path path) {
        var end = path.end();
        if (!end.inPod()) {
            var owner = pods.owner(end.packet().destination());
            var stale = owner.isEmpty() ? ServiceReasons.stale(path) : Optional.<Attribution>empty();
            if (stale.isPresent()) {
                return stale.get();
            }
            return owner.flatMap(pod -> Damage.worst(pod, List.of(Code.U48, Code.U49, Code.U24)))
                    .orElseGet(() -> Attribution.at(Code.U81, end));
        }
        return parties.sender(trace, path)
                .flatMap(pod -> Damage.byLine(pod, end).or(() -> Damage.worst(pod, Damage.STEERING)))
                .orElseGet(() -> Attribution.at(end.cause() == Cause.ROUTE_REFUSES ? Code.U18 : Code.U22, end));
    }
}
