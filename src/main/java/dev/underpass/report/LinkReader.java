package dev.underpass.report;

import dev.underpass.net.DeviceName;
import dev.underpass.net.InterfaceAddress;
import dev.underpass.net.IpAddress;
import dev.underpass.net.IpPrefix;
import dev.underpass.net.Link;
import dev.underpass.net.MacAddress;
import dev.underpass.net.Neighbour;
import dev.underpass.net.Scope;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads `ip -j -d link`, `ip -j addr` and `ip -j neigh`.
final class LinkReader {

    private LinkReader() {}

    static Link link(Fields fields) throws ReportFormatException {
        var info = fields.optionalObject("linkinfo");
        var data = info == null ? null : info.optionalObject("info_data");
        return new Link(
                fields.integer("ifindex", 0),
                fields.value("ifname", DeviceName::new),
                info == null ? "" : info.text("info_kind", ""),
                Set.copyOf(fields.texts("flags")),
                fields.text("operstate", "UNKNOWN"),
                mac(fields, "address"),
                fields.integer("mtu", 0),
                fields.optionalInt("link_index"),
                fields.optionalDevice("link"),
                fields.optionalInt("link_netnsid"),
                data == null ? "" : data.text("mode", ""),
                info == null || data == null ? null : vlan(info, data),
                fields.optionalDevice("master"),
                fields.text("group", "default"));
    }

    private static @Nullable Integer vlan(Fields info, Fields data) throws ReportFormatException {
        return info.text("info_kind", "").equals("vlan") ? data.optionalInt("id") : null;
    }

    /// Tunnels have IP addresses as their link-layer ones, loopback zeros: no MAC then.
    private static @Nullable MacAddress mac(Fields fields, String field) throws ReportFormatException {
        var text = fields.optionalText(field);
        boolean ethernet = text != null && text.length() == 17 && text.contains(":");
        return ethernet ? fields.value(field, MacAddress::new) : null;
    }

    /// All addresses of one device.
    static List<InterfaceAddress> addresses(Fields fields) throws ReportFormatException {
        var device = fields.value("ifname", DeviceName::new);
        return fields.list("addr_info", each -> address(each, device)).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<InterfaceAddress> address(Fields fields, DeviceName device) throws ReportFormatException {
        var family = fields.text("family", "inet");
        if (!family.startsWith("inet") || !fields.present("local")) {
            return Optional.empty();
        }
        var local = fields.value("local", IpAddress::parse);
        var peer = fields.present("address") ? fields.value("address", IpAddress::parse) : local;
        int length = fields.integer("prefixlen", local.family().bits());
        if (length < 0 || length > local.family().bits()) {
            throw fields.error("prefixlen", "out of range: " + length);
        }
        return Optional.of(new InterfaceAddress(
                device,
                local,
                IpPrefix.around(peer, length),
                fields.value("scope", Scope::parse),
                Set.copyOf(fields.trueFields())));
    }

    static Neighbour neighbour(Fields fields) throws ReportFormatException {
        var states = fields.texts("state");
        var confirmed = fields.optional("confirmed", Long::decode);
        return new Neighbour(
                fields.value("dst", IpAddress::parse),
                fields.value("dev", DeviceName::new),
                mac(fields, "lladdr"),
                states.isEmpty() ? "NONE" : states.getFirst(),
                confirmed);
    }
}
