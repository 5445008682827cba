package dev.underpass.console.objects;

import dev.underpass.cluster.CniResources;
import dev.underpass.cluster.CniResources.CiliumNode;
import dev.underpass.cluster.CniResources.CiliumPool;
import dev.underpass.cluster.CniResources.ConfigMap;
import dev.underpass.cluster.NodeName;
import dev.underpass.cluster.Policies.Namespace;
import dev.underpass.cluster.Policies.NetworkPolicy;
import dev.underpass.net.IpPrefix;
import dev.underpass.report.Fields;
import dev.underpass.report.ReportFormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Turns what says how the cluster's own network is set up into records.
final class CniObjects {

    private CniObjects() {}

    static CniResources.ServiceCidr serviceCidr(Fields object) throws ReportFormatException {
        return new CniResources.ServiceCidr(
                object.object("metadata").text("name"),
                CoreObjects.values(object.object("spec"), "cidrs", IpPrefix::parse),
                CoreObjects.createdAt(object));
    }

    static CniResources.CalicoPool calicoPool(Fields object) throws ReportFormatException {
        var spec = object.object("spec");
        var ipip = spec.text("ipipMode", "Never");
        var vxlan = spec.text("vxlanMode", "Never");
        var encapsulation = !ipip.equals("Never") ? "IPIP" : !vxlan.equals("Never") ? "VXLAN" : "none";
        return new CniResources.CalicoPool(
                object.object("metadata").text("name"),
                spec.value("cidr", IpPrefix::parse),
                spec.text("natOutgoing", "false").equals("true"),
                spec.text("disabled", "false").equals("true"),
                encapsulation);
    }

    static CiliumPool ciliumPool(Fields object) throws ReportFormatException {
        var spec = object.object("spec");
        var cidrs = new ArrayList<IpPrefix>();
        for (var family : List.of("ipv4", "ipv6")) {
            var part = spec.optionalObject(family);
            if (part != null) {
                cidrs.addAll(CoreObjects.values(part, "cidrs", IpPrefix::parse));
            }
        }
        return new CiliumPool(object.object("metadata").text("name"), cidrs);
    }

    static CiliumNode ciliumNode(Fields object) throws ReportFormatException {
        var spec = object.optionalObject("spec");
        var ipam = spec == null ? null : spec.optionalObject("ipam");
        var cidrs = new ArrayList<IpPrefix>();
        if (ipam != null) {
            cidrs.addAll(CoreObjects.values(ipam, "podCIDRs", IpPrefix::parse));
            cidrs.addAll(allocated(ipam.optionalObject("pools")));
        }
        return new CiliumNode(object.object("metadata").value("name", NodeName::new), cidrs);
    }

    private static List<IpPrefix> allocated(@Nullable Fields pools) throws ReportFormatException {
        var cidrs = new ArrayList<IpPrefix>();
        if (pools != null) {
            for (var pool : pools.list("allocated", each -> each)) {
                cidrs.addAll(CoreObjects.values(pool, "cidrs", IpPrefix::parse));
            }
        }
        return cidrs;
    }

    /// Only of the three that matter the data is kept.
    static ConfigMap configMap(Fields object) throws ReportFormatException {
        var name = CoreObjects.name(object);
        var data = ConfigMap.matters(name) ? object.optionalMap("data") : null;
        return new ConfigMap(name, data == null ? Map.of() : data);
    }

    static Namespace namespace(Fields object) throws ReportFormatException {
        var metadata = object.object("metadata");
        return new Namespace(metadata.text("name"), CoreObjects.map(metadata, "labels"));
    }

    static NetworkPolicy networkPolicy(Fields object) throws ReportFormatException {
        var spec = object.optionalObject("spec");
        var selector = spec == null ? null : spec.optionalObject("podSelector");
        return new NetworkPolicy(
                CoreObjects.name(object),
                selector == null ? Map.of() : CoreObjects.map(selector, "matchLabels"),
                selector != null && selector.present("matchExpressions"),
                spec == null ? List.of() : spec.texts("policyTypes"));
    }
}
