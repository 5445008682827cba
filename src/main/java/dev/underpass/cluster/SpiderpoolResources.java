package dev.underpass.cluster;

import dev.underpass.net.DeviceName;
import dev.underpass.net.IpAddress;
import dev.underpass.net.IpPrefix;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The resources of Spiderpool and Multus that shape a Pod's network.
public record SpiderpoolResources(
        List<Coordinator> coordinators,
        List<IpPool> ipPools,
        List<Subnet> subnets,
        List<ReservedIp> reservedIps,
        List<Endpoint> endpoints,
        List<NetworkAttachment> networkAttachments,
        List<MultusConfig> multusConfigs) {

    public static final SpiderpoolResources NONE =
            new SpiderpoolResources(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    public SpiderpoolResources {
        coordinators = List.copyOf(coordinators);
        ipPools = List.copyOf(ipPools);
        subnets = List.copyOf(subnets);
        reservedIps = List.copyOf(reservedIps);
        endpoints = List.copyOf(endpoints);
        networkAttachments = List.copyOf(networkAttachments);
        multusConfigs = List.copyOf(multusConfigs);
    }

    /// The same with other coordinators and networks.
    public SpiderpoolResources with(List<Coordinator> itsCoordinators, List<NetworkAttachment> itsAttachments) {
        return new SpiderpoolResources(
                itsCoordinators, ipPools, subnets, reservedIps, endpoints, itsAttachments, multusConfigs);
    }

    /// A SpiderCoordinator: the cluster's settings, and the CIDRs that Spiderpool found.
    ///
    /// @param serviceCidrs `status.serviceCIDR`; null when the status has none
    public record Coordinator(
            String name,
            CoordinatorSettings settings,
            @Nullable String phase,
            @Nullable String reason,
            @Nullable List<IpPrefix> overlayPodCidrs,
            @Nullable List<IpPrefix> serviceCidrs) {}

    /// A SpiderIPPool.
    ///
    /// @param ips ranges as written: `10.6.212.200-10.6.212.254`, or single addresses
    public record IpPool(
            String name,
            IpPrefix subnet,
            @Nullable IpAddress gateway,
            List<String> ips,
            List<String> excludedIps,
            List<PoolRoute> routes,
            @Nullable Integer vlan,
            boolean isDefault,
            boolean disabled,
            long totalIpCount,
            long allocatedIpCount) {
        public IpPool {
            ips = List.copyOf(ips);
            excludedIps = List.copyOf(excludedIps);
            routes = List.copyOf(routes);
        }

        /// The same with what its status counts.
        public IpPool withCounts(long total, long allocated) {
            return new IpPool(
                    name, subnet, gateway, ips, excludedIps, routes, vlan, isDefault, disabled, total, allocated);
        }
    }

    /// A route that the pool gives to its Pods.
    public record PoolRoute(IpPrefix destination, IpAddress gateway) {}

    /// A SpiderSubnet: a range that pools are cut from.
    public record Subnet(
            String name, IpPrefix subnet, @Nullable IpAddress gateway, List<String> ips, List<String> excludedIps) {
        public Subnet {
            ips = List.copyOf(ips);
            excludedIps = List.copyOf(excludedIps);
        }
    }

    /// A SpiderReservedIP: addresses that no pool gives to a Pod.
    public record ReservedIp(String name, List<String> ips) {
        public ReservedIp {
            ips = List.copyOf(ips);
        }
    }

    /// A SpiderEndpoint: the addresses that Spiderpool gave to a Pod.
    public record Endpoint(ObjectName pod, @Nullable NodeName node, List<Allocation> allocations) {
        public Endpoint {
            allocations = List.copyOf(allocations);
        }
    }

    /// One NIC's addresses in a SpiderEndpoint.
    public record Allocation(
            DeviceName device,
            @Nullable IpAddress ipv4,
            @Nullable IpAddress ipv6,
            @Nullable String ipv4Pool,
            @Nullable String ipv6Pool,
            @Nullable IpAddress ipv4Gateway,
            @Nullable IpAddress ipv6Gateway,
            @Nullable Integer vlan) {}

    /// A NetworkAttachmentDefinition.
    ///
    /// @param mainPlugin the first plugin's type, such as `macvlan`; empty when it cannot be read
    /// @param coordinator the settings in its `coordinator` plugin, absent when the plugin is not chained
    public record NetworkAttachment(
            ObjectName name,
            String mainPlugin,
            @Nullable DeviceName master,
            @Nullable CoordinatorSettings coordinator,
            String config) {}

    /// A SpiderMultusConfig.
    ///
    /// @param plugins what it says of the plugins beside the coordinator, as JSON
    public record MultusConfig(
            ObjectName name,
            String cniType,
            boolean enableCoordinator,
            @Nullable CoordinatorSettings coordinator,
            String plugins) {}
}
