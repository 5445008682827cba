package dev.underpass.console;

import dev.underpass.cluster.ObjectName;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.net.IpAddress;
import dev.underpass.net.Protocol;
import dev.underpass.reachability.Target;

/// Reads what people write into URLs and forms.
public final class Parameters {

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

    /// A target as people write it: `namespace/service`, `namespace/service:port`, or `address:port`.
    public static Target target(ClusterView cluster, String field, String text) {
        var stripped = text.strip();
        int colon = stripped.lastIndexOf(':');
        if (stripped.contains("/")) {
            var name = name(field, colon < 0 ? stripped : stripped.substring(0, colon));
            int port = colon < 0 ? 0 : port(field, stripped.substring(colon + 1));
            return service(cluster, name, port);
        }
        if (colon < 0) {
            throw new InvalidInputException(field, Phrases.NOT_A_TARGET.with(text));
        }
        var host = stripped.substring(0, colon);
        var bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        return cluster.analysis()
                .target(address(field, bare), port(field, stripped.substring(colon + 1)), Protocol.TCP);
    }

    /// A Service's first address, at one of its ports or the first.
    public static Target service(ClusterView cluster, ObjectName name, int port) {
        return cluster.analysis()
                .target(name, port)
                .orElseThrow(() -> new NotFoundException(
                        port == 0 ? Phrases.NO_CLUSTER_IP.with(name) : Phrases.NO_PORT.with(name, port)));
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
