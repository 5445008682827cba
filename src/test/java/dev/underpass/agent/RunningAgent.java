package dev.underpass.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.underpass.Shell;
import dev.underpass.net.Route;
import dev.underpass.report.NodeReport;
import dev.underpass.report.PodReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/// A whole agent over real namespaces: a node and two Pods, `a` and `b`, and a console of the test.
@Tag("netns")
abstract class RunningAgent {

    private static final String OWN = "underpass" + ProcessHandle.current().pid() + "-ag";

    static final String HOST = OWN + "-host";

    static final Path NAMES = Path.of("/run/netns");

    FakeConsole console;

    private @Nullable Running running;

    private record Running(Agent agent, Thread loop) {}

    @TempDir
    Path folder;

    @BeforeEach
    void start() throws IOException {
        assumeTrue(Shell.canMakeNamespaces(), "needs root and ip(8)");
        add(HOST);
        add(pod("a"));
        add(pod("b"));
        console = new FakeConsole();
        Files.writeString(token(), "first");
    }

    Path token() {
        return folder.resolve("token");
    }

    static String pod(String name) {
        return OWN + "-p-" + name;
    }

    static void add(String namespace) {
        Shell.run("ip", "netns", "add", namespace);
        ip(namespace, "link", "set", "lo", "up");
        ip(namespace, "link", "add", "eth0", "type", "veth", "peer", "name", "peer0");
        ip(namespace, "link", "set", "eth0", "up");
        ip(namespace, "link", "set", "peer0", "up");
        ip(namespace, "addr", "add", "10.1.0.1/24", "dev", "eth0");
        ip(namespace, "route", "add", "10.20.0.0/16", "via", "10.1.0.254");
    }

    static void ip(String namespace, String... words) {
        var command = new java.util.ArrayList<>(List.of("ip", "-n", namespace));
        command.addAll(List.of(words));
        Shell.run(command.toArray(String[]::new));
    }

    void run(Path proc) throws IOException {
        run(proc, InstantSource.system(), new FilterReader());
    }

    void run(Path proc, InstantSource clock, FilterReader filters) throws IOException {
        var pods = proc.equals(NAMES)
                ? new AgentOptions.Pods.Named(NAMES, OWN + "-p-", "lab")
                : new AgentOptions.Pods.Cgroups(proc);
        var agent = new Agent(
                new AgentOptions(
                        "node1",
                        "test",
                        NAMES.resolve(HOST),
                        folder.resolve("cni"),
                        pods,
                        console.uri(),
                        token(),
                        null,
                        Duration.ofSeconds(2),
                        Duration.ofMillis(500)),
                clock,
                filters);
        var loop = Thread.ofPlatform().daemon().start(() -> {
            try (agent) {
                agent.loop();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        running = new Running(agent, loop);
    }

    /// Tells the agent to end; it is waited for after the test.
    void end() {
        Objects.requireNonNull(running).agent().stop();
    }

    @AfterEach
    void stop() throws InterruptedException {
        try {
            if (running != null) {
                running.agent().stop();
                running.loop().join(Duration.ofSeconds(10));
                assertThat(running.loop().isAlive()).isFalse();
            }
        } finally {
            remove();
        }
    }

    private void remove() {
        if (Shell.canMakeNamespaces()) {
            console.close();
            delete(OWN);
        }
    }

    /// Deletes the namespaces whose names start so.
    static void delete(String prefix) {
        Shell.run("ip", "netns", "list")
                .lines()
                .map(line -> line.split(" ", 2)[0])
                .filter(name -> name.startsWith(prefix))
                .forEach(name -> Shell.run("ip", "netns", "del", name));
    }

    static boolean hasRoute(PodReport pod, String line) {
        var routes = pod.network().network().routes();
        return routes != null && routes.stream().map(Route::toString).anyMatch(line::equals);
    }

    static PodReport report(NodeReport report, String name) {
        return report.pods().stream()
                .filter(pod -> pod.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static boolean has(NodeReport report, String name) {
        return report.pods().stream().anyMatch(pod -> pod.name().equals(name));
    }

    static final String ROUTE = "10.20.0.0/16 via 10.1.0.254 dev eth0";

    static int descriptors() throws IOException {
        try (var files = Files.list(Path.of("/proc/self/fd"))) {
            return (int) files.count();
        }
    }

    static Set<String> threads() throws IOException {
        try (var tasks = Files.list(Path.of("/proc/self/task"))) {
            var names = new HashSet<String>();
            tasks.forEach(task -> names.add(task.getFileName().toString()));
            return names;
        }
    }

    static String probe(String pod, String address, int port, int timeoutMillis) {
        return """
                {"id": "p1", "pod": {"uid": "", "namespace": "lab", "name": "%s"}, "timeoutMillis": %d, \
                "targets": [{"address": "%s", "port": %d, "protocol": "TCP", "service": null}]}""".formatted(pod, timeoutMillis, address, port);
    }
}
