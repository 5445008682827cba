package dev.underpass.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.underpass.Shell;
import dev.underpass.agent.netlink.NamespaceThread;
import dev.underpass.net.Route;
import dev.underpass.report.NamespaceReport;
import dev.underpass.report.NodeReport;
import dev.underpass.report.PodReport;
import dev.underpass.report.ProbeResult.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A whole agent over real namespaces, with everything going wrong around it.
@Tag("netns")
class AgentTest {

    private static final String OWN = "underpass" + ProcessHandle.current().pid() + "-ag";
    private static final String HOST = OWN + "-host";
    private static final Path NAMES = Path.of("/run/netns");

    private FakeConsole console;
    private @Nullable Running running;

    private record Running(Agent agent, Thread loop) {}

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws IOException {
        assumeTrue(Shell.canMakeNamespaces(), "needs root and ip(8)");
        add(HOST);
        add(pod("a"));
        add(pod("b"));
        console = new FakeConsole();
        Files.writeString(token(), "first");
    }

    private Path token() {
        return folder.resolve("token");
    }

    private static String pod(String name) {
        return OWN + "-p-" + name;
    }

    private static void add(String namespace) {
        Shell.run("ip", "netns", "add", namespace);
        ip(namespace, "link", "set", "lo", "up");
        ip(namespace, "link", "add", "eth0", "type", "veth", "peer", "name", "peer0");
        ip(namespace, "link", "set", "eth0", "up");
        ip(namespace, "link", "set", "peer0", "up");
        ip(namespace, "addr", "add", "10.1.0.1/24", "dev", "eth0");
        ip(namespace, "route", "add", "10.20.0.0/16", "via", "10.1.0.254");
    }

    private static void ip(String namespace, String... words) {
        var command = new java.util.ArrayList<>(List.of("ip", "-n", namespace));
        command.addAll(List.of(words));
        Shell.run(command.toArray(String[]::new));
    }

    private void run(Path proc) throws IOException {
        run(proc, InstantSource.system(), new FilterReader());
    }

