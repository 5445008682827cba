package dev.underpass.agent;

import dev.underpass.agent.CommandStream.PodName;
import dev.underpass.agent.CommandStream.ProbeCommand;
import dev.underpass.agent.probe.Target;
import dev.underpass.net.IpAddress;
import dev.underpass.net.Protocol;
import dev.underpass.report.JsonText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the console's commands, JSON.
///
/// Each method throws [IllegalArgumentException] if the text is no such command.
final class CommandReader {

    private static final int TIMEOUT_MILLIS = 1500;

    private CommandReader() {}

    /// Reads `{"pods": [{"uid", "namespace", "name"}]}`.
    static List<PodName> pods(String json) {
        var pods = new ArrayList<PodName>();
        for (var pod : list(new JsonText(json).tree(), "pods")) {
            pods.add(pod(pod));
        }
        return pods;
    }

    /// Reads `{"id", "pod", "targets": [{"address", "port", "protocol", "service"}], "timeoutMillis", "sizeBytes"}`.
    static ProbeCommand probe(String json) {
        var command = new JsonText(json).tree();
        var targets = new ArrayList<Target>();
        for (var target : list(command, "targets")) {
            targets.add(target(target));
        }
        var timeout = number(command, "timeoutMillis");
        // No size, or 0, is any size.
        var size = number(command, "sizeBytes");
        return new ProbeCommand(
                text(command, "id"),
                pod(object(command.get("pod"), "pod")),
                targets,
                Duration.ofMillis(timeout == null ? TIMEOUT_MILLIS : timeout),
                size == null || size <= 0 ? null : size);
    }

    private static PodName pod(Map<?, ?> pod) {
        var uid = optional(pod, "uid");
        return new PodName(uid == null ? "" : uid, text(pod, "namespace"), text(pod, "name"));
    }

    private static Target target(Map<?, ?> target) {
        var port = number(target, "port");
        var protocol = optional(target, "protocol");
        return new Target(
                IpAddress.parse(text(target, "address")).unmapped(),
                port == null ? 0 : port,
                protocol == null ? Protocol.TCP : Protocol.parse(protocol),
                optional(target, "service"));
    }

    private static List<Map<?, ?>> list(Map<?, ?> fields, String name) {
        var objects = new ArrayList<Map<?, ?>>();
        switch (fields.get(name)) {
            case null -> {
                // None.
            }
            case List<?> items -> items.forEach(item -> objects.add(object(item, name)));
            default -> throw new IllegalArgumentException(name + ": not a list");
        }
        return objects;
    }

    private static Map<?, ?> object(@Nullable Object value, String name) {
        if (value instanceof Map<?, ?> object) {
            return object;
        }
        throw new IllegalArgumentException(name + ": not an object");
    }

    private static String text(Map<?, ?> fields, String name) {
        var text = optional(fields, name);
        if (text == null) {
            throw new IllegalArgumentException(name + ": missing");
        }
        return text;
    }

    private static @Nullable String optional(Map<?, ?> fields, String name) {
        var value = fields.get(name);
        if (value instanceof Map || value instanceof List) {
            throw new IllegalArgumentException(name + ": not a text");
        }
        return value == null ? null : value.toString();
    }

    private static @Nullable Integer number(Map<?, ?> fields, String name) {
        var text = optional(fields, name);
        return text == null ? null : Integer.decode(text);
    }
}
