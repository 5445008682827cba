package dev.underpass.diagnosis;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.CoordinatorSettings;
import dev.underpass.cluster.SpiderpoolResources.Coordinator;
import dev.underpass.cluster.SpiderpoolResources.IpPool;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The objects of the cluster's network configuration with those of their fields that matter, as texts.
final class ConfigurationFields {

    private static final String SPIDERPOOL = ".spiderpool.spidernet.io";

    private final ClusterSnapshot snapshot;
    private final Map<Key, Map<String, String>> objects = new TreeMap<>();

    /// @param resource as RBAC names it, to ask whether it could be read
    record Key(String resource, String kind, String name) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            return toString().compareTo(other.toString());
        }
    }

    private ConfigurationFields(ClusterSnapshot snapshot) {
        this.snapshot = snapshot;
    }

    static Map<Key, Map<String, String>> of(ClusterSnapshot snapshot) {
        var fields = new ConfigurationFields(snapshot);
        fields.addSpiderpool();
        fields.addCni();
        return fields.objects;
    }

    private Fields object(String resource, String kind, Object name) {
        var fields = new Fields(new TreeMap<>());
        objects.put(new Key(resource, kind, name.toString()), fields.values());
        return fields;
    }

    /// The fields of one object; what is not set is left out.
    private record Fields(Map<String, String> values) {

        Fields with(String name, @Nullable Object value) {
            if (value != null && !value.toString().isEmpty() && !value.equals(List.of())) {
                values.put(name, value.toString());
            }
            return this;
        }
    }

    private void addSpiderpool() {
        var spiderpool = snapshot.spiderpool();
        spiderpool.coordinators().forEach(this::add);
        spiderpool.ipPools().forEach(this::add);
        spiderpool
                .subnets()
                .forEach(each -> object("spidersubnets" + SPIDERPOOL, "SpiderSubnet", each.name())
                        .with("spec.subnet", each.subnet())
                        .with("spec.gateway", each.gateway())
                        .with("spec.ips", each.ips())
                        .with("spec.excludeIPs", each.excludedIps()));
        spiderpool
                .reservedIps()
                .forEach(each -> object("spiderreservedips" + SPIDERPOOL, "SpiderReservedIP", each.name())
                        .with("spec.ips", each.ips()));
        spiderpool.multusConfigs().forEach(each -> {
            var fields = object("spidermultusconfigs" + SPIDERPOOL, "SpiderMultusConfig", each.name())
                    .with("spec.cniType", each.cniType())
                    .with("spec.enableCoordinator", each.enableCoordinator())
                    .with("spec", each.plugins().equals("{}") ? "" : each.plugins());
            if (each.coordinator() != null) {
                add(fields, "spec.coordinator.", each.coordinator());
            }
        });
        spiderpool
                .networkAttachments()
                .forEach(each -> object(
                                "network-attachment-definitions.k8s.cni.cncf.io",
                                "NetworkAttachmentDefinition",
                                each.name())
                        .with("spec.config", each.config()));
    }

    private void add(Coordinator coordinator) {
        var fields = object("spidercoordinators" + SPIDERPOOL, "SpiderCoordinator", coordinator.name())
                .with("status.phase", coordinator.phase())
                .with("status.reason", coordinator.reason())
                .with("status.overlayPodCIDR", coordinator.overlayPodCidrs())
                .with("status.serviceCIDR", coordinator.serviceCidrs());
        add(fields, "spec.", coordinator.settings());
    }

    private static void add(Fields fields, String start, CoordinatorSettings settings) {
        settings.given().forEach((field, value) -> fields.with(start + field, value));
    }

    private void add(IpPool pool) {
        object("spiderippools" + SPIDERPOOL, "SpiderIPPool", pool.name())
                .with("spec.subnet", pool.subnet())
                .with("spec.gateway", pool.gateway())
                .with("spec.ips", pool.ips())
                .with("spec.excludeIPs", pool.excludedIps())
                .with(
                        "spec.routes",
                        pool.routes().stream()
                                .map(route -> route.destination() + " via " + route.gateway())
                                .toList())
                .with("spec.vlan", pool.vlan())
                .with("spec.default", pool.isDefault())
                .with("spec.disable", pool.disabled());
    }

    private void addCni() {
        var cni = snapshot.cni();
        cni.serviceCidrs()
                .forEach(each -> object("servicecidrs.networking.k8s.io", "ServiceCIDR", each.name())
                        .with("spec.cidrs", each.cidrs()));
        cni.calicoPools()
                .forEach(each -> object("ippools.crd.projectcalico.org", "IPPool", each.name())
                        .with("spec.cidr", each.cidr())
                        .with("spec.disabled", each.disabled())
                        .with("spec.natOutgoing", each.natOutgoing()));
        cni.ciliumPools()
                .forEach(each -> object("ciliumpodippools.cilium.io", "CiliumPodIPPool", each.name())
                        .with("spec.cidrs", each.cidrs()));
        cni.configMaps().forEach((name, data) -> {
            var fields = object("configmaps", "ConfigMap", name);
            data.forEach((key, text) -> lines(fields, "data." + key, text));
        });
    }

    /// Of a file in a ConfigMap, each `key: value` is a field of its own; a key that comes again has all its values.
    private static void lines(Fields fields, String start, String text) {
        for (var line : text.lines().map(String::strip).toList()) {
            int colon = line.indexOf(": ");
            if (colon < 0) {
                colon = line.endsWith(":") ? line.length() - 1 : -1;
            }
            var field = text.contains("\n") && colon > 0 ? start + " " + line.substring(0, colon) : start;
            var value =
                    text.contains("\n") && colon > 0 ? line.substring(colon + 1).strip() : line;
            if (!value.isEmpty()) {
                fields.values().merge(field, value, (one, more) -> one + ", " + more);
            }
        }
    }
}
