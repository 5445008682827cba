package dev.underpass.diagnosis.matrix;

import dev.underpass.cluster.EndpointSlice;
import dev.underpass.cluster.Node;
import dev.underpass.cluster.ObjectName;
import dev.underpass.diagnosis.Analysis;
import dev.underpass.diagnosis.matrix.TargetClass.Kind;
import dev.underpass.net.IpAddress;
import dev.underpass.net.IpAddress.Family;
import dev.underpass.net.Protocol;
import dev.underpass.reachability.Target;
import dev.underpass.words.Sentence;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Pairs that are counted but not judged: they are undetermined.
///
/// @param pairs how many there are
/// @param reason why they are not judged, one sentence
public record NotJudged(Kind kind, long pairs, Sentence reason) {

    /// Every NodePort at every node's address; no verdict on them was ever held against real packets.
    static NotJudged nodePorts(Analysis analysis) {
        var snapshot = analysis.snapshot();
        long ports = snapshot.services().stream()
                .flatMap(service -> service.ports().stream())
                .filter(port -> port.nodePort() > 0)
                .count();
        var addresses = snapshot.nodes().stream().map(Node::addresses).flatMap(each -> each.stream());
        return new NotJudged(Kind.NODE_PORT, ports * pairs(analysis, addresses), Phrases.NODE_PORTS_UNPROVEN.with());
    }

    static NotJudged podAddresses(Analysis analysis, long limit) {
        Set<Target> targets = new HashSet<>();
        for (var slice : analysis.snapshot().endpointSlices()) {
            slice.endpoints().stream()
                    .filter(endpoint -> endpoint.pod() != null)
                    .flatMap(endpoint -> endpoint.addresses().stream())
                    .forEach(address -> slice.ports()
                            .forEach(port -> targets.add(new Target(address, port.port(), port.protocol(), null))));
        }
        return new NotJudged(
                Kind.POD_IP,
                pairs(analysis, targets.stream().map(Target::address)),
                Phrases.TOO_MANY_PAIRS.with(limit));
    }

    /// At most so many pairs of a Pod and an endpoint's address and port there are.
    static long podAddressPairs(Analysis analysis) {
        long targets = analysis.snapshot().endpointSlices().stream()
                .mapToLong(slice -> (long) slice.ports().size()
                        * slice.endpoints().stream()
                                .map(EndpointSlice.Endpoint::addresses)
                                .mapToLong(each -> each.size())
                                .sum())
                .sum();
        return targets * analysis.clients().size();
    }

    /// The pairs of a client and an address of a family that it speaks.
    private static long pairs(Analysis analysis, Stream<IpAddress> addresses) {
        Map<Family, Long> byFamily = addresses.collect(Collectors.groupingBy(IpAddress::family, Collectors.counting()));
        return analysis.clients().stream()
                .mapToLong(client -> byFamily.entrySet().stream()
                        .filter(entry -> speaks(analysis, client, any(entry.getKey())))
                        .mapToLong(Map.Entry::getValue)
                        .sum())
                .sum();
    }

    private static IpAddress any(Family family) {
        return IpAddress.parse(family == Family.IPV4 ? "192.0.2.1" : "2001:db8::1");
    }

    private static boolean speaks(Analysis analysis, ObjectName client, IpAddress address) {
        return analysis.speaks(client, new Target(address, 1, Protocol.TCP, null));
    }
}
