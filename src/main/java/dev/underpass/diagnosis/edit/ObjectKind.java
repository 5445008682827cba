package dev.underpass.diagnosis.edit;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.ObjectName;
import dev.underpass.cluster.SpiderpoolResources;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The kinds of objects that may be edited.
enum ObjectKind {
    COORDINATOR("SpiderCoordinator", Known.COORDINATORS),
    POOL("SpiderIPPool", Known.POOLS),
    SUBNET("SpiderSubnet", Known.SUBNETS),
    RESERVED_IP("SpiderReservedIP", Known.RESERVED_IPS),
    MULTUS_CONFIG("SpiderMultusConfig", Known.MULTUS_CONFIGS);

    /// Where all of them are, and the version that these rules are for.
    static final String API_VERSION = "spiderpool.spidernet.io/v2beta1";

    private final String kind;
    private final String resource;

    ObjectKind(String kind, String resource) {
        this.kind = kind;
        this.resource = resource;
    }

    static Optional<ObjectKind> of(String kind) {
        return Stream.of(values()).filter(each -> each.kind.equals(kind)).findFirst();
    }

    static List<String> names() {
        return Stream.of(values()).map(each -> each.kind).toList();
    }

    String resource() {
        return resource;
    }

    Shape.Members spec() {
        return switch (this) {
            case COORDINATOR -> Shapes.COORDINATOR;
            case POOL -> Shapes.POOL;
            case SUBNET -> Shapes.SUBNET;
            case RESERVED_IP -> Shapes.RESERVED_IP;
            case MULTUS_CONFIG -> Shapes.MULTUS_CONFIG;
        };
    }

    boolean namespaced() {
        return this == MULTUS_CONFIG;
    }

    /// Whether the cluster has such an object.
    boolean isIn(ClusterSnapshot now, ObjectName name) {
        var all = now.spiderpool();
        return switch (this) {
            case COORDINATOR -> has(all.coordinators().stream().map(SpiderpoolResources.Coordinator::name), name);
            case POOL -> has(all.ipPools().stream().map(SpiderpoolResources.IpPool::name), name);
            case SUBNET -> has(all.subnets().stream().map(SpiderpoolResources.Subnet::name), name);
            case RESERVED_IP -> has(all.reservedIps().stream().map(SpiderpoolResources.ReservedIp::name), name);
            case MULTUS_CONFIG ->
                all.multusConfigs().stream().anyMatch(each -> each.name().equals(name));
        };
    }

    private static boolean has(Stream<String> names, ObjectName name) {
        return names.anyMatch(name.name()::equals);
    }

    @Override
    public String toString() {
        return kind;
    }
}
