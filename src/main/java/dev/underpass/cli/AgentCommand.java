package dev.underpass.cli;

import dev.underpass.agent.Agent;
import dev.underpass.agent.AgentOptions;
import dev.underpass.agent.AgentOptions.Pods;
import dev.underpass.agent.OneReport;
import dev.underpass.report.ReportWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `agent`: reads this node's network namespaces and sends what it reads to the console.
@Command(
        name = "agent",
        description = "Reads the network namespaces of this node and its Pods, and reports to the console.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {"0:a clean stop", "2:bad input, or the node cannot be read"})
final class AgentCommand implements Callable<Integer> {

    private static final String NAMED = "named:";

    @Option(names = "--console", paramLabel = "URL", description = "Where the console is.")
    private @Nullable URI console;

    @Option(names = "--node", paramLabel = "NAME", description = "The node's name; NODE_NAME, or the host's name.")
    private @Nullable String node = System.getenv("NODE_NAME");

    @Option(names = "--once", description = "Print one report and exit.")
    private boolean once;

    @Option(
            names = "--repeat",
            paramLabel = "N",
            description = "With --once: dump N times, and say on standard error how long each took.")
    private @Nullable Integer repeat;

    @Option(
            names = "--namespaces",
            paramLabel = "cgroup|named:PREFIX",
            description = "Where Pods are found: by control groups, or as named network namespaces (labs).")
    private String namespaces = "cgroup";

    @Option(
            names = "--pod-namespace",
            paramLabel = "NAME",
            description = "The Kubernetes namespace of named network namespaces (${DEFAULT-VALUE}).")
    private String podNamespace = "lab";

    @Option(
            names = "--host-netns",
            paramLabel = "PATH",
            description = "The node's network namespace (${DEFAULT-VALUE}).")
    private Path hostNamespace = Path.of("/proc/self/ns/net");

    @Option(names = "--proc", paramLabel = "PATH", description = "Where the node's processes are (${DEFAULT-VALUE}).")
    private Path proc = Path.of("/proc");

    @Option(names = "--cni-dir", paramLabel = "PATH", description = "CNI configuration (${DEFAULT-VALUE}).")
    private Path cniFolder = Path.of("/etc/cni/net.d");

    @Option(names = "--token-file", paramLabel = "FILE", description = "The token to send; read for every request.")
    private @Nullable Path tokenFile;

    @Option(names = "--ca-file", paramLabel = "FILE", description = "Certificates to trust, as PEM.")
    private @Nullable Path caFile;

    @Option(
            names = "--slow-seconds",
            paramLabel = "N",
            description = "How often all is read that no event tells of (${DEFAULT-VALUE}).")
    private int slowSeconds = 60;

    @Option(
            names = "--heartbeat-seconds",
            paramLabel = "N",
            description = "How often a report is sent when nothing has changed (${DEFAULT-VALUE}).")
    private int heartbeatSeconds = 30;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws BadInputException {
        var options = options();
        try {
            if (once) {
                print(options);
                return 0;
            }
            if (console == null) {
                throw new BadInputException("--console: missing; say where reports go, or --once");
            }
            Agent.run(options);
            return 0;
        } catch (IOException e) {
            throw new BadInputException("this node cannot be read: " + e.getMessage());
        }
    }

    private void print(AgentOptions options) throws IOException {
        var err = Objects.requireNonNull(spec).commandLine().getErr();
        var report = OneReport.read(options, repeat == null ? 1 : repeat, (round, nanos, objects, read) -> {
            if (repeat != null) {
                err.printf("read %d: %.1f ms, %d objects, %d namespaces%n", round, nanos / 1e6, objects, read);
            }
        });
        err.flush();
        var out = new BufferedOutputStream(System.out);
        ReportWriter.write(report, out);
        System.out.println();
    }

    private AgentOptions options() throws BadInputException {
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
                Version.number(),
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
