package dev.underpass.console.objects;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.CniResources;
import dev.underpass.cluster.CniResources.ConfigMap;
import dev.underpass.cluster.Fabric;
import dev.underpass.cluster.Policies;
import dev.underpass.cluster.SpiderpoolResources;
import dev.underpass.report.Fields;
import dev.underpass.report.ReportFormatException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The objects of a cluster by kind and key, as records. For one writer; what it gives out does not change.
public final class ClusterObjects {

    private final Map<Kind<?>, Map<String, Object>> objects = new HashMap<>();
    private final Map<Kind<?>, List<?>> lists = new HashMap<>();

    /// Reads an object, if its kind is one of those that matter.
    ///
    /// @throws ReportFormatException naming the place and the reason
    public void read(Fields object) throws ReportFormatException {
        var kind = Kinds.of(object);
        if (kind.isPresent()) {
            read(kind.get(), object);
        }
    }

    private <T> void read(Kind<T> kind, Fields object) throws ReportFormatException {
        put(kind, kind.key(object), kind.reader().read(object));
    }

    /// Puts an object in place of the one of the same key.
    public <T> void put(Kind<T> kind, String key, T record) {
        of(kind).put(key, record);
        lists.remove(kind);
    }

    /// Removes an object; false if there is none of that key.
    public boolean remove(Kind<?> kind, String key) {
        boolean there = of(kind).remove(key) != null;
        if (there) {
            lists.remove(kind);
        }
        return there;
    }

    /// Puts these in place of all objects of the kind.
    public <T> void replace(Kind<T> kind, Map<String, ? extends T> records) {
        objects.put(kind, new TreeMap<>(records));
        lists.remove(kind);
    }

    private Map<String, Object> of(Kind<?> kind) {
        return objects.computeIfAbsent(kind, _ -> new TreeMap<>());
    }

    /// The objects of a kind by their keys' order; the same list until one changes.
    @SuppressWarnings("unchecked") // Only put and replace add, records of the kind's type.
    public <T> List<T> all(Kind<T> kind) {
        return (List<T>) lists.computeIfAbsent(kind, each -> List.copyOf(of(each).values()));
    }

    /// The cluster that these objects make, without reports.
    public ClusterSnapshot snapshot(String name, @Nullable Instant at, String comment, Fabric fabric) {
        return new ClusterSnapshot(
                name,
                at,
                comment,
                all(Kinds.NODE),
                all(Kinds.POD),
                all(Kinds.SERVICE),
                all(Kinds.ENDPOINT_SLICE),
                spiderpool(),
                cni(),
                new Policies(all(Kinds.NAMESPACE), all(Kinds.NETWORK_POLICY)),
                Map.of(),
                fabric,
                Set.of(),
                Map.of());
    }

    private SpiderpoolResources spiderpool() {
        return new SpiderpoolResources(
                all(Kinds.COORDINATOR),
                all(Kinds.IP_POOL),
                all(Kinds.SUBNET),
                all(Kinds.RESERVED_IP),
                all(Kinds.ENDPOINT),
                all(Kinds.ATTACHMENT),
                all(Kinds.MULTUS_CONFIG));
    }

    private CniResources cni() {
        return new CniResources(
                all(Kinds.SERVICE_CIDR),
                all(Kinds.CALICO_POOL),
                all(Kinds.CILIUM_POOL),
                all(Kinds.CILIUM_NODE),
                all(Kinds.CONFIG_MAP).stream()
                        .filter(ConfigMap::matters)
                        .collect(Collectors.toMap(ConfigMap::name, ConfigMap::data)));
    }
}
