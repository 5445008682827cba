package dev.underpass.console.objects;

import dev.underpass.cluster.CoordinatorSettings;
import dev.underpass.cluster.NodeName;
import dev.underpass.cluster.SpiderpoolResources.Allocation;
import dev.underpass.cluster.SpiderpoolResources.Coordinator;
import dev.underpass.cluster.SpiderpoolResources.Endpoint;
import dev.underpass.cluster.SpiderpoolResources.IpPool;
import dev.underpass.cluster.SpiderpoolResources.MultusConfig;
import dev.underpass.cluster.SpiderpoolResources.NetworkAttachment;
import dev.underpass.cluster.SpiderpoolResources.PoolRoute;
import dev.underpass.cluster.SpiderpoolResources.ReservedIp;
import dev.underpass.cluster.SpiderpoolResources.Subnet;
import dev.underpass.net.DeviceName;
import dev.underpass.net.IpAddress;
import dev.underpass.net.IpPrefix;
import dev.underpass.report.Fields;
import dev.underpass.report.ReportFormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Turns Spiderpool's and Multus' objects into records.
final class SpiderpoolObjects {

    private SpiderpoolObjects() {}

    static Coordinator coordinator(Fields object) throws ReportFormatException {
        var spec = object.optionalObject("spec");
        var status = object.optionalObject("status");
        return new Coordinator(
                object.object("metadata").text("name"),
                spec == null ? CoordinatorSettings.EMPTY : settings(spec),
                status == null ? null : status.optionalText("phase"),
                status == null ? null : status.optionalText("reason"),
                status == null ? null : ranges(status, "overlayPodCIDR"),
                status == null ? null : ranges(status, "serviceCIDR"));
    }

    private static @Nullable List<IpPrefix> ranges(Fields status, String field) throws ReportFormatException {
        return status.present(field) ? CoreObjects.values(status, field, IpPrefix::parse) : null;
    }

    private static CoordinatorSettings settings(Fields fields) throws ReportFormatException {
        return new CoordinatorSettings(
                fields.optionalText("mode"),
                fields.optionalText("podCIDRType"),
                fields.present("hijackCIDR") ? fields.texts("hijackCIDR") : null,
                fields.optionalInt("hostRuleTable"),
                fields.optionalText("podDefaultRouteNIC"),
                fields.optionalInt("podRPFilter"),
                fields.optional("tunePodRoutes", Boolean::valueOf),
                fields.optionalInt("txQueueLen"),
                fields.optionalText("podMACPrefix"),
                fields.optionalInt("vethMTU"),
                fields.optionalText("vethLinkAddress"));
    }

    static IpPool ipPool(Fields object) throws ReportFormatException {
        var spec = object.object("spec");
        var status = object.optionalObject("status");
        return new IpPool(
                object.object("metadata").text("name"),
                spec.value("subnet", IpPrefix::parse),
                gateway(spec, "gateway"),
                spec.texts("ips"),
                spec.texts("excludeIPs"),
                spec.list("routes", SpiderpoolObjects::poolRoute),
                spec.optionalInt("vlan"),
                spec.text("default", "false").equals("true"),
                spec.text("disable", "false").equals("true"),
                status == null ? 0 : status.number("totalIPCount", 0),
                status == null ? 0 : status.number("allocatedIPCount", 0));
    }

    private static PoolRoute poolRoute(Fields fields) throws ReportFormatException {
        return new PoolRoute(fields.value("dst", IpPrefix::parse), fields.value("gw", IpAddress::parse));
    }

    static Subnet subnet(Fields object) throws ReportFormatException {
        var spec = object.object("spec");
        return new Subnet(
                object.object("metadata").text("name"),
                spec.value("subnet", IpPrefix::parse),
                gateway(spec, "gateway"),
                spec.texts("ips"),
                spec.texts("excludeIPs"));
    }

    static ReservedIp reservedIp(Fields object) throws ReportFormatException {
        var spec = object.optionalObject("spec");
        return new ReservedIp(object.object("metadata").text("name"), spec == null ? List.of() : spec.texts("ips"));
    }

    static Endpoint endpoint(Fields object) throws ReportFormatException {
        var status = object.optionalObject("status");
        var current = status == null ? null : status.optionalObject("current");
        return new Endpoint(
                CoreObjects.name(object),
                current == null ? null : current.optional("node", NodeName::new),
                current == null ? List.of() : current.list("ips", SpiderpoolObjects::allocation));
    }

