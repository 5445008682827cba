package dev.underpass.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.Shell;
import dev.underpass.agent.netlink.NamespaceThread;
import dev.underpass.report.PodReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A whole agent with everything going wrong around it: it goes on, and holds no more than before.
@Tag("netns")
class AgentLeaksTest extends RunningAgent {

    /// A console that answers nothing good for as long as it likes: the agent tries again, later each time, and keeps
    /// only the newest state.
    @Test
    void outlivesALongOutageOfTheConsole() throws IOException {
        run(NAMES);
        console.await("of both Pods", report -> has(report, "a") && has(report, "b"));
        int descriptors = descriptors();
        int threads = threads().size();
        int requests = console.tokens().size();
        console.answer(503);

        for (int i = 0; console.tokens().size() < requests + 5; i++) {
            ip(pod("a"), "route", "replace", "10.60.0.0/16", "via", "10.1.0." + (2 + i % 200));
        }
        ip(pod("a"), "route", "del", "10.20.0.0/16");
        console.answer(204);

        var report = console.await("after the outage", each -> !hasRoute(report(each, "a"), ROUTE));
        assertThat(hasRoute(report(report, "b"), ROUTE)).isTrue();
        assertThat(descriptors()).isLessThanOrEqualTo(descriptors + 4);
        assertThat(threads().size()).isLessThanOrEqualTo(threads + 4);
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
        end();
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
}
