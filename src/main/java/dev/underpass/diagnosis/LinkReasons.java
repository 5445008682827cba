package dev.underpass.diagnosis;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.NodeName;
import dev.underpass.cluster.ObjectName;
import dev.underpass.net.IpAddress;
import dev.underpass.reachability.End;
import dev.underpass.reachability.Path;
import dev.underpass.reachability.Place;
import dev.underpass.reachability.Trace;
import dev.underpass.words.Sentence;
import java.util.List;
import java.util.Optional;

/// Why a frame did not arrive: links, and neighbour entries.
record LinkReasons(ClusterSnapshot snapshot, Pods pods, Parties parties) {

    Attribution wrongMac(End end) {
        if (!end.inPod()) {
            var pod = pods.owner(end.packet().destination());
            return pod.map(each -> Attribution.of(
                            Code.U26,
                            new Place(Place.Kind.POD, each.pod().name().toString()),
                            Sentence.line(end.evidence())))
                    .orElseGet(() -> Attribution.at(Code.U26, end));
        }
        var entry = end.evidence();
        boolean leg = pods.pod(ObjectName.parse(end.where().name()))
                .flatMap(pod -> pod.network().hostLeg())
                .filter(device -> entry.contains("dev " + device + " "))
                .isPresent();
        return Attribution.at(leg ? Code.U25 : Code.U39, end);
    }

    Attribution linkDown(Trace trace, Path path) {
        var end = path.end();
        return parties.worst(trace, path, List.of(Code.U24, Code.U47)).orElseGet(() -> Attribution.at(Code.U24, end));
    }

    Attribution noNeighbour(Trace trace, Path path) {
        var end = path.end();
        var concerned = pods.owner(end.packet().destination());
        if (!end.inPod()) {
            return concerned
                    .flatMap(pod -> Damage.worst(pod, Damage.NODE_LEG).or(() -> Damage.worst(pod, List.of(Code.U47))))
                    .orElseGet(() -> Attribution.at(Code.U43, end));
        }
        var own = parties.sender(trace, path)
                .flatMap(pod -> Damage.worst(pod, Damage.STEERING).or(() -> Damage.worst(pod, List.of(Code.U47))));
        if (own.isPresent()) {
            return own.get();
        }
        return nodeOf(end)
                .filter(this::doesNotForward)
                .map(node -> Attribution.of(
                        Code.U51,
                        new Place(Place.Kind.NODE, node.value()),
                        Sentence.line("net.ipv4.ip_forward = 0"),
                        end.detail()))
                .orElseGet(() -> concerned
                        .flatMap(pod -> Damage.worst(pod, List.of(Code.U47)))
                        .orElseGet(() ->
                                Attribution.at(isNodeAddress(end.packet().destination()) ? Code.U43 : Code.U39, end)));
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
}
