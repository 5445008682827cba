package dev.underpass.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.underpass.Shell;
import dev.underpass.console.bundle.BundleReader;
import dev.underpass.kubeapi.FakeKubeApi;
import dev.underpass.kubeapi.KubeApi;
import dev.underpass.kubeapi.LoopbackCertificate;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The program in a Pod: it finds the API, and who it is, where Kubernetes puts that.
@Tag("kube-api")
class InClusterTest {

    private static final String TOKEN = "the-pods-token";

    @TempDir
    private Path folder;

    @Test
    void takesTheAccountOfThePod() throws Exception {
        assumeTrue(Shell.canMakeNamespaces(), "needs root for a mount namespace");
        var account = Files.createDirectory(folder.resolve("account"));
        var certificate = LoopbackCertificate.of("serving", folder);
        Files.copy(certificate.certificate(), account.resolve("ca.crt"));
        Files.writeString(account.resolve("token"), TOKEN);
        try (var api = new FakeKubeApi()) {
            api.secure(certificate, null);
            api.start();
            api.token(TOKEN, "system:serviceaccount:underpass:underpass", List.of(KubeApi.AUDIENCE), Map.of());
            api.load("{apiVersion: v1, kind: Node, metadata: {name: n1}}");

            var said = capture(account, api.port());

            assertThat(folder.resolve("bundle")).as(said).isDirectory();
            var snapshot = BundleReader.read(folder.resolve("bundle"));
            assertThat(snapshot.nodes()).extracting(node -> node.name().value()).containsExactly("n1");
            assertThat(snapshot.unobserved()).isEmpty();
        }
    }

    private String capture(Path account, int port) throws Exception {
        var mounts = "mount -t tmpfs tmpfs /run && mkdir -p /run/secrets/kubernetes.io/serviceaccount"
                + " && mount --bind \"$0\" /run/secrets/kubernetes.io/serviceaccount && exec \"$@\"";
        var process = new ProcessBuilder(
                        "unshare",
                        "--mount",
                        "sh",
                        "-c",
                        mounts,
                        account.toString(),
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Duser.home=/nonexistent",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "capture",
                        folder.resolve("bundle").toString())
                .redirectErrorStream(true);
        process.environment().remove("KUBECONFIG");
        process.environment()
                .putAll(Map.of(
                        "KUBERNETES_SERVICE_HOST", "127.0.0.1", "KUBERNETES_SERVICE_PORT", String.valueOf(port)));
        var running = process.start();
        var said = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(running.waitFor()).as(said).isZero();
        return said;
    }
}
