package dev.underpass.diagnosis;

import static java.util.stream.Collectors.toCollection;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.EndpointSlice;
import dev.underpass.cluster.ObjectName;
import dev.underpass.cluster.Service;
import dev.underpass.net.IpAddress;
import dev.underpass.net.IpAddress.Family;
import dev.underpass.net.Protocol;
import dev.underpass.reachability.Target;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// What the Pods of a snapshot may connect to, by the families that each has an address of.
final class Targets {

    private final List<Service> all;
    private final Pods pods;
    private final Map<Set<Family>, List<Target>> services;
    private final Map<Set<Family>, List<Target>> endpoints;
    private final Map<ObjectName, Set<Family>> families = new ConcurrentHashMap<>();

    Targets(ClusterSnapshot snapshot, Pods pods) {
        this.all = snapshot.services();
        this.pods = pods;
        this.services = byFamilies(snapshot.services().stream()
                .sorted((a, b) -> a.name().compareTo(b.name()))
                .flatMap(service -> of(service).stream())
                .toList());
        this.endpoints = byFamilies(endpoints(snapshot));
    }

    private static Map<Set<Family>, List<Target>> byFamilies(List<Target> targets) {
        return Map.of(
                EnumSet.allOf(Family.class), targets,
                EnumSet.of(Family.IPV4), of(targets, EnumSet.of(Family.IPV4)),
                EnumSet.of(Family.IPV6), of(targets, EnumSet.of(Family.IPV6)));
    }

    private static List<Target> of(List<Target> targets, Set<Family> families) {
        return targets.stream()
                .filter(target -> families.contains(target.address().family()))
                .toList();
    }

    /// Every port of the Service at each of its ClusterIPs.
    static List<Target> of(Service service) {
        return service.clusterIps().stream()
                .flatMap(address -> service.ports().stream()
                        .map(port -> new Target(address, port.port(), port.protocol(), service.name())))
                .toList();
    }

    /// Every port of the Service at each of its ClusterIPs; empty where there is no such Service.
    List<Target> of(ObjectName service) {
        return all.stream()
                .filter(each -> each.name().equals(service))
                .flatMap(each -> of(each).stream())
                .toList();
    }

    /// Every port of the Service that has the address; empty where none has.
    List<Target> at(IpAddress address) {
        return all.stream()
                .flatMap(each -> of(each).stream())
                .filter(target -> target.address().equals(address))
                .toList();
    }

    /// The Service port at an address, or the plain address.
    Target at(IpAddress address, int port, Protocol protocol) {
        var service = all.stream()
                .filter(each -> each.clusterIps().contains(address))
                .map(Service::name)
                .findFirst();
        return new Target(address, port, protocol, service.orElse(null));
    }

    /// What its Service calls the port.
    List<String> portNames(Target target) {
        return all.stream()
                .filter(each -> each.name().equals(target.service()))
                .flatMap(each -> each.ports().stream())
                .filter(port -> port.port() == target.port() && port.protocol() == target.protocol())
                .map(Service.Port::name)
                .toList();
    }

    private static List<Target> endpoints(ClusterSnapshot snapshot) {
        var targets = new LinkedHashSet<Target>();
        for (var slice : snapshot.endpointSlices()) {
            for (var endpoint : slice.endpoints()) {
                if (endpoint.pod() != null) {
                    add(targets, slice, endpoint);
                }
            }
        }
        return new ArrayList<>(targets);
    }

    private static void add(Set<Target> targets, EndpointSlice slice, EndpointSlice.Endpoint endpoint) {
        for (var address : endpoint.addresses()) {
            slice.ports().forEach(port -> targets.add(new Target(address, port.port(), port.protocol(), null)));
        }
    }

    /// The ports of all Services that the client may ask for.
    List<Target> services(ObjectName from) {
        return services.getOrDefault(families(from), List.of());
    }

    /// The ports of all endpoints that the client may ask for.
    List<Target> endpoints(ObjectName from) {
        return endpoints.getOrDefault(families(from), List.of());
    }

    /// Those of the targets that the client may ask for.
    List<Target> spoken(ObjectName from, List<Target> targets) {
        return of(targets, families(from));
    }

    /// The families that the Pod has an address of; with nothing known of it, both.
    Set<Family> families(ObjectName from) {
        return families.computeIfAbsent(from, this::addressed);
    }

    private Set<Family> addressed(ObjectName from) {
        var addressed = pods.pod(from).stream()
                .flatMap(pod -> pod.network().nics().stream())
                .flatMap(nic -> nic.addresses().stream())
                .map(IpAddress::family)
                .collect(toCollection(() -> EnumSet.noneOf(Family.class)));
        return addressed.isEmpty() ? EnumSet.allOf(Family.class) : addressed;
    }
}
