package dev.underpass.console.web;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.ObjectName;
import dev.underpass.cluster.Pod;
import dev.underpass.cluster.SpiderpoolResources.IpPool;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.edit.PoolAddresses;
import dev.underpass.console.edit.PoolAddresses.AddressView;
import dev.underpass.console.edit.PoolAddresses.State;
import dev.underpass.console.objects.Kinds;
import dev.underpass.diagnosis.edit.AddressRange;
import dev.underpass.diagnosis.edit.AddressRanges;
import dev.underpass.net.IpAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the parts of a page are made of.
///
/// @param others the ranges of the other pools
/// @param disputed the addresses of the pool that another MAC address answers for
record PoolSource(
        ClusterView cluster,
        PoolAddresses addresses,
        Map<String, AddressRanges> others,
        AddressRanges leaked,
        AddressRanges disputed) {

    static PoolSource of(ClusterView cluster, IpPool pool, KeptPools.Parts parts) {
        var addresses = parts.addresses();
        var disputed = cluster.disputed().stream()
                .filter(addresses.all()::contains)
                .map(address -> new AddressRange(address, address))
                .toList();
        return new PoolSource(
                cluster,
                addresses,
                others(cluster.analysis().snapshot(), pool),
                parts.leaked(),
                AddressRanges.of(disputed));
    }

    /// The addresses whose Pods are gone, where Pods can be seen.
    static AddressRanges leaked(ClusterView cluster, PoolAddresses addresses) {
        return observesPods(cluster)
                ? addresses.leaked(name -> pod(cluster, name).isPresent())
                : AddressRanges.parse(List.of());
    }

    private static boolean observesPods(ClusterView cluster) {
        return cluster.analysis().snapshot().observes(Kinds.POD.resource());
    }

    /// A pool's status may name what is no Pod's name.
    private static Optional<Pod> pod(ClusterView cluster, String name) {
        try {
            return cluster.pod(ObjectName.parse(name))
                    .map(each -> each.analysis().pod());
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    PoolMap.Cell cell(IpAddress address) {
        if (!addresses.all().contains(address)) {
            var other = others.entrySet().stream()
                    .filter(each -> each.getValue().contains(address))
                    .map(Map.Entry::getKey)
                    .findFirst();
            return new PoolMap.Cell(
                    address.toString(),
                    other.isPresent() ? "o" : "·",
                    other.isPresent() ? "other" : "outside",
                    other.orElse(""));
        }
        var view = addresses.view(address);
        // As in the API, `conflict` where another answers, and `leaked` where the only Pod that has it is gone.
        boolean conflict = PoolMap.counts(view.state()) && disputed.contains(address);
        var state = conflict
                ? State.CONFLICT.toString()
                : leaked.contains(address) ? PoolPage.LEAKED : view.state().toString();
        return new PoolMap.Cell(view.address(), glyph(state), state, String.join(", ", names(view)));
    }

    List<PoolPage.Holder> holders(AddressView view) {
        return names(view).stream()
                .map(name -> new PoolPage.Holder(
                        view.address(),
                        name,
                        name.equals(view.pod()) && view.device() != null ? view.device() : "",
                        pod(cluster, name).orElse(null),
                        observesPods(cluster)))
                .toList();
    }

    static List<String> names(AddressView view) {
        return Stream.concat(Stream.ofNullable(view.pod()), view.others().stream())
                .toList();
    }

    private static String glyph(String state) {
        return switch (state) {
            case "allocated" -> "#";
            case "free" -> ".";
            case "excluded" -> "x";
            case "reserved" -> "R";
            case "gateway" -> "G";
            case "conflict" -> "!";
            case PoolPage.LEAKED -> "?";
            default -> "";
        };
    }

    private static Map<String, AddressRanges> others(ClusterSnapshot snapshot, IpPool pool) {
        return snapshot.spiderpool().ipPools().stream()
                .filter(each -> !each.name().equals(pool.name()))
                .collect(Collectors.toMap(
                        IpPool::name, each -> AddressRanges.parse(each.ips()), (first, again) -> first));
    }
}
