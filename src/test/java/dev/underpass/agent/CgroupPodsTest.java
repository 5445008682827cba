package dev.underpass.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.underpass.Shell;
import dev.underpass.agent.netlink.Capabilities;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CgroupPodsTest {

    private static final String UID = "2f1c8a3e-77b1-4a51-9c55-0a8d7d4a1b2c";
    private static final String SLICE = "2f1c8a3e_77b1_4a51_9c55_0a8d7d4a1b2c";

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            v2, systemd, containerd   | 0::/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-podSLICE.slice/cri-containerd-abc.scope
            v2, guaranteed            | 0::/kubepods.slice/kubepods-podSLICE.slice/cri-containerd-abc.scope
            v2, systemd, CRI-O        | 0::/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-podSLICE.slice/crio-abc.scope
            v2, cgroupfs              | 0::/kubepods/besteffort/podUID/abc
            v2, cgroup namespace      | 0::/../../kubepods-burstable-podSLICE.slice/cri-containerd-abc.scope
            v1, systemd               | 11:memory:/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-podSLICE.slice/cri-containerd-abc.scope
            v1, cgroupfs              | 3:cpu,cpuacct:/kubepods/burstable/podUID/abc
            containerd's own slice    | 0::/system.slice/containerd.service/kubepods-burstable-podSLICE.slice:cri-containerd:abc
            kind                      | 0::/kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-burstable.slice/kubelet-kubepods-burstable-podSLICE.slice/cri-containerd-abc.scope
            """)
    void findsTheUid(String how, String line) {
        var cgroup =
                "1:name=systemd:/init.scope\n" + line.replace("SLICE", SLICE).replace("UID", UID) + "\n";

        assertThat(CgroupPods.uid(cgroup)).contains(UID);
    }

    @Test
    void knowsStaticPodsByTheirHash() {
        assertThat(CgroupPods.uid("0::/kubepods.slice/kubepods-burstable.slice/"
                        + "kubepods-burstable-pod0123456789abcdef0123456789abcdef.slice/cri-containerd-abc.scope"))
                .contains("0123456789abcdef0123456789abcdef");
    }

    @Test
    void takesTheOuterOfTwoPods() {
        var other = UID.replace('2', '3');

        assertThat(CgroupPods.uid("0::/kubepods/pod" + UID + "/abc/kubepods/pod" + other + "/def"))
                .contains(UID);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0::/system.slice/ssh.service
            0::/user.slice/user-0.slice/podman-123.scope
            0::/kubepods/podnothing/abc
            0::/
            nonsense
            ''
            """)
    void findsNoneElsewhere(String line) {
        assertThat(CgroupPods.uid(line)).isEmpty();
    }

    @Test
    void leavesOutHostNetworkPodsAndWhatCannotBeRead(@TempDir Path proc) throws IOException {
        process(proc, "10", "podUID".replace("UID", UID), "net:[4026531840]");
        process(proc, "11", "pod" + UID.replace('2', '4'), "net:[4026532281]");
        process(proc, "12", "pod" + UID.replace('2', '4'), "net:[4026532281]");
        Files.createDirectories(proc.resolve("13"));
        Files.createDirectories(proc.resolve("sys"));

        var found = new CgroupPods(proc, "4026531840").find();

        assertThat(found).singleElement().satisfies(pod -> {
            assertThat(pod.uid()).isEqualTo(UID.replace('2', '4'));
            assertThat(pod.inode()).isEqualTo("4026532281");
            assertThat(pod.name()).isEmpty();
        });
    }

    /// Root may read every file; who has given up its capabilities, as the agent does, may not.
    @Test
    @Tag("netns")
    void findsPodsThatItMayNotLookInto(@TempDir Path proc) throws Exception {
        assumeTrue(Shell.canMakeNamespaces(), "needs root");
        var hidden = UID.replace('2', '5');
        process(proc, "10", "pod" + hidden, "net:[4026532281]");
        process(proc, "11", "pod" + UID, "net:[4026532290]");
        process(proc, "12", "pod" + UID, "net:[4026532290]");
        process(proc, "13", "pod" + UID.replace('2', '6'), "net:[4026532299]");
        hide(proc.resolve("10/ns"));
        hide(proc.resolve("11/ns"));
        hide(proc.resolve("13/cgroup"));
        var work = new FutureTask<>(() -> {
            Capabilities.keepOnlyThese();
            return new CgroupPods(proc, "4026531840").find();
        });
        Thread.ofPlatform().start(work);

        assertThat(work.get())
                .extracting(pod -> pod.uid() + " " + pod.inode() + " " + proc.relativize(pod.path()))
                .containsExactly(UID + " 4026532290 12/ns/net", hidden + "  10/ns/net");
    }

    private static void hide(Path file) {
        Shell.run("chown", "65534", file.toString());
        Shell.run("chmod", "000", file.toString());
    }

    private static void process(Path proc, String pid, String pod, String namespace) throws IOException {
        var process = Files.createDirectories(proc.resolve(pid));
        Files.writeString(process.resolve("cgroup"), "0::/kubepods/besteffort/" + pod + "/abc\n");
        Files.createDirectories(process.resolve("ns"));
        Files.createSymbolicLink(process.resolve("ns/net"), Path.of(namespace));
    }
}
