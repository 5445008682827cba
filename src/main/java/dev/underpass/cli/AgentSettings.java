package dev.underpass.cli;

import dev.underpass.agent.AgentOptions;
import dev.underpass.agent.AgentOptions.Pods;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The agent's options as they are given: by picocli, or by [AgentMain], which does without it.
final class AgentSettings {

    private static final String NAMED = "named:";

    @Option(names = "--console", paramLabel = "URL", description = "Where the console is.")
    @Nullable
    URI console;

    @Option(names = "--node", paramLabel = "NAME", description = "The node's name; NODE_NAME, or the host's name.")
    @Nullable
    String node = System.getenv("NODE_NAME");

    @Option(names = "--once", description = "Print one report and exit.")
    boolean once;

    @Option(
            names = "--repeat",
            paramLabel = "N",
            description = "With --once: dump N times, and say on standard error how long each took.")
    @Nullable
    Integer repeat;

    @Option(
            names = "--namespaces",
            paramLabel = "cgroup|named:PREFIX",
            description = "Where Pods are found: by control groups, or as named network namespaces (labs).")
    String namespaces = "cgroup";

    @Option(
            names = "--pod-namespace",
            paramLabel = "NAME",
            description = "The Kubernetes namespace of named network namespaces (${DEFAULT-VALUE}).")
    String podNamespace = "lab";

    @Option(
            names = "--host-netns",
            paramLabel = "PATH",
            description = "The node's network namespace (${DEFAULT-VALUE}).")
    Path hostNamespace = Path.of("/proc/self/ns/net");

    @Option(names = "--proc", paramLabel = "PATH", description = "Where the node's processes are (${DEFAULT-VALUE}).")
    Path proc = Path.of("/proc");

    @Option(names = "--cni-dir", paramLabel = "PATH", description = "CNI configuration (${DEFAULT-VALUE}).")
    Path cniFolder = Path.of("/etc/cni/net.d");

    @Option(names = "--token-file", paramLabel = "FILE", description = "The token to send; read for every request.")
    @Nullable
    Path tokenFile;

    @Option(names = "--ca-file", paramLabel = "FILE", description = "Certificates to trust, as PEM.")
    @Nullable
    Path caFile;

    @Option(
            names = "--slow-seconds",
            paramLabel = "N",
            description = "How often all is read that no event tells of (${DEFAULT-VALUE}).")
    int slowSeconds = 60;

    @Option(
            names = "--heartbeat-seconds",
            paramLabel = "N",
            description = "How often a report is sent when nothing has changed (${DEFAULT-VALUE}).")
    int heartbeatSeconds = 30;

    /// Sets an option by its name, such as `--node`.
    ///
    /// @throws BadInputException if there is none of that name, or the value is not one for it
    void set(String name, String value) throws BadInputException {
        try {
            switch (name) {
                case "--console" -> console = URI.create(value);
                case "--node" -> node = value;
                case "--once" -> once = Boolean.parseBoolean(value);
                case "--repeat" -> repeat = Integer.valueOf(value);
                case "--namespaces" -> namespaces = value;
                case "--pod-namespace" -> podNamespace = value;
                case "--host-netns" -> hostNamespace = Path.of(value);
                case "--proc" -> proc = Path.of(value);
                case "--cni-dir" -> cniFolder = Path.of(value);
                case "--token-file" -> tokenFile = Path.of(value);
                case "--ca-file" -> caFile = Path.of(value);
                case "--slow-seconds" -> slowSeconds = Integer.parseInt(value);
                case "--heartbeat-seconds" -> heartbeatSeconds = Integer.parseInt(value);
                default -> throw new BadInputException("Unknown option: '" + name + "'");
            }
        } catch (IllegalArgumentException e) {
            throw new BadInputException("Invalid value for option '" + name + "': '" + value + "'");
        }
    }

    /// @throws BadInputException if the options do not fit together
    AgentOptions options() throws BadInputException {
        if (repeat != null && repeat < 1) {
            throw new BadInputException("--repeat: not a number of times: " + repeat);
        }
        if (slowSeconds < 1 || heartbeatSeconds < 1) {
            throw new BadInputException("--slow-seconds and --heartbeat-seconds must be at least 1");
        }
        if (console != null && !("http".equals(console.getScheme()) || "https".equals(console.getScheme()))) {
            throw new BadInputException("--console: neither http:// nor https://: " + console);
        }
        return new AgentOptions(
                nodeName(),
                VersionNumber.text(),
                hostNamespace,
                cniFolder,
                pods(),
                console,
                tokenFile,
                caFile,
                Duration.ofSeconds(slowSeconds),
                Duration.ofSeconds(heartbeatSeconds));
    }

    private Pods pods() throws BadInputException {
        if (namespaces.equals("cgroup")) {
            return new Pods.Cgroups(proc);
        }
        if (namespaces.startsWith(NAMED) && namespaces.length() > NAMED.length()) {
            return new Pods.Named(Path.of("/run/netns"), namespaces.substring(NAMED.length()), podNamespace);
        }
        throw new BadInputException("--namespaces: neither cgroup nor named:PREFIX: '" + namespaces + "'");
    }

    private String nodeName() throws BadInputException {
        if (node != null && !node.isBlank()) {
            return node;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (IOException e) {
            throw new BadInputException("--node: missing, and this host's name is not known: " + e.getMessage());
        }
    }
}
