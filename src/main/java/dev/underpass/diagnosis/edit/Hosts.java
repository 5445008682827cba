package dev.underpass.diagnosis.edit;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.Node;
import dev.underpass.cluster.NodeName;
import dev.underpass.net.DeviceName;
import dev.underpass.net.InterfaceAddress;
import dev.underpass.net.IpAddress;
import dev.underpass.net.Link;
import dev.underpass.report.NodeReport;
import dev.underpass.words.Sentence;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What is known of the nodes' own devices and addresses.
///
/// @param links the devices of each node whose agent reported them
/// @param unreported the nodes of which no device is known
/// @param addresses whose each address is, as a text such as `node n1 (eth0)`
record Hosts(Map<NodeName, List<Link>> links, List<NodeName> unreported, Map<IpAddress, Sentence> addresses) {

    /// Where IPVS keeps the addresses of Services, which are no node's own.
    private static final DeviceName KUBE_IPVS = new DeviceName("kube-ipvs0");

    static Hosts of(ClusterSnapshot now) {
        var links = new TreeMap<NodeName, List<Link>>(Comparator.comparing(NodeName::value));
        var addresses = new TreeMap<IpAddress, Sentence>(AddressRange.ORDER);
        var reports = new TreeMap<NodeName, NodeReport>(Comparator.comparing(NodeName::value));
        reports.putAll(now.reports());
        reports.forEach((node, report) -> {
            var reported = report.host().namespace().network().links();
            if (reported != null) {
                links.put(node, reported);
            }
            addresses(report)
                    .forEach(
                            each -> addresses.putIfAbsent(each.local(), Phrases.NODE_DEVICE.with(node, each.device())));
        });
        for (var node : now.nodes()) {
            node.addresses().forEach(address -> addresses.putIfAbsent(address, Phrases.NODE.with(node.name())));
        }
        var unreported = now.nodes().stream()
                .map(Node::name)
                .filter(name -> !links.containsKey(name))
                .toList();
        return new Hosts(links, unreported, addresses);
    }

    private static Stream<InterfaceAddress> addresses(NodeReport report) {
        var addresses = report.host().namespace().network().addresses();
        return addresses == null
                ? Stream.empty()
                : addresses.stream()
                        .filter(each -> each.scope().value() == 0)
                        .filter(each -> !each.device().equals(KUBE_IPVS));
    }

    /// Whether anything at all is known of the nodes' devices.
    boolean known() {
        return !links.isEmpty();
    }

    Optional<Link> link(NodeName node, String device) {
        return links.getOrDefault(node, List.of()).stream()
                .filter(link -> link.name().value().equals(device))
                .findFirst();
    }

    /// The nodes' physical devices that are up, as `n1 eth0 mtu 1500`, if they carry less than so many bytes.
    List<String> narrowerThan(long mtuBytes) {
        return links.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream()
                        .filter(link -> link.kind().isEmpty() && !link.loopback() && link.up())
                        .filter(link -> link.mtuBytes() < mtuBytes)
                        .map(link -> "%s %s mtu %d".formatted(entry.getKey(), link.name(), link.mtuBytes())))
                .toList();
    }
}
