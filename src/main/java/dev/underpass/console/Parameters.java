package dev.underpass.console;

import static java.util.stream.Collectors.joining;

import dev.underpass.cluster.ObjectName;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.analysis.PodSummary;
import dev.underpass.diagnosis.PodAnalysis;
import dev.underpass.net.IpAddress;
import dev.underpass.net.Protocol;
import dev.underpass.reachability.Target;

/// Reads what people write into URLs and forms.
public final class Parameters {

    private static final int SEVERAL = 5;

    private Parameters() {}

    /// A Pod of the cluster by `namespace/name`.
    public static ObjectName pod(ClusterView cluster, String field, String text) {
        var name = name(field, text);
        if (cluster.pod(name).isEmpty()) {
            throw new NotFoundException(Phrases.NO_POD.with(name));
        }
        return name;
    }

    /// Any `namespace/name`.
    public static ObjectName name(String field, String text) {
        try {
            return ObjectName.parse(text.strip());
        } catch (IllegalArgumentException _) {
            throw new InvalidInputException(field, Phrases.NOT_A_NAME.with(text.strip()));
        }
    }

    /// A Pod as people name it: `namespace/name`, a name that one Pod has, an address of one, or a workload of the
    /// namespace, of which any Pod will do.
    public static ObjectName client(ClusterView cluster, String field, String typed) {
        var text = typed.strip();
        var name = text.startsWith("pod:") ? text.substring("pod:".length()) : text;
        var exact = cluster.pods().stream()
                .map(PodSummary::name)
                .filter(each -> each.toString().equals(name))
                .findFirst();
        return exact.orElseGet(() -> meant(cluster, field, name));
    }

    private static ObjectName meant(ClusterView cluster, String field, String text) {
        var found = cluster.pods().stream()
                .filter(pod -> isMeant(pod.analysis(), text))
                .map(PodSummary::name)
                .toList();
        boolean workload = text.contains("/");
        if (found.isEmpty()) {
            throw new NotFoundException(Phrases.NO_POD.with(text));
        }
        if (found.size() > 1 && !workload) {
            var some = found.stream().limit(SEVERAL).map(ObjectName::toString).collect(joining(", "));
            throw new InvalidInputException(field, Phrases.SEVERAL_PODS.with(text, found.size(), some));
        }
        return found.getFirst();
    }

    private static boolean isMeant(PodAnalysis pod, String text) {
        var name = pod.pod().name();
        var workload = pod.pod().workload();
        return name.name().equals(text)
                || (workload != null
                        && text.equals(name.namespace() + "/" + workload.substring(workload.indexOf(' ') + 1)))
                || pod.network().nics().stream()
                        .flatMap(nic -> nic.addresses().stream())
                        .anyMatch(address -> address.toString().equals(text));
    }

    /// The best of the targets that a text names.
    ///
    /// @param client whose namespace's Services need no namespace
    public static Target target(ClusterView cluster, String field, String text, ObjectName client) {
        return TargetText.parse(field, text)
                .in(cluster.analysis(), client.namespace())
                .getFirst();
    }

    /// A Service's first address, at one of its ports or the first.
    ///
    /// @param port 0 for any
    /// @param protocol empty for any
    public static Target service(ClusterView cluster, String service, int port, String protocol) {
        return new TargetText(
                        "service",
                        name("service", service).toString(),
                        port == 0 ? "" : Integer.toString(port),
                        protocol.isEmpty() ? null : protocol("protocol", protocol))
                .in(cluster.analysis(), "")
                .getFirst();
    }

    public static IpAddress address(String field, String text) {
        try {
            return IpAddress.parse(text.strip()).unmapped();
        } catch (IllegalArgumentException _) {
            throw new InvalidInputException(field, Phrases.NOT_AN_ADDRESS.with(text));
        }
    }

    static int port(String field, String text) {
        try {
            int port = Integer.parseInt(text);
            if (port > 0 && port < 65536) {
                return port;
            }
        } catch (NumberFormatException _) {
            // Said below, together with numbers out of range.
        }
        throw new InvalidInputException(field, Phrases.NOT_A_PORT.with(text));
    }

    /// A transport protocol.
    public static Protocol protocol(String field, String text) {
        try {
            return Protocol.parse(text);
        } catch (IllegalArgumentException _) {
            throw new InvalidInputException(field, Phrases.NOT_A_PROTOCOL.with(text));
        }
    }
}
