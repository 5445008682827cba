package dev.underpass.console.edit;

import dev.underpass.cluster.SpiderpoolResources.Allocation;
import dev.underpass.cluster.SpiderpoolResources.Endpoint;
import dev.underpass.cluster.SpiderpoolResources.IpPool;
import dev.underpass.diagnosis.edit.AddressRange;
import dev.underpass.diagnosis.edit.AddressRanges;
import dev.underpass.net.IpAddress;
import dev.underpass.net.IpAddress.Family;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Which Pods have the addresses of a pool, by their SpiderEndpoints and by the pool's own status.
///
/// @param pods those of each address, each Pod once
record Holders(Map<IpAddress, List<Holder>> pods) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// A Pod with an address.
    ///
    /// @param pod `namespace/name`
    /// @param device empty when nobody tells
    record Holder(String pod, String device) {}

    /// An address and those who have it, at least one.
    record Held(IpAddress address, List<Holder> holders) {}

    /// Of an endpoint's address in the pool's ranges it does not matter from which pool it is: two Pods cannot have it.
    ///
    /// @param object the pool, whose `status.allocatedIPs` is JSON as text: an object of Pods by address
    static Holders of(IpPool pool, AddressRanges ranges, JsonNode object, List<Endpoint> endpoints) {
        var holders = new Holders(new HashMap<>());
        for (var endpoint : endpoints) {
            for (var allocation : endpoint.allocations()) {
                addresses(allocation)
                        .filter(address -> isFrom(pool, allocation, address) || ranges.contains(address))
                        .forEach(address -> holders.add(
                                address,
                                new Holder(
                                        endpoint.pod().toString(),
                                        allocation.device().value())));
            }
        }
        told(object).properties().forEach(entry -> holders.addTold(entry.getKey(), entry.getValue()));
        return holders;
    }

    private static Stream<IpAddress> addresses(Allocation allocation) {
        return Stream.concat(Stream.ofNullable(allocation.ipv4()), Stream.ofNullable(allocation.ipv6()));
    }

    private static boolean isFrom(IpPool pool, Allocation allocation, IpAddress address) {
        return pool.name().equals(address.equals(allocation.ipv4()) ? allocation.ipv4Pool() : allocation.ipv6Pool());
    }

    private static JsonNode told(JsonNode object) {
        try {
            var text = object.path("status").path("allocatedIPs").asString("");
            return text.isEmpty() ? JSON.createObjectNode() : JSON.readTree(text);
        } catch (JacksonException _) {
            return JSON.createObjectNode();
        }
    }

    private void addTold(String text, JsonNode entry) {
        try {
            var pod = entry.path("pod").asString("");
            if (!pod.isEmpty()) {
                add(
                        IpAddress.parse(text),
                        new Holder(pod, entry.path("interface").asString("")));
            }
        } catch (IllegalArgumentException _) {
            // What is no address is nobody's.
        }
    }

    private void add(IpAddress address, Holder holder) {
        var known = pods.computeIfAbsent(address, _ -> new ArrayList<>());
        if (known.stream().noneMatch(each -> each.pod().equals(holder.pod()))) {
            known.add(holder);
        }
    }

    List<Holder> of(IpAddress address) {
        return pods.getOrDefault(address, List.of());
    }

    Set<IpAddress> addresses() {
        return pods.keySet();
    }

    /// The addresses of a family, in their order.
    List<Held> of(Family family) {
        return pods.entrySet().stream()
                .filter(entry -> entry.getKey().family() == family)
                .sorted(Map.Entry.comparingByKey(AddressRange.ORDER))
                .map(entry -> new Held(entry.getKey(), entry.getValue()))
                .toList();
    }
}
