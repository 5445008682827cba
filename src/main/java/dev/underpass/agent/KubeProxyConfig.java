package dev.underpass.agent;

import dev.underpass.agent.netlink.NamespaceThread;
import dev.underpass.report.HostReport.KubeProxy;
import dev.underpass.report.JsonText;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Asks kube-proxy on its metrics port (10249) for its mode and its configuration.
final class KubeProxyConfig {

    private static final int PORT = 10249;
    private static final int TIMEOUT_MILLIS = 1000;
    private static final int MAX_ANSWER = 1 << 20;

    private KubeProxyConfig() {}

    /// What kube-proxy says of itself; mode `unknown` where nobody listens: another implementation, or another port.
    static KubeProxy read(NamespaceThread thread, Path host) throws IOException {
        try {
            var mode = get(thread, host, "/proxyMode").strip();
            return parsed(mode, get(thread, host, "/configz"));
        } catch (ConnectException | SocketTimeoutException _) {
            return new KubeProxy("unknown", null, null, null);
        }
    }

    static KubeProxy parsed(String mode, String configz) {
        try {
            return configured(mode, new JsonText(configz).tree());
        } catch (IllegalArgumentException _) {
            // An older or a newer kube-proxy: its mode is known all the same.
            return new KubeProxy(mode, null, null, null);
        }
    }

    private static KubeProxy configured(String mode, Map<String, ?> configz) {
        Map<?, ?> config = section(configz, "kubeproxy.config.k8s.io");
        var all = section(config, mode).get("masqueradeAll") instanceof Boolean value ? value : null;
        return new KubeProxy(mode, text(config, "clusterCIDR"), all, text(config, "detectLocalMode"));
    }

    private static Map<?, ?> section(Map<?, ?> config, String name) {
        return config.get(name) instanceof Map<?, ?> section ? section : Map.of();
    }

    private static @Nullable String text(Map<?, ?> config, String name) {
        return config.get(name) instanceof String text && !text.isEmpty() ? text : null;
    }

    private static String get(NamespaceThread thread, Path host, String path) throws IOException {
        var channel = thread.in(host, SocketChannel::open);
        try (channel) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            var socket = channel.socket();
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), PORT), TIMEOUT_MILLIS);
            var request = "GET %s HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n".formatted(path);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var answer = new String(socket.getInputStream().readNBytes(MAX_ANSWER), StandardCharsets.UTF_8);
            int body = answer.indexOf("\r\n\r\n");
            if (!answer.startsWith("HTTP/1.") || !answer.contains(" 200 ") || body < 0) {
                throw new IOException(
                        path + " answers " + answer.lines().findFirst().orElse("nothing"));
            }
            return answer.substring(body + 4);
        }
    }
}