    private static Allocation allocation(Fields fields) throws ReportFormatException {
        return new Allocation(
                fields.value("interface", DeviceName::new),
                withoutLength(fields, "ipv4"),
                withoutLength(fields, "ipv6"),
                fields.optionalText("ipv4Pool"),
                fields.optionalText("ipv6Pool"),
                gateway(fields, "ipv4Gateway"),
                gateway(fields, "ipv6Gateway"),
                fields.optionalInt("vlan"));
    }

    private static @Nullable IpAddress gateway(Fields fields, String field) throws ReportFormatException {
        return fields.text(field, "").isEmpty() ? null : fields.value(field, IpAddress::parse);
    }

    /// Spiderpool writes addresses with the length of their subnet.
    private static @Nullable IpAddress withoutLength(Fields fields, String field) throws ReportFormatException {
        return fields.text(field, "").isEmpty()
                ? null
                : fields.value(field, text -> IpAddress.parse(text.split("/", 2)[0]));
    }

    static MultusConfig multusConfig(Fields object) throws ReportFormatException {
        var spec = object.object("spec");
        var coordinator = spec.optionalObject("coordinator");
        return new MultusConfig(
                CoreObjects.name(object),
                spec.text("cniType", ""),
                spec.text("enableCoordinator", "true").equals("true"),
                coordinator == null ? null : settings(coordinator),
                plugins(spec));
    }

    /// The sections of the plugins, such as `macvlan`, in the order of their names.
    private static String plugins(Fields spec) {
        var sections = new TreeMap<String, String>();
        for (var name : MULTUS_SECTIONS) {
            var section = spec.raw(name);
            if (section != null && !isDefault(section)) {
                sections.put(name, said(section));
            }
        }
        return sections.toString();
    }

    /// The same text for the same meaning: the API writes defaults in, which are all `false`, 0 or empty.
    private static String said(JsonNode node) {
        if (!node.isObject()) {
            return node.toString();
        }
        var fields = new TreeMap<String, String>();
        node.properties().stream()
                .filter(field -> !isDefault(field.getValue()))
                .forEach(field -> fields.put(field.getKey(), said(field.getValue())));
        return fields.toString();
    }

    private static boolean isDefault(JsonNode node) {
        return node.isNull()
                || (node.isBoolean() && !node.asBoolean())
                || (node.isNumber() && node.asInt() == 0)
                || (node.isContainer() && node.isEmpty())
                || (node.isString() && node.asString().isEmpty());
    }

    private static final List<String> MULTUS_SECTIONS = List.of(
            "macvlan",
            "ipvlan",
            "sriov",
            "ovs",
            "ibsriov",
            "ipoib",
            "customCNI",
            "chainCNIJsonData",
            "disableIPAM",
            "vlan");

    /// The CNI configuration is JSON inside of the object; one that cannot be read is kept as text.
    static NetworkAttachment attachment(Fields object) throws ReportFormatException {
        var spec = object.optionalObject("spec");
        var config = spec == null ? "" : spec.text("config", "");
        var plugins = plugins(config);
        var main = plugins.isEmpty() ? null : plugins.getFirst();
        CoordinatorSettings coordinator = null;
        for (var plugin : plugins) {
            if (plugin.text("type", "").equals("coordinator")) {
                coordinator = settings(plugin);
            }
        }
        return new NetworkAttachment(
                CoreObjects.name(object),
                main == null ? "" : main.text("type", ""),
                main == null ? null : master(main),
                coordinator,
                config);
    }

    private static @Nullable DeviceName master(Fields plugin) throws ReportFormatException {
        var text = plugin.text("master", "");
        return text.isEmpty() ? null : plugin.value("master", DeviceName::new);
    }

    private static List<Fields> plugins(String config) {
        try {
            JsonNode root = EmbeddedJson.parse(config);
            var result = new ArrayList<Fields>();
            if (root.path("plugins").isArray()) {
                for (var plugin : root.get("plugins")) {
                    result.add(Fields.of(plugin, "spec.config.plugins"));
                }
            } else {
                result.add(Fields.of(root, "spec.config"));
            }
            return result;
        } catch (JacksonException | ReportFormatException _) {
            return List.of();
        }
    }
}
