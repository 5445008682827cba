package dev.underpass.lab;

import dev.underpass.net.IpAddress.Family;

/// Faults of links and neighbours.
final class LinkFaults {

    /// Nobody has it.
    private static final String WRONG_MAC = "02:00:00:00:ba:ad";

    private LinkFaults() {}

    static Damage legDown(Strike at) {
        var pod = at.pod();
        return at.in(pod, "ip link set %s down".formatted(pod.podLeg()));
    }

    static Damage legDeleted(Strike at) {
        var pod = at.pod();
        return at.in(pod, "ip link del %s".formatted(pod.podLeg()));
    }

    /// Down and up again: what the kernel does not put back stays away.
    static Damage legFlapped(Strike at) {
        var pod = at.pod();
        return at.in(pod, "ip link set %s down\nip link set %s up".formatted(pod.podLeg(), pod.podLeg()));
    }

    static Damage hostLegDown(Strike at) {
        var pod = at.pod();
        return at.on(pod.node(), "ip link set %s down".formatted(pod.hostDevice()));
    }

    static Damage underlayNicDown(Strike at) {
        var pod = at.coordinated();
        return at.in(pod, "ip link set %s down".formatted(nic(at, pod)));
    }

    static Damage underlayNicDeleted(Strike at) {
        var pod = at.coordinated();
        return at.in(pod, "ip link del %s".formatted(nic(at, pod)));
    }

    private static String nic(Strike at, LabPod pod) {
        return pod.underlay() && pod.net1() != null ? at.any("eth0", "net1") : Strike.underlayNic(pod);
    }

    static Damage nodeNicDown(Strike at) {
        return at.on(at.node(), "ip link set eth0 down");
    }

    static Damage switchPortDown(Strike at) {
        return new Damage(
                at.lab().switchNamespace(),
                "ip link set %s down\n".formatted(at.node().name()));
    }

    static Damage ipv6Disabled(Strike at) {
        var pod = at.pod();
        return at.in(pod, "echo 1 > /proc/sys/net/ipv6/conf/%s/disable_ipv6".formatted(at.any("eth0", pod.podLeg())));
    }

    static Damage podNeighbourWrong(Strike at) {
        var pod = at.pod();
        var family = at.family();
        return at.in(pod, wrong(gateway(pod, family), pod.podLeg()));
    }

    /// The address that the Pod's leg is used towards.
    private static String gateway(LabPod pod, Family family) {
        if (Strike.isCoordinated(pod)) {
            return pod.node().addresses().of(family);
        }
        return family == Family.IPV4 ? "169.254.1.1" : "fe80::ecee:eeff:feee:eeee";
    }

    private static String wrong(String address, String device) {
        return "ip neigh replace %s dev %s lladdr %s nud permanent".formatted(address, device, WRONG_MAC);
    }

    static Damage podNeighbourMissing(Strike at) {
        var pod = at.coordinated();
        var family = at.family();
        return at.in(
                pod, "ip neigh del %s dev %s".formatted(pod.node().addresses().of(family), pod.podLeg()));
    }

    static Damage gatewayNeighbourWrong(Strike at) {
        var pod = at.coordinated();
        return at.in(pod, wrong(Range.UNDERLAY.gateway(at.family()), Strike.underlayNic(pod)));
    }

    static Damage hostNeighbourWrong(Strike at) {
        var pod = at.pod();
        return at.on(pod.node(), wrong(at.address(pod, at.family()), pod.hostDevice()));
    }

    static Damage hostNeighbourMissing(Strike at) {
        var pod = at.coordinated();
        var family = at.family();
        var address = pod.underlay()
                ? at.address(pod, family)
                : pod.secondNic().orElseThrow().of(family);
        return at.on(pod.node(), "ip neigh del %s dev %s".formatted(address, pod.hostDevice()));
    }

    static Damage nodeNeighbourWrong(Strike at) {
        var node = at.node();
        return at.on(node, wrong(Layout.other(node).addresses().of(at.family()), "eth0"));
    }

    /// The frames go to a machine that is there, and is another.
    static Damage neighbourMistaken(Strike at) {
        var pod = at.pod(LabPod::underlay);
        var family = at.family();
        var other = at.pod(each -> each.underlay() && !each.equals(pod));
        var mac = at.any(Layout.other(pod.node()).mac(), "02:00:0a:06:00:01", other.mac(1));
        return at.in(
                pod,
                "ip neigh replace %s dev eth0 lladdr %s nud permanent"
                        .formatted(
                                at.any(
                                        other.eth0().of(family),
                                        Layout.other(pod.node()).addresses().of(family),
                                        Range.UNDERLAY.gateway(family)),
                                mac));
    }
}
