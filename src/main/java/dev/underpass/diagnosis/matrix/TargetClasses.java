package dev.underpass.diagnosis.matrix;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import dev.underpass.cluster.EndpointSlice;
import dev.underpass.cluster.ObjectName;
import dev.underpass.cluster.Service;
import dev.underpass.diagnosis.Analysis;
import dev.underpass.diagnosis.matrix.TargetClass.Kind;
import dev.underpass.net.IpAddress;
import dev.underpass.net.IpAddress.Family;
import dev.underpass.reachability.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Sorts targets into classes.
final class TargetClasses {

    private static final String OUTSIDE = "outside";

    private final Analysis analysis;
    private final Map<ObjectName, Service> services;
    private final Map<ObjectName, List<EndpointSlice>> slices;
    private final Map<IpAddress, String> owners = new HashMap<>();
    private final Map<Target, Key> known = new HashMap<>();
    private final Map<Key, List<Target>> members = new LinkedHashMap<>();

    /// What targets of one class share.
    record Key(Kind kind, String type, Family family, List<String> backends, boolean local) {

        String id() {
            return StableId.of(
                    List.of(kind.name(), type, family.name(), String.join(",", backends), Boolean.toString(local)));
        }
    }

    TargetClasses(Analysis analysis) {
        this.analysis = analysis;
        var snapshot = analysis.snapshot();
        this.services = snapshot.services().stream().collect(toMap(Service::name, service -> service));
        this.slices = snapshot.endpointSlices().stream().collect(groupingBy(EndpointSlice::service));
        for (var slice : snapshot.endpointSlices()) {
            for (var endpoint : slice.endpoints()) {
                endpoint.addresses().forEach(address -> owners.put(address, attachment(endpoint)));
            }
        }
    }

    /// The class of a target, which has it as a member from now on.
    Key keyOf(Target target) {
        return known.computeIfAbsent(target, each -> {
            var key = key(each);
            members.computeIfAbsent(key, any -> new ArrayList<>()).add(each);
            return key;
        });
    }

    private Key key(Target target) {
        var family = target.address().family();
        if (target.service() == null) {
            var owner = owners.getOrDefault(target.address(), OUTSIDE);
            return new Key(Kind.POD_IP, "", family, List.of(owner), false);
        }
        var service = Objects.requireNonNull(services.get(target.service()));
        return new Key(Kind.SERVICE, service.type(), family, backends(service, family), service.internalLocal());
    }

    private List<String> backends(Service service, Family family) {
        var attachments = new TreeSet<String>();
        slices.getOrDefault(service.name(), List.of()).stream()
                .flatMap(slice -> slice.endpoints().stream())
                .flatMap(endpoint -> attachmentIn(endpoint, family))
                .forEach(attachments::add);
        return List.copyOf(attachments);
    }

    private Stream<String> attachmentIn(EndpointSlice.Endpoint endpoint, Family family) {
        return endpoint.addresses().stream().anyMatch(address -> address.family() == family)
                ? Stream.of(attachment(endpoint))
                : Stream.empty();
    }

    private String attachment(EndpointSlice.Endpoint endpoint) {
        return endpoint.pod() == null
                ? OUTSIDE
                : analysis.pod(endpoint.pod())
                        .map(pod -> pod.network().attachment())
                        .orElse("unknown");
    }

    List<TargetClass> classes() {
        return members.entrySet().stream()
                .map(entry -> classOf(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static TargetClass classOf(Key key, List<Target> targets) {
        return new TargetClass(key.id(), key.kind(), key.type(), key.family(), key.backends(), key.local(), targets);
    }
}
