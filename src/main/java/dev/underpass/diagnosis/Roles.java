package dev.underpass.diagnosis;

import dev.underpass.cluster.NodeName;
import dev.underpass.cluster.ObjectName;
import dev.underpass.net.InterfaceAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// The names and addresses of a Pod and of its node, each with what it is: two Pods' lines can be compared so.
public final class Roles {

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "::1");

    /// By words of letters, digits and `_.:-`, and by pairs of such words with a slash.
    private final Map<String, String> roles;

    private Roles(Map<String, String> roles) {
        this.roles = Map.copyOf(roles);
    }

    /// The roles of the Pod's and its node's names and addresses.
    public static Roles of(Analysis analysis, ObjectName pod) {
        return new Roles(own(analysis, pod));
    }

    /// The same with the subnets that its devices are in, and their gateways: Pods of other networks can be compared.
    public static Roles withNetworks(Analysis analysis, ObjectName pod) {
        var roles = own(analysis, pod);
        var node = analysis.pod(pod).orElseThrow().pod().node();
        if (node != null) {
            NodeReportOf.pod(analysis.snapshot(), node, pod)
                    .map(report ->
                            OwnNetworks.of(analysis, pod, report.network().network()))
                    .ifPresent(networks -> networks.forEach(roles::putIfAbsent));
        }
        return new Roles(roles);
    }

    private static Map<String, String> own(Analysis analysis, ObjectName pod) {
        var known = analysis.pod(pod).orElseThrow();
        var roles = new LinkedHashMap<String, String>();
        roles.put(pod.toString(), "POD");
        known.network()
                .nics()
                .forEach(nic ->
                        nic.addresses().forEach(address -> roles.put(address.toString(), "POD-" + nic.device())));
        var node = known.pod().node();
        if (node != null) {
            observed(analysis, pod, node)
                    .forEach(address -> roles.putIfAbsent(address.local().toString(), "POD-" + address.device()));
            roles.put(node.value(), "NODE");
            analysis.addresses(node).forEach(address -> roles.put(address.toString(), "NODE-ADDRESS"));
        }
        return roles;
    }

    /// The addresses of the Pod's devices, the link-local ones too, which its network does not tell; but not its own
    /// loopback addresses, which every Pod has.
    private static Stream<InterfaceAddress> observed(Analysis analysis, ObjectName pod, NodeName node) {
        return NodeReportOf.pod(analysis.snapshot(), node, pod)
                .map(report -> report.network().network().addresses())
                .stream()
                .flatMap(List::stream)
                .filter(address -> !LOOPBACK.contains(address.local().toString()));
    }

    /// The line with each of them replaced.
    public String in(String line) {
        var text = new StringBuilder();
        int copied = 0;
        int at = 0;
        while (at < line.length()) {
            int end = wordEnd(line, at);
            if (end == at) {
                at++;
                continue;
            }
            int pairEnd = end < line.length() && line.charAt(end) == '/' ? wordEnd(line, end + 1) : end;
            var role = roles.get(line.substring(at, pairEnd));
            if (role == null) {
                role = roles.get(line.substring(at, end));
            } else {
                end = pairEnd;
            }
            if (role != null) {
                text.append(line, copied, at).append(role);
                copied = end;
            }
            at = end;
        }
        return copied == 0 ? line : text.append(line, copied, line.length()).toString();
    }

    /// Where the word that begins there ends; there, if none does.
    private static int wordEnd(String line, int start) {
        int end = start;
        while (end < line.length() && isOfWord(line.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isOfWord(char each) {
        return (each >= 'a' && each <= 'z')
                || (each >= '0' && each <= ':')
                || (each >= 'A' && each <= 'Z')
                || each == '.'
                || each == '-'
                || each == '_';
    }
}
