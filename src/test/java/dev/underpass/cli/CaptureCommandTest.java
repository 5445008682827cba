package dev.underpass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.Judgement;
import dev.underpass.Recordings;
import dev.underpass.console.bundle.BundleException;
import dev.underpass.console.bundle.BundleReader;
import dev.underpass.diagnosis.Analysis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureCommandTest {

    private static final String RECORDED = Recordings.path("stale-service-cidr").toString();

    @TempDir
    private Path folder;

    private CommandRun capture(Path to, String... more) {
        var arguments = new String[more.length + 2];
        arguments[0] = "capture";
        arguments[1] = to.toString();
        System.arraycopy(more, 0, arguments, 2, more.length);
        return CommandRun.of(arguments);
    }

    private void refuses(CommandRun run, String... said) {
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains(said);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void writesABundleAgainWithoutWhatIsOfNoUse() throws BundleException {
        var bundle = folder.resolve("bundle");

        var run = capture(bundle, "--from-bundle", RECORDED);

        assertThat(run.status()).isZero();
        assertThat(Judgement.of(Analysis.of(BundleReader.read(bundle))))
                .isEqualTo(Judgement.of(Analysis.of(BundleReader.read(Path.of(RECORDED)))));
    }

    @Test
    void redactsEveryNameAndAddressDifferentlyEachTime() throws IOException {
        capture(folder.resolve("one"), "--from-bundle", RECORDED, "--redact");
        capture(folder.resolve("two"), "--from-bundle", RECORDED, "--redact");

        var one = Files.readString(folder.resolve("one/resources/services.json"));
        assertThat(one)
                .doesNotContain("web", "under-n1", "10.233.42")
                .isNotEqualTo(Files.readString(folder.resolve("two/resources/services.json")));
    }

    @Test
    void letsOnlyTheUserReadIt() throws IOException {
        var bundle = folder.resolve("bundle");

        capture(bundle, "--from-bundle", RECORDED);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(bundle)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(bundle.resolve("bundle.yaml"))))
                .isEqualTo("rw-------");
    }

    @Test
    void takesAnEmptyDirectoryAndRefusesAFullOne() throws IOException {
        var bundle = Files.createDirectory(folder.resolve("bundle"));

        assertThat(capture(bundle, "--from-bundle", RECORDED).status()).isZero();
        refuses(capture(bundle, "--from-bundle", RECORDED), bundle.toString(), "not empty");
    }

    @Test
    void refusesPlacesThatAreNone() throws IOException {
        var file = Files.createFile(folder.resolve("file"));

        refuses(capture(file, "--from-bundle", RECORDED), "file", "no directory");
        refuses(capture(folder.resolve("no/where"), "--from-bundle", RECORDED), "no such directory");
    }

    @Test
    void leavesNothingBehindWhenTheApiIsOutOfReach() throws IOException {
        var kubeconfig = folder.resolve("kubeconfig");
        Files.writeString(kubeconfig, """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "http://127.0.0.1:1"}}]
                users: [{name: u, user: {}}]
                contexts: [{name: here, context: {cluster: c, user: u}}]
                current-context: here
                """);
        var bundle = folder.resolve("bundle");

        refuses(capture(bundle, "--kubeconfig", kubeconfig.toString()), "the Kubernetes API of", "cannot be read");
        refuses(capture(bundle, "--kubeconfig", kubeconfig.toString(), "--context", "x"), "no context 'x'");
        refuses(capture(bundle, "--kubeconfig", folder + "/none"), "--kubeconfig: cannot be read");
        assertThat(folder).isDirectoryNotContaining("glob:**bundle*").isDirectoryNotContaining("glob:**capture*");
    }

    @Test
    void takesNamesFromABundleForWhatTheyAre() throws IOException {
        var hostile = Files.createDirectories(folder.resolve("hostile"));
        Files.writeString(hostile.resolve("bundle.yaml"), "{apiVersion: underpass.dev/v1, kind: Bundle}");
        Files.createDirectory(hostile.resolve("resources"));
        Files.writeString(hostile.resolve("resources/all.yaml"), """
                {kind: Node, apiVersion: v1, metadata: {name: "../../etc\\u001b[2J"}}
                ---
                {kind: Pod, apiVersion: v1, metadata: {name: "tcp", namespace: "main", labels: {"10.1.2.3": "<b>"}},
                 spec: {nodeName: "a b", containers: []}, status: {podIPs: [{ip: 10.1.2.3}]}}
                ---
                {kind: Service, apiVersion: v1, metadata: {name: "pod-001", namespace: "ns-001"}, spec: {clusterIP: None}}
                """);

        var run = capture(folder.resolve("bundle"), "--from-bundle", hostile.toString(), "--redact");

        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(Files.readString(folder.resolve("bundle/resources/pods.json")))
                .doesNotContain("10.1.2.3", "<b>", "main", "pod-001");
    }

    @Test
    void refusesToMixItsSources() {
        refuses(
                capture(folder.resolve("bundle"), "--from-bundle", RECORDED, "--console", "http://localhost"),
                "--from-bundle");
    }
}
