package dev.underpass.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.underpass.Shell;
import dev.underpass.report.PodReport;
import dev.underpass.report.ProbeResult.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a whole agent reads, follows and does when it is asked.
@Tag("netns")
class AgentTest extends RunningAgent {

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
