package dev.underpass.lab;

import dev.underpass.lab.LabPod.Kind;
import java.util.List;

/// Who is where: the same in every lab.
final class Layout {

    static final int NODE_PORT = 9000;

    static final LabNode NODE1 = new LabNode(
            "node1",
            1,
            new Addresses("10.6.212.101", "fd00:10:6::101"),
            new Addresses("10.233.74.64/26", "fd00:10:233:64::1:0/112"));
    static final LabNode NODE2 = new LabNode(
            "node2",
            2,
            new Addresses("10.6.212.102", "fd00:10:6::102"),
            new Addresses("10.233.84.128/26", "fd00:10:233:64::2:0/112"));
    static final List<LabNode> NODES = List.of(NODE1, NODE2);

    private static final LabPod B1 = overlay("b1", NODE1, 1, "10.233.74.70", "fd00:10:233:64::1:70");
    private static final LabPod B2 = overlay("b2", NODE2, 2, "10.233.84.140", "fd00:10:233:64::2:140");
    private static final LabPod O4 = overlay("o4", NODE2, 3, "10.233.84.153", "fd00:10:233:64::2:153");
    private static final LabPod U1 = underlay("u1", NODE1, 4, 241);
    private static final LabPod U20 = underlay("u20", NODE2, 5, 220);
    private static final LabPod U2 = new LabPod(
            "u2",
            NODE1,
            6,
            Kind.UNDERLAY,
            new Addresses("10.6.212.242", "fd00:10:6::242"),
            new Addresses("10.7.212.242", "fd00:10:7::242"),
            Range.SECOND_UNDERLAY);
    private static final LabPod O1 = new LabPod(
            "o1",
            NODE2,
            7,
            Kind.OVERLAY,
            new Addresses("10.233.84.150", "fd00:10:233:64::2:150"),
            new Addresses("10.6.212.227", "fd00:10:6::227"),
            Range.UNDERLAY);
    private static final LabPod O20 = new LabPod(
            "o20",
            NODE1,
            8,
            Kind.OVERLAY,
            new Addresses("10.233.74.80", "fd00:10:233:64::1:80"),
            new Addresses("10.6.212.221", "fd00:10:6::221"),
            Range.UNDERLAY);

    static final List<LabPod> PODS = List.of(B1, B2, O4, U1, U20, U2, O1, O20);

    static final List<LabService> SERVICES = List.of(
            service("web", 25, B1, B2),
            service("web-n1", 26, B1),
            service("web-n2", 27, B2),
            service("noep", 28),
            new LabService("local-n2", clusterIps(29), List.of(B2), true, false),
            service("under-n1", 31, U1),
            service("under-n2", 32, U20),
            new LabService("sticky", clusterIps(33), List.of(B2), false, true));

    private Layout() {}

    private static LabPod overlay(String name, LabNode node, int index, String ipv4, String ipv6) {
        return new LabPod(name, node, index, Kind.OVERLAY, new Addresses(ipv4, ipv6), null, Range.UNDERLAY);
    }

    private static LabPod underlay(String name, LabNode node, int index, int last) {
        var addresses = new Addresses("10.6.212." + last, "fd00:10:6::" + last);
        return new LabPod(name, node, index, Kind.UNDERLAY, addresses, null, Range.UNDERLAY);
    }

    private static LabService service(String name, int last, LabPod... backends) {
        return new LabService(name, clusterIps(last), List.of(backends), false, false);
    }

    private static Addresses clusterIps(int last) {
        return new Addresses("10.233.42." + last, "fd00:10:233::42" + last);
    }

    /// The Pods of a node.
    static List<LabPod> pods(LabNode node) {
        return PODS.stream().filter(pod -> pod.node().equals(node)).toList();
    }

    static LabNode other(LabNode node) {
        return node.equals(NODE1) ? NODE2 : NODE1;
    }
}
