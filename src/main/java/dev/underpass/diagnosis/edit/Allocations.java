package dev.underpass.diagnosis.edit;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.ObjectName;
import dev.underpass.cluster.SpiderpoolResources.Allocation;
import dev.underpass.cluster.SpiderpoolResources.Endpoint;
import dev.underpass.net.IpAddress;
import dev.underpass.words.Sentence;
import dev.underpass.words.Worded;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The addresses that Spiderpool gave to Pods, as the SpiderEndpoints tell.
public record Allocations(List<Given> all) {

    /// An address, who has it, and the pool that it is from.
    public record Given(
            IpAddress address, ObjectName pod, @Nullable String pool) implements Worded {

        @Override
        public Sentence words() {
            return Phrases.OF_POD.with(address, pod);
        }

        @Override
        public String toString() {
            return words().toString();
        }
    }

    public Allocations {
        all = List.copyOf(all);
    }

    /// All of them.
    public static Allocations of(ClusterSnapshot now) {
        return new Allocations(now.spiderpool().endpoints().stream()
                .flatMap(endpoint -> endpoint.allocations().stream().flatMap(each -> given(endpoint, each)))
                .toList());
    }

    private static Stream<Given> given(Endpoint endpoint, Allocation nic) {
        var ipv4 = nic.ipv4() == null
                ? Stream.<Given>empty()
                : Stream.of(new Given(nic.ipv4(), endpoint.pod(), nic.ipv4Pool()));
        var ipv6 = nic.ipv6() == null
                ? Stream.<Given>empty()
                : Stream.of(new Given(nic.ipv6(), endpoint.pod(), nic.ipv6Pool()));
        return Stream.concat(ipv4, ipv6);
    }

    List<Given> from(String pool) {
        return where(given -> pool.equals(given.pool()));
    }

    /// The addresses by the pool that they are from; those of no pool are left out.
    Map<String, Set<IpAddress>> byPool() {
        return where(given -> given.pool() != null).stream()
                .collect(groupingBy(given -> String.valueOf(given.pool()), mapping(Given::address, toSet())));
    }

    /// The pools that each Pod has addresses of.
    public Map<ObjectName, Set<String>> poolsByPod() {
        return where(given -> given.pool() != null).stream()
                .collect(groupingBy(Given::pod, mapping(given -> String.valueOf(given.pool()), toSet())));
    }

    /// Those in some ranges.
    public List<Given> in(AddressRanges ranges) {
        return where(given -> ranges.contains(given.address()));
    }

    List<Given> where(Predicate<Given> wanted) {
        return all.stream().filter(wanted).toList();
    }
}