    private void run(Path proc, InstantSource clock, FilterReader filters) throws IOException {
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
            Shell.run("ip", "netns", "list")
                    .lines()
                    .map(line -> line.split(" ", 2)[0])
                    .filter(name -> name.startsWith(OWN))
                    .forEach(name -> Shell.run("ip", "netns", "del", name));
        }
    }

    private static boolean hasRoute(PodReport pod, String line) {
        var routes = pod.network().network().routes();
        return routes != null && routes.stream().map(Route::toString).anyMatch(line::equals);
    }

    private static PodReport report(NodeReport report, String name) {
        return report.pods().stream()
                .filter(pod -> pod.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static boolean has(NodeReport report, String name) {
        return report.pods().stream().anyMatch(pod -> pod.name().equals(name));
    }

    private static final String ROUTE = "10.20.0.0/16 via 10.1.0.254 dev eth0";

    @Test
    void followsChangesInPodsAndOnTheNode() throws IOException {
        run(NAMES);
        var first = console.await("of both Pods", report -> has(report, "a") && has(report, "b"));
        assertThat(hasRoute(report(first, "a"), ROUTE)).isTrue();
        assertThat(first.host().kernelRelease()).isNotBlank();

        ip(pod("a"), "route", "del", "10.20.0.0/16");
        var second = console.await("without the route", report -> !hasRoute(report(report, "a"), ROUTE));
        assertThat(hasRoute(report(second, "b"), ROUTE)).isTrue();

        ip(HOST, "rule", "add", "from", "10.9.9.9", "lookup", "500");
        console.await(
                "with the rule",
                report -> Objects.requireNonNull(
                                report.host().namespace().network().rules())
                        .stream()
                        .anyMatch(rule -> rule.toString().contains("from 10.9.9.9 lookup 500")));

        Shell.run("ip", "netns", "exec", pod("b"), "sysctl", "-qw", "net.ipv4.conf.eth0.rp_filter=2");
        console.await(
                "with the sysctl",
                report -> "2"
                        .equals(Objects.requireNonNull(
                                        report(report, "b").network().network().sysctls())
                                .get("net.ipv4.conf.eth0.rp_filter")));
    }

    @Test
    void readsPacketFiltersWhenTheyChange() throws IOException {
        assumeTrue(Command.exists("iptables-nft-save") && Command.exists("nft"), "needs iptables and nft");
        run(NAMES);
        var empty = console.await(
                "with an empty filter",
                report -> has(report, "a")
                        && "".equals(report(report, "a").network().filters().iptables()));
        assertThat(report(empty, "a").error()).isNull();

        Shell.run("ip", "netns", "exec", pod("a"), "iptables-nft", "-A", "OUTPUT", "-d", "10.7.7.7", "-j", "DROP");

        var filtered = console.await(
                "with the rule",
                report -> String.valueOf(report(report, "a").network().filters().iptables())
                        .contains("-A OUTPUT -d 10.7.7.7/32 -j DROP"));
        assertThat(String.valueOf(report(filtered, "a").network().filters().nftables()))
                .contains("10.7.7.7");
    }

    @Test
    void sendsOnlyWhatChangedToAConsoleThatTakesIt() throws IOException {
        run(NAMES);
        console.await("of both Pods", report -> has(report, "a") && has(report, "b"));
        console.await(
                "of all packet filters",
                report -> hasFilters(report.host().namespace())
                        && hasFilters(report(report, "a").network())
                        && hasFilters(report(report, "b").network()));
        int whole = Collections.max(console.sizes());

        ip(pod("a"), "route", "del", "10.20.0.0/16");
        console.await("without the route", report -> !hasRoute(report(report, "a"), ROUTE));

        assertThat(console.sizes().getLast()).isLessThan(whole / 4);
        assertThat(console.newestText())
                .contains("\"changesSince\":", "\"routes\":")
                .doesNotContain("\"host\":", "\"links\":", "\"rules\":", "\"sysctls\":", "\"iptables\":");
    }

    private static boolean hasFilters(NamespaceReport report) {
        return report.filters().iptables() != null;
    }

    @Test
    void sendsWholeReportsToAConsoleThatKnowsNothingElse() throws IOException {
        console.takesOnlyWholeReports();
        run(NAMES);
        console.await("of both Pods", report -> has(report, "a") && has(report, "b"));

        ip(pod("a"), "route", "del", "10.20.0.0/16");

        var report = console.await("without the route", each -> !hasRoute(report(each, "a"), ROUTE));
        assertThat(hasRoute(report(report, "b"), ROUTE)).isTrue();
    }

    @Test
    void outlivesAConsoleThatIsGoneAndForgets() throws IOException {
        run(NAMES);
        console.await("at all", report -> has(report, "a"));
        console.stop();
        ip(pod("a"), "route", "del", "10.20.0.0/16");

        console.restart();

        var report = console.await("after the restart", each -> has(each, "b"));
        assertThat(hasRoute(report(report, "a"), ROUTE)).isFalse();
    }

    @Test
    void readsTheTokenAnewAfterItExpired() throws IOException {
        run(NAMES);
        console.await("at all", report -> has(report, "a"));
        console.answer(401);
        Files.writeString(token(), "second");
        ip(pod("a"), "route", "del", "10.20.0.0/16");
        console.answer(204);

        console.await("with the new token", report -> !hasRoute(report(report, "a"), ROUTE));

        assertThat(console.tokens()).startsWith("Bearer first").endsWith("Bearer second");
    }

    @Test
    void numbersItsReportsUpwards() throws IOException {
        run(NAMES);
        console.await("at all", report -> has(report, "a"));
        for (int i = 0; i < 5; i++) {
            ip(pod("a"), "route", "add", "10.30." + i + ".0/24", "via", "10.1.0.254");
        }
        console.await(
                "with the last route", report -> hasRoute(report(report, "a"), "10.30.4.0/24 via 10.1.0.254 dev eth0"));

        assertThat(console.sequences()).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void followsPodsThatComeAndGoAndLeaksNothing() throws IOException {
        run(NAMES);
        console.await("of both Pods", report -> has(report, "a") && has(report, "b"));
        int descriptors = descriptors();
        int threads = threads().size();

        for (int i = 0; i < 100; i++) {
            Shell.run("ip", "netns", "del", pod("b"));
            add(pod("b"));
            // The node's devices tell that Pods come and go.
            ip(HOST, "link", "set", "peer0", "mtu", Integer.toString(1400 + i));
        }
        ip(pod("b"), "route", "add", "10.99.0.0/16", "via", "10.1.0.254");
        console.await(
                "of the last b",
                report -> has(report, "b") && hasRoute(report(report, "b"), "10.99.0.0/16 via 10.1.0.254 dev eth0"));

        assertThat(descriptors()).isLessThanOrEqualTo(descriptors + 4);
        assertThat(threads().size()).isLessThanOrEqualTo(threads + 4);
    }

    @Test
    void goesOnWhenNamespacesAreDeletedWhileTheyAreRead() throws Exception {
        run(NAMES);
        console.await("of both Pods", report -> has(report, "a") && has(report, "b"));
        int descriptors = descriptors();

        for (int i = 0; i < 5; i++) {
            var name = "c" + i;
            add(pod(name));
            manyRoutes(pod(name));
            ip(HOST, "link", "set", "peer0", "mtu", Integer.toString(1400 + i));
            console.await("of the new Pod", report -> has(report, name));
            console.command("read", "{}");
            // A round takes some milliseconds: the five meet its beginning, its middle and its end.
            Thread.sleep(3L * i);
            Shell.run("ip", "netns", "del", pod(name));
            console.await("without the Pod", report -> !has(report, name));
        }

        ip(pod("a"), "route", "del", "10.20.0.0/16");
        var report = console.await("without the route", each -> !hasRoute(report(each, "a"), ROUTE));
        assertThat(hasRoute(report(report, "b"), ROUTE)).isTrue();
        assertThat(report.pods()).extracting(PodReport::error).containsOnlyNulls();
        assertThat(descriptors()).isLessThanOrEqualTo(descriptors + 4);
    }

    private void manyRoutes(String namespace) throws IOException {
        var batch = folder.resolve("routes");
        Files.write(
                batch,
                IntStream.range(0, 2000)
                        .mapToObj(i -> "route add 10.50.%d.%d/32 via 10.1.0.254".formatted(i / 250, i % 250))
                        .toList());
        ip(namespace, "-batch", batch.toString());
    }

    @Test
    void reportsOnWhenTheClockIsSetBack() throws IOException {
        var now = new AtomicReference<>(Instant.parse("2026-03-01T12:00:00Z"));
        run(NAMES, now::get, new FilterReader());
        var before = console.await("at all", report -> has(report, "a"));

        now.set(Instant.parse("2020-01-01T00:00:00Z"));
        ip(pod("a"), "route", "del", "10.20.0.0/16");

        var after = console.await("without the route", report -> !hasRoute(report(report, "a"), ROUTE));
        assertThat(after.collectedAt()).isEqualTo("2020-01-01T00:00:00Z");
        assertThat(after.bootId()).isEqualTo(before.bootId());
        assertThat(after.sequence()).isGreaterThan(before.sequence());
        console.await("on time", report -> report.sequence() > after.sequence() + 2);
        assertThat(console.sequences()).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void saysThatTheToolsAreMissingAndReportsTheRest() throws IOException {
        assumeTrue(Command.exists("nft"), "needs nft");
        run(NAMES, InstantSource.system(), new FilterReader(tool -> tool.equals("nft")));
        console.await("of both Pods", report -> has(report, "a") && has(report, "b"));
        int descriptors = descriptors();

        Shell.run("ip", "netns", "exec", pod("a"), "nft", "add", "table", "inet", "blue");
        var report = console.await("with the reason", each -> report(each, "a").error() != null);

        var filters = report(report, "a").network().filters();
        assertThat(report(report, "a").error()).contains("iptables-save: not installed");
        assertThat(filters.iptables()).isNull();
        assertThat(String.valueOf(filters.nftables())).contains("blue");
        assertThat(report(report, "b").error()).isNull();
        ip(pod("a"), "route", "del", "10.20.0.0/16");
        console.await("without the route", each -> !hasRoute(report(each, "a"), ROUTE));
        assertThat(descriptors()).isLessThanOrEqualTo(descriptors + 4);
    }

    private static int descriptors() throws IOException {
        try (var files = Files.list(Path.of("/proc/self/fd"))) {
            return (int) files.count();
        }
    }

    private static Set<String> threads() throws IOException {
        try (var tasks = Files.list(Path.of("/proc/self/task"))) {
            var names = new HashSet<String>();
            tasks.forEach(task -> names.add(task.getFileName().toString()));
            return names;
        }
    }

    /// The danger of namespaces: a thread that is started inside of one stays there, and whatever it starts, too.
    @Test
    void noThreadEverStaysInAnotherNamespace() throws IOException {
        run(NAMES);
        console.await("of both Pods", report -> has(report, "a") && has(report, "b"));
        var strangers = new HashSet<String>();
        for (int i = 0; i < 60; i++) {
            console.command("read", "{}");
            console.command("probe", probe("a", "10.1.0." + (i % 2 == 0 ? 1 : 77), 80, 200));
            ip(pod("a"), "route", "add", "10.40." + i + ".0/24", "via", "10.1.0.254");
            Shell.run("ip", "netns", "exec", pod("b"), "sysctl", "-qw", "net.ipv4.conf.eth0.rp_filter=" + i % 3);
            strangers.addAll(threadsElsewhere());
        }
        console.await(
                "with all routes", report -> hasRoute(report(report, "a"), "10.40.59.0/24 via 10.1.0.254 dev eth0"));

        strangers.remove(NamespaceThread.NAME);
        assertThat(strangers).isEmpty();
        Objects.requireNonNull(running).agent().stop();
        assertThat(threadsElsewhere()).isSubsetOf(NamespaceThread.NAME);
    }

    /// The names of threads that are in another namespace than the process.
    private static Set<String> threadsElsewhere() throws IOException {
        var own = Files.readSymbolicLink(Path.of("/proc/self/ns/net"));
        var names = new HashSet<String>();
        for (var thread : threads()) {
            var task = Path.of("/proc/self/task", thread);
            try {
                if (!Files.readSymbolicLink(task.resolve("ns/net")).equals(own)) {
                    names.add(Files.readString(task.resolve("comm")).strip());
                }
            } catch (NoSuchFileException _) {
                // The thread has ended since the list was made.
            }
        }
        return names;
    }

    private static String probe(String pod, String address, int port, int timeoutMillis) {
        return """
                {"id": "p1", "pod": {"uid": "", "namespace": "lab", "name": "%s"}, "timeoutMillis": %d, \
                "targets": [{"address": "%s", "port": %d, "protocol": "TCP", "service": null}]}""".formatted(pod, timeoutMillis, address, port);
    }

    @Test
    void probesWhenItIsAsked() throws IOException {
        run(NAMES);
        console.await("at all", report -> has(report, "a"));
        console.command("probe", probe("a", "10.1.0.1", 81, 500));
        console.command("probe", probe("nobody", "10.1.0.1", 82, 500));
        console.command("probe", "{\"id\": 7");

        var report = console.await("with both results", each -> each.probes().size() == 2);

        assertThat(report.probes())
                .extracting(probe -> probe.port() + " " + probe.outcome() + " " + probe.id())
                .containsExactlyInAnyOrder("81 " + Outcome.REFUSED + " p1", "82 " + Outcome.ERROR + " p1");
    }

    /// Containers restart, Pods go on: their namespace is the same, the process that led to it is not.
    @Test
    void readsAPodOnWhenTheProcessThatLedToItEnds() throws Exception {
        var first = sleeper();
        var second = sleeper();
        var proc = Files.createDirectory(folder.resolve("proc"));
        link(proc, first);
        try {
            run(proc);
            console.await("of the Pod", report -> report.pods().size() == 1);
            link(proc, second);
            Files.delete(proc.resolve(first.pid() + "/cgroup"));
            first.destroy();
            first.waitFor();
            console.command("read", "{}");

            Shell.run("ip", "netns", "exec", pod("a"), "sysctl", "-qw", "net.ipv4.conf.all.arp_ignore=5");
            console.command("read", "{}");

            var report = console.await(
                    "by the other process",
                    each -> each.pods().size() == 1
                            && "5".equals(sysctl(each.pods().getFirst(), "net.ipv4.conf.all.arp_ignore")));
            assertThat(report.pods().getFirst().error()).isNull();
        } finally {
            first.destroy();
            second.destroy();
        }
    }

    private static @Nullable String sysctl(PodReport pod, String name) {
        var sysctls = pod.network().network().sysctls();
        return sysctls == null ? null : sysctls.get(name);
    }

    /// A process in the namespace, for as long as the test takes.
    private static Process sleeper() throws IOException {
        return new ProcessBuilder("ip", "netns", "exec", pod("a"), "sleep", "300").start();
    }

    /// The process under a folder like `/proc`, in a Pod's control group.
    private static void link(Path proc, Process process) throws IOException {
        var folder = Files.createDirectory(proc.resolve(Long.toString(process.pid())));
        Files.writeString(folder.resolve("cgroup"), "0::/kubepods/pod2f1c8a3e-77b1-4a51-9c55-0a8d7d4a1b2c/abc\n");
        Files.createSymbolicLink(folder.resolve("ns"), Path.of("/proc", Long.toString(process.pid()), "ns"));
    }

    @Test
    void saysWhatItCannotRead() throws IOException {
        run(folder.resolve("no-proc"));

        var report = console.await("at all", each -> !each.host().errors().isEmpty());

        assertThat(report.host().errors()).anyMatch(error -> error.contains("Pods cannot be found"));
        assertThat(report.host().namespace().network().routes()).isNotEmpty();
    }

    @Test
    void namesPodsThatOnlyTheConsoleKnows() throws IOException {
        run(NAMES);
        console.await("at all", report -> has(report, "a"));

        console.command(
                "pods",
                "{\"pods\": [{\"uid\": \"%s\", \"namespace\": \"shop\", \"name\": \"web-0\"}]}".formatted(pod("a")));

        assertThat(report(console.await("with the name", each -> has(each, "web-0")), "web-0")
                        .namespace())
                .isEqualTo("shop");
    }
}
