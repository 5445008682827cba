package dev.underpass.agent;

import dev.underpass.agent.netlink.SmallFiles;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Reads the kernel parameters that do not come with the devices, `/proc/sys/net`.
final class SysctlFiles {

    /// Those of `conf/all` whose changes the kernel does not tell (`RTM_NEWNETCONF`).
    private static final List<String> SILENT_IPV4 = List.of(
            "accept_redirects",
            "send_redirects",
            "arp_filter",
            "arp_announce",
            "arp_ignore",
            "accept_local",
            "src_valid_mark",
            "route_localnet");

    private static final List<String> SILENT_IPV6 = List.of("disable_ipv6", "accept_redirects");

    private static final List<String> TOLD_IPV4 =
            List.of("forwarding", "proxy_arp", "rp_filter", "ignore_routes_with_linkdown");

    private static final List<String> TOLD_IPV6 = List.of("forwarding", "proxy_ndp", "ignore_routes_with_linkdown");

    private static final List<SmallFiles> SILENT =
            List.of(folder("net/ipv4/conf/all", SILENT_IPV4), folder("net/ipv6/conf/all", SILENT_IPV6));

    private static final List<SmallFiles> FOLDERS = List.of(
            folder("net/ipv4", List.of("ip_forward", "tcp_fwmark_accept", "fib_multipath_hash_policy")),
            folder("net/ipv6", List.of("fib_multipath_hash_policy")),
            folder("net/netfilter", List.of("nf_conntrack_tcp_be_liberal", "nf_conntrack_tcp_loose")),
            folder("net/bridge", List.of("bridge-nf-call-iptables", "bridge-nf-call-ip6tables")),
            folder("net/ipv4/conf/all", both(TOLD_IPV4, SILENT_IPV4)),
            folder("net/ipv4/conf/default", both(TOLD_IPV4, SILENT_IPV4)),
            folder("net/ipv6/conf/all", both(TOLD_IPV6, SILENT_IPV6)),
            folder("net/ipv6/conf/default", both(TOLD_IPV6, SILENT_IPV6)));

    private SysctlFiles() {}

    private static List<String> both(List<String> some, List<String> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    private static SmallFiles folder(String path, List<String> names) {
        var prefix = path.replace('/', '.') + ".";
        return new SmallFiles("/proc/sys/" + path, names, name -> prefix + name);
    }

    /// The parameters of the current thread's network namespace; missing are those that the kernel does not have,
    /// or whose module is not loaded.
    static Map<String, String> read() {
        var values = new HashMap<String, String>();
        FOLDERS.forEach(folder -> folder.read(values::put));
        return values;
    }

    /// The same where only those are read that apply to every packet and change without an event: a quarter of them.
    ///
    /// @param before what was read last of the namespace
    static Map<String, String> readSilent(Map<String, String> before) {
        var values = new HashMap<>(before);
        for (var folder : SILENT) {
            values.keySet().removeAll(folder.keys());
            folder.read(values::put);
        }
        return values;
    }
}
