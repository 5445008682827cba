package dev.underpass.agent.netlink;

import dev.underpass.net.DeviceName;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// The kernel parameters of one device, which come with its link message (`IFLA_AF_SPEC`).
final class DeviceSysctls {

    private static final int INET_CONF = 1;
    private static final int INET6_CONF = 2;

    /// By their place in the array, `IPV4_DEVCONF_* - 1` (`linux/ip.h`).
    private static final Map<Integer, String> IPV4 = Map.ofEntries(
            Map.entry(0, "forwarding"),
            Map.entry(2, "proxy_arp"),
            Map.entry(3, "accept_redirects"),
            Map.entry(5, "send_redirects"),
            Map.entry(7, "rp_filter"),
            Map.entry(12, "arp_filter"),
            Map.entry(17, "arp_announce"),
            Map.entry(18, "arp_ignore"),
            Map.entry(22, "accept_local"),
            Map.entry(23, "src_valid_mark"),
            Map.entry(25, "route_localnet"),
            Map.entry(28, "ignore_routes_with_linkdown"));

    /// By their place in the array, `DEVCONF_*` (`linux/ipv6.h`).
    private static final Map<Integer, String> IPV6 = Map.of(
            0, "forwarding",
            4, "accept_redirects",
            22, "proxy_ndp",
            26, "disable_ipv6",
            39, "ignore_routes_with_linkdown");

    private DeviceSysctls() {}

    /// The names that are known for every device of a family, `ipv4` or `ipv6`.
    static Iterable<String> names(String family) {
        return (family.equals("ipv4") ? IPV4 : IPV6).values();
    }

    /// By `ipv4.NAME` and `ipv6.NAME`.
    static Map<String, String> decode(Message families) {
        var values = new HashMap<String, String>();
        while (families.next()) {
            boolean four = families.type() == Message.AF_INET;
            if (!four && families.type() != Message.AF_INET6) {
                continue;
            }
            var family = families.value();
            while (family.next()) {
                if (family.type() == (four ? INET_CONF : INET6_CONF)) {
                    array(family, four ? IPV4 : IPV6, four ? "ipv4." : "ipv6.", values);
                }
            }
        }
        return values;
    }

    private static void array(Message array, Map<Integer, String> names, String prefix, Map<String, String> values) {
        names.forEach((index, name) -> {
            if (4 * index + 4 <= array.valueLength()) {
                values.put(prefix + name, Integer.toString(array.valueI32(index)));
            }
        });
    }

    /// The same by their names as sysctl(8) writes them.
    static Map<String, String> named(DeviceName device, Map<String, String> values) {
        var named = new LinkedHashMap<String, String>();
        var inName = device.value().replace('.', '/');
        values.forEach((key, value) -> {
            int dot = key.indexOf('.');
            named.put("net." + key.substring(0, dot) + ".conf." + inName + key.substring(dot), value);
        });
        return named;
    }
}
