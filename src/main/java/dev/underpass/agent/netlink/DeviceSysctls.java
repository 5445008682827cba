package dev.underpass.agent.netlink;

import dev.underpass.net.DeviceName;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The kernel parameters of one device, which come with its link message (`IFLA_AF_SPEC`).
final class DeviceSysctls {

    private static final int INET_CONF = 1;
    private static final int INET6_CONF = 2;

    /// @param place in the family's array
    private record Parameter(int place, String name) {}

    /// Places are `IPV4_DEVCONF_* - 1` (`linux/ip.h`).
    private static final List<Parameter> IPV4 = List.of(
            new Parameter(0, "forwarding"),
            new Parameter(2, "proxy_arp"),
            new Parameter(3, "accept_redirects"),
            new Parameter(5, "send_redirects"),
            new Parameter(7, "rp_filter"),
            new Parameter(12, "arp_filter"),
            new Parameter(17, "arp_announce"),
            new Parameter(18, "arp_ignore"),
            new Parameter(22, "accept_local"),
            new Parameter(23, "src_valid_mark"),
            new Parameter(25, "route_localnet"),
            new Parameter(28, "ignore_routes_with_linkdown"));

    /// Places are `DEVCONF_*` (`linux/ipv6.h`).
    private static final List<Parameter> IPV6 = List.of(
            new Parameter(0, "forwarding"),
            new Parameter(4, "accept_redirects"),
            new Parameter(22, "proxy_ndp"),
            new Parameter(26, "disable_ipv6"),
            new Parameter(39, "ignore_routes_with_linkdown"));

    /// The parameters' full names for one device, in the order of the lists above.
    private record Names(List<String> four, List<String> six) {

        static Names of(DeviceName device) {
            return new Names(of(device, "ipv4", IPV4), of(device, "ipv6", IPV6));
        }

        /// As sysctl(8) writes them.
        private static List<String> of(DeviceName device, String family, List<Parameter> parameters) {
            var prefix = "net.%s.conf.%s.".formatted(family, device.value().replace('.', '/'));
            return parameters.stream().map(each -> prefix + each.name()).toList();
        }
    }

    private static final int MAX_NAMES = 1 << 10;

    /// Most namespaces have an `eth0`: its names are made and kept once.
    private static final Map<DeviceName, Names> NAMES = new ConcurrentHashMap<>();

    private static final List<String> SMALL = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");

    private DeviceSysctls() {}

    /// Puts the device's parameters, named as sysctl(8) names them, to the others.
    static void decode(DeviceName device, Message families, Map<String, String> sysctls) {
        var names = names(device);
        while (families.next()) {
            boolean four = families.type() == Message.AF_INET;
            if (!four && families.type() != Message.AF_INET6) {
                continue;
            }
            var family = families.value();
            while (family.next()) {
                if (family.type() == (four ? INET_CONF : INET6_CONF)) {
                    array(family, four ? IPV4 : IPV6, four ? names.four() : names.six(), sysctls);
                }
            }
        }
    }

    private static Names names(DeviceName device) {
        if (NAMES.size() > MAX_NAMES) {
            NAMES.clear();
        }
        return NAMES.computeIfAbsent(device, Names::of);
    }

    private static void array(
            Message array, List<Parameter> parameters, List<String> names, Map<String, String> sysctls) {
        for (int i = 0; i < parameters.size(); i++) {
            int place = parameters.get(i).place();
            if (4 * place + 4 <= array.valueLength()) {
                sysctls.put(names.get(i), text(array.valueI32(place)));
            }
        }
    }

    private static String text(int value) {
        return value >= 0 && value < SMALL.size() ? SMALL.get(value) : Integer.toString(value);
    }
}
