package dev.underpass.lab;

import dev.underpass.net.IpAddress.Family;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/// Chooses where a fault strikes; the same seed chooses the same.
record Strike(Lab lab, RandomGenerator random) {

    <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    String any(String... of) {
        return any(List.of(of));
    }

    LabNode node() {
        return any(Layout.NODES);
    }

    LabPod pod(Predicate<LabPod> which) {
        return any(Layout.PODS.stream().filter(which).toList());
    }

    LabPod pod() {
        return pod(pod -> true);
    }

    /// A Pod that the coordinator has written routes into.
    LabPod coordinated() {
        return pod(Strike::isCoordinated);
    }

    static boolean isCoordinated(LabPod pod) {
        return pod.underlay() || pod.net1() != null;
    }

    Family family() {
        return any(lab.spec().families());
    }

    /// A Service that some node has backends of.
    LabService service() {
        return any(Layout.SERVICES.stream()
                .filter(service -> !service.backends().isEmpty())
                .toList());
    }

    /// A Service whose rules the node has.
    LabService serviceOn(LabNode node) {
        return any(Layout.SERVICES.stream()
                .filter(service -> !service.backends(node).isEmpty())
                .toList());
    }

    Damage in(LabPod pod, String script) {
        return new Damage(lab.namespace(pod), script + "\n");
    }

    Damage on(LabNode node, String script) {
        return new Damage(lab.namespace(node), script + "\n");
    }

    static String ip(Family family) {
        return family == Family.IPV4 ? "ip -4" : "ip -6";
    }

    static String iptables(Family family) {
        return family == Family.IPV4 ? "iptables" : "ip6tables";
    }

    /// Part of the Service range: one ClusterIP, or all those of the lab.
    String services(Family family) {
        if (random.nextBoolean()) {
            return service().clusterIps().host(family);
        }
        return family == Family.IPV4 ? "10.233.42.0/24" : "fd00:10:233::4200/120";
    }

    /// The NIC of the Pod on an underlay.
    static String underlayNic(LabPod pod) {
        return pod.underlay() ? "eth0" : "net1";
    }

    /// Any of the Pod's addresses.
    String address(LabPod pod, Family family) {
        return any(pod.addresses().toList()).of(family);
    }
}
