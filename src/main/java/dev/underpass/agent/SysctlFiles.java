package dev.underpass.agent;

import dev.underpass.agent.netlink.SmallFiles;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads the kernel parameters that do not come with the devices, `/proc/sys/net`.
final class SysctlFiles {

    private static final List<String> IPV4 = List.of(
            "forwarding",
            "proxy_arp",
            "accept_redirects",
            "send_redirects",
            "rp_filter",
            "arp_filter",
            "arp_announce",
            "arp_ignore",
            "accept_local",
            "src_valid_mark",
            "route_localnet",
            "ignore_routes_with_linkdown");

    private static final List<String> IPV6 =
            List.of("forwarding", "disable_ipv6", "proxy_ndp", "accept_redirects", "ignore_routes_with_linkdown");

    private static final List<SmallFiles> FOLDERS = List.of(
            folder("net/ipv4", List.of("ip_forward", "tcp_fwmark_accept", "fib_multipath_hash_policy")),
            folder("net/ipv6", List.of("fib_multipath_hash_policy")),
            folder("net/netfilter", List.of("nf_conntrack_tcp_be_liberal", "nf_conntrack_tcp_loose")),
            folder("net/bridge", List.of("bridge-nf-call-iptables", "bridge-nf-call-ip6tables")),
            folder("net/ipv4/conf/all", IPV4),
            folder("net/ipv4/conf/default", IPV4),
            folder("net/ipv6/conf/all", IPV6),
            folder("net/ipv6/conf/default", IPV6));

    private SysctlFiles() {}

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
}
