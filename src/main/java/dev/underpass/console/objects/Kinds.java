package dev.underpass.console.objects;

import dev.underpass.cluster.CniResources.CalicoPool;
import dev.underpass.cluster.CniResources.CiliumNode;
import dev.underpass.cluster.CniResources.CiliumPool;
import dev.underpass.cluster.CniResources.ConfigMap;
import dev.underpass.cluster.CniResources.ServiceCidr;
import dev.underpass.cluster.EndpointSlice;
import dev.underpass.cluster.Node;
import dev.underpass.cluster.Pod;
import dev.underpass.cluster.Policies.Namespace;
import dev.underpass.cluster.Policies.NetworkPolicy;
import dev.underpass.cluster.Service;
import dev.underpass.cluster.SpiderpoolResources.Coordinator;
import dev.underpass.cluster.SpiderpoolResources.Endpoint;
import dev.underpass.cluster.SpiderpoolResources.IpPool;
import dev.underpass.cluster.SpiderpoolResources.MultusConfig;
import dev.underpass.cluster.SpiderpoolResources.NetworkAttachment;
import dev.underpass.cluster.SpiderpoolResources.ReservedIp;
import dev.underpass.cluster.SpiderpoolResources.Subnet;
import dev.underpass.report.Fields;
import dev.underpass.report.ReportFormatException;
import java.util.List;
import java.util.Optional;

/// The kinds of objects that are read; all others are of no use to the analysis.
public final class Kinds {

    private static final String SPIDERPOOL = "spiderpool.spidernet.io";

    public static final Kind<Node> NODE = new Kind<>("", "v1", "nodes", "Node", false, CoreObjects::node);
    public static final Kind<Namespace> NAMESPACE =
            new Kind<>("", "v1", "namespaces", "Namespace", false, CniObjects::namespace);
    public static final Kind<Pod> POD = new Kind<>("", "v1", "pods", "Pod", true, CoreObjects::pod);
    public static final Kind<Service> SERVICE = new Kind<>("", "v1", "services", "Service", true, CoreObjects::service);
    public static final Kind<EndpointSlice> ENDPOINT_SLICE =
            new Kind<>("discovery.k8s.io", "v1", "endpointslices", "EndpointSlice", true, CoreObjects::endpointSlice);
    public static final Kind<ConfigMap> CONFIG_MAP =
            new Kind<>("", "v1", "configmaps", "ConfigMap", true, CniObjects::configMap);
    public static final Kind<ServiceCidr> SERVICE_CIDR =
            new Kind<>("networking.k8s.io", "v1", "servicecidrs", "ServiceCIDR", false, CniObjects::serviceCidr);
    public static final Kind<NetworkPolicy> NETWORK_POLICY =
            new Kind<>("networking.k8s.io", "v1", "networkpolicies", "NetworkPolicy", true, CniObjects::networkPolicy);
    public static final Kind<CalicoPool> CALICO_POOL =
            new Kind<>("crd.projectcalico.org", "v1", "ippools", "IPPool", false, CniObjects::calicoPool);
    public static final Kind<CiliumPool> CILIUM_POOL =
            new Kind<>("cilium.io", "v2alpha1", "ciliumpodippools", "CiliumPodIPPool", false, CniObjects::ciliumPool);
    public static final Kind<CiliumNode> CILIUM_NODE =
            new Kind<>("cilium.io", "v2", "ciliumnodes", "CiliumNode", false, CniObjects::ciliumNode);
    public static final Kind<NetworkAttachment> ATTACHMENT = new Kind<>(
            "k8s.cni.cncf.io",
            "v1",
            "network-attachment-definitions",
            "NetworkAttachmentDefinition",
            true,
            SpiderpoolObjects::attachment);
    public static final Kind<Coordinator> COORDINATOR = new Kind<>(
            SPIDERPOOL, "v2beta1", "spidercoordinators", "SpiderCoordinator", false, SpiderpoolObjects::coordinator);
    public static final Kind<IpPool> IP_POOL =
            new Kind<>(SPIDERPOOL, "v2beta1", "spiderippools", "SpiderIPPool", false, SpiderpoolObjects::ipPool);
    public static final Kind<Subnet> SUBNET =
            new Kind<>(SPIDERPOOL, "v2beta1", "spidersubnets", "SpiderSubnet", false, SpiderpoolObjects::subnet);
    public static final Kind<ReservedIp> RESERVED_IP = new Kind<>(
            SPIDERPOOL, "v2beta1", "spiderreservedips", "SpiderReservedIP", false, SpiderpoolObjects::reservedIp);
    public static final Kind<Endpoint> ENDPOINT =
            new Kind<>(SPIDERPOOL, "v2beta1", "spiderendpoints", "SpiderEndpoint", true, SpiderpoolObjects::endpoint);
    public static final Kind<MultusConfig> MULTUS_CONFIG = new Kind<>(
            SPIDERPOOL, "v2beta1", "spidermultusconfigs", "SpiderMultusConfig", true, SpiderpoolObjects::multusConfig);

    /// In the order in which they are worth reading.
    public static final List<Kind<?>> ALL = List.of(
            NODE,
            NAMESPACE,
            POD,
            SERVICE,
            ENDPOINT_SLICE,
            CONFIG_MAP,
            SERVICE_CIDR,
            NETWORK_POLICY,
            CALICO_POOL,
            CILIUM_POOL,
            CILIUM_NODE,
            ATTACHMENT,
            COORDINATOR,
            IP_POOL,
            SUBNET,
            RESERVED_IP,
            ENDPOINT,
            MULTUS_CONFIG);

    /// Those that people edit; of a bundle, they are kept as they were written.
    public static final List<Kind<?>> EDITED = List.of(COORDINATOR, IP_POOL, SUBNET, RESERVED_IP, MULTUS_CONFIG);

    private Kinds() {}

    /// The kind of an object by `apiVersion` and `kind`; the version within the group does not matter,
    /// and where there is no `apiVersion` at all, the kind decides.
    public static Optional<Kind<?>> of(Fields object) throws ReportFormatException {
        var kind = object.text("kind");
        var apiVersion = object.text("apiVersion", "");
        var group = apiVersion.contains("/") ? apiVersion.substring(0, apiVersion.indexOf('/')) : "";
        return ALL.stream()
                .filter(each -> each.kind().equals(kind) && (apiVersion.isEmpty() || sameGroup(each, group)))
                .findFirst();
    }

    /// Calico serves its pools under two groups.
    private static boolean sameGroup(Kind<?> kind, String group) {
        return kind.group().equals(group) || (kind.equals(CALICO_POOL) && group.equals("projectcalico.org"));
    }
}
