package dev.underpass.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

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

    private static final List<String> SINGLE = List.of(
            "net.ipv4.ip_forward",
            "net.ipv4.tcp_fwmark_accept",
            "net.ipv4.fib_multipath_hash_policy",
            "net.ipv6.fib_multipath_hash_policy",
            "net.netfilter.nf_conntrack_tcp_be_liberal",
            "net.netfilter.nf_conntrack_tcp_loose",
            "net.bridge.bridge-nf-call-iptables",
            "net.bridge.bridge-nf-call-ip6tables");

    private static final List<String> NAMES = Stream.of(
                    SINGLE.stream(),
                    IPV4.stream().map(name -> "net.ipv4.conf.all." + name),
                    IPV4.stream().map(name -> "net.ipv4.conf.default." + name),
                    IPV6.stream().map(name -> "net.ipv6.conf.all." + name),
                    IPV6.stream().map(name -> "net.ipv6.conf.default." + name))
            .flatMap(names -> names)
            .toList();

    private SysctlFiles() {}

    /// The parameters of the current thread's network namespace; those that the kernel does not have are missing.
    static Map<String, String> read() {
        var values = new HashMap<String, String>();
        for (var name : NAMES) {
            try {
                values.put(
                        name,
                        Files.readString(Path.of("/proc/sys/" + name.replace('.', '/')))
                                .strip());
            } catch (IOException _) {
                // This kernel has no such parameter, or its module is not loaded: not observed.
            }
        }
        return values;
    }
}
