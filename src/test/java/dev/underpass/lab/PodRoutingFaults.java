package dev.underpass.lab;

/// Faults of a Pod's routes and rules.
final class PodRoutingFaults {

    private PodRoutingFaults() {}

    static Damage hijackRouteDeleted(Strike at) {
        var pod = at.coordinated();
        var family = at.family();
        return at.in(
                pod, "%s route del %s dev %s".formatted(Strike.ip(family), Range.SERVICES.of(family), pod.podLeg()));
    }

    static Damage overlayRouteDeleted(Strike at) {
        var pod = at.coordinated();
        var family = at.family();
        return at.in(
                pod, "%s route del %s dev %s".formatted(Strike.ip(family), Range.OVERLAY.of(family), pod.podLeg()));
    }

    static Damage nodeRouteDeleted(Strike at) {
        var pod = at.coordinated();
        var family = at.family();
        var node = pod.node().addresses().of(family);
        return at.in(pod, "%s route del %s dev %s".formatted(Strike.ip(family), node, pod.podLeg()));
    }

    static Damage defaultRouteDeleted(Strike at) {
        return at.in(at.pod(), "%s route del default".formatted(Strike.ip(at.family())));
    }

    static Damage serviceRouteShadowed(Strike at) {
        var pod = at.coordinated();
        var family = at.family();
        return at.in(
                pod,
                "%s route add %s via %s dev %s onlink"
                        .formatted(
                                Strike.ip(family),
                                at.services(family),
                                Range.UNDERLAY.gateway(family),
                                Strike.underlayNic(pod)));
    }

    static Damage serviceRouteRefused(Strike at) {
        var family = at.family();
        var type = at.any("blackhole", "unreachable", "prohibit", "throw");
        return at.in(at.pod(), "%s route add %s %s".formatted(Strike.ip(family), type, at.services(family)));
    }

    /// The gateway of the Service range is the other node, through the underlay.
    static Damage hijackGatewayMoved(Strike at) {
        var pod = at.coordinated();
        var family = at.family();
        var other = Layout.other(pod.node()).addresses().of(family);
        return at.in(
                pod,
                "%s route replace %s via %s dev %s onlink"
                        .formatted(Strike.ip(family), Range.SERVICES.of(family), other, Strike.underlayNic(pod)));
    }

    /// The Service range is reached with an address of the other NIC.
    static Damage hijackSourceChanged(Strike at) {
        var pod = at.pod(each -> each.net1() != null);
        var family = at.family();
        return at.in(
                pod,
                "%s route replace %s via %s dev %s src %s"
                        .formatted(
                                Strike.ip(family),
                                Range.SERVICES.of(family),
                                pod.node().addresses().of(family),
                                pod.podLeg(),
                                pod.secondNic().orElseThrow().of(family)));
    }

    static Damage ruleAdded(Strike at) {
        var family = at.family();
        var selector = at.any("to " + Range.SERVICES.of(family), "to " + Range.OVERLAY.of(family), "from all");
        return at.in(
                at.coordinated(),
                "%s rule add %s lookup %s pref %s"
                        .formatted(Strike.ip(family), selector, at.any("100", "101"), at.any("500", "1500")));
    }

    static Damage ruleDeleted(Strike at) {
        var pod = at.coordinated();
        var priority =
                pod.underlay() ? (pod.net1() == null ? "1000" : at.any("999", "1000")) : at.any("32764", "32765");
        return at.in(pod, "%s rule del pref %s".formatted(Strike.ip(at.family()), priority));
    }

    /// A table before main that says nothing on Services, and sends all else to the gateway.
    static Damage ruleThrowing(Strike at) {
        var pod = at.coordinated();
        var family = at.family();
        var ip = Strike.ip(family);
        return at.in(
                pod,
                ("%s route add throw %s table 77\n%s route add default via %s dev %s onlink table 77\n"
                                + "%s rule add lookup 77 pref 900")
                        .formatted(
                                ip,
                                at.any(Range.SERVICES.of(family), at.services(family)),
                                ip,
                                Range.UNDERLAY.gateway(family),
                                Strike.underlayNic(pod),
                                ip));
    }

    /// main counts only where it is exact enough; what it leaves goes elsewhere.
    static Damage ruleSuppressing(Strike at) {
        var family = at.family();
        var ip = Strike.ip(family);
        return at.in(
                at.coordinated(),
                "%s rule add lookup main suppress_prefixlength %s pref 1100\n%s rule add %s pref 1101"
                        .formatted(
                                ip,
                                at.any("0", "16", "18", "64", "112"),
                                ip,
                                at.any("lookup 100", "lookup 101", "unreachable")));
    }

    static Damage ruleRefusing(Strike at) {
        var family = at.family();
        return at.in(
                at.pod(),
                "%s rule add to %s %s pref 800"
                        .formatted(
                                Strike.ip(family),
                                at.any(at.services(family), Range.OVERLAY.of(family), Range.UNDERLAY.of(family)),
                                at.any("unreachable", "prohibit", "blackhole")));
    }

    static Damage podTableFlushed(Strike at) {
        return at.in(
                at.coordinated(), "%s route flush table %s".formatted(Strike.ip(at.family()), at.any("100", "101")));
    }
}
