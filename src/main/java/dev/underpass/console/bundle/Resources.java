package dev.underpass.console.bundle;

import dev.underpass.cluster.CniResources;
import dev.underpass.cluster.EndpointSlice;
import dev.underpass.cluster.Node;
import dev.underpass.cluster.ObjectName;
import dev.underpass.cluster.Pod;
import dev.underpass.cluster.Service;
import dev.underpass.cluster.SpiderpoolResources;
import dev.underpass.report.Fields;
import dev.underpass.report.ReportFormatException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Collects Kubernetes objects of the kinds that matter, as records; other kinds, and Secrets, are left out.
final class Resources {

    private final Map<String, String> seen = new HashMap<>();
    private final List<Node> nodes = new ArrayList<>();
    private final List<Pod> pods = new ArrayList<>();
    private final List<Service> services = new ArrayList<>();
    private final List<EndpointSlice> slices = new ArrayList<>();
    private final List<SpiderpoolResources.Coordinator> coordinators = new ArrayList<>();
    private final List<SpiderpoolResources.IpPool> ipPools = new ArrayList<>();
    private final List<SpiderpoolResources.Endpoint> endpoints = new ArrayList<>();
    private final List<SpiderpoolResources.NetworkAttachment> attachments = new ArrayList<>();
    private final List<SpiderpoolResources.MultusConfig> multusConfigs = new ArrayList<>();
    private final List<CniResources.ServiceCidr> serviceCidrs = new ArrayList<>();
    private final List<CniResources.CalicoPool> calicoPools = new ArrayList<>();
    private final Map<ObjectName, Map<String, String>> configMaps = new HashMap<>();

    void add(Fields object, String file) throws ReportFormatException {
        var kind = object.text("kind");
        var group = object.text("apiVersion", "").split("/", 2)[0];
        var metadata = object.object("metadata");
        refuseDuplicate(kind + "." + group, metadata, file);
        switch (kind) {
            case "Node" -> nodes.add(CoreObjects.node(object));
            case "Pod" -> pods.add(CoreObjects.pod(object));
            case "Service" -> services.add(CoreObjects.service(object));
            case "EndpointSlice" -> slices.add(CoreObjects.endpointSlice(object));
            case "ServiceCIDR" -> serviceCidrs.add(CoreObjects.serviceCidr(object));
            case "IPPool" -> calicoPools.add(CoreObjects.calicoPool(object));
            case "ConfigMap" -> addConfigMap(object, metadata);
            case "SpiderCoordinator" -> coordinators.add(SpiderpoolObjects.coordinator(object));
            case "SpiderIPPool" -> ipPools.add(SpiderpoolObjects.ipPool(object));
            case "SpiderEndpoint" -> endpoints.add(SpiderpoolObjects.endpoint(object));
            case "SpiderMultusConfig" -> multusConfigs.add(SpiderpoolObjects.multusConfig(object));
            case "NetworkAttachmentDefinition" -> attachments.add(SpiderpoolObjects.attachment(object));
            default -> {
                // Of no use to the analysis.
            }
        }
    }

    private void refuseDuplicate(String kind, Fields metadata, String file) throws ReportFormatException {
        var key = "%s %s/%s".formatted(kind, metadata.text("namespace", ""), metadata.text("name"));
        var earlier = seen.put(key, file);
        if (earlier != null) {
            throw metadata.error("name", "%s is already in %s".formatted(key, earlier));
        }
    }

    private void addConfigMap(Fields object, Fields metadata) throws ReportFormatException {
        var name = metadata.text("name");
        if (List.of("kube-proxy", "kubeadm-config", "cilium-config").contains(name)) {
            var data = object.optionalMap("data");
            configMaps.put(new ObjectName(metadata.text("namespace", "default"), name), data == null ? Map.of() : data);
        }
    }

    List<Node> nodes() {
        return nodes;
    }

    List<Pod> pods() {
        return pods;
    }

    List<Service> services() {
        return services;
    }

    List<EndpointSlice> endpointSlices() {
        return slices;
    }

    SpiderpoolResources spiderpool() {
        return new SpiderpoolResources(coordinators, ipPools, endpoints, attachments, multusConfigs);
    }

    CniResources cni() {
        return new CniResources(serviceCidrs, calicoPools, configMaps);
    }
}
