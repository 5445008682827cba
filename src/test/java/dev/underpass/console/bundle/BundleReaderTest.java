package dev.underpass.console.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.underpass.Recordings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BundleReaderTest {

    private static final String HEAD = "apiVersion: underpass.dev/v1\nkind: Bundle\ncluster: c\n";
    private static final String REPORT = """
            {"apiVersion": "underpass.dev/v1", "kind": "NodeReport", "node": "%s",
             "collectedAt": "2026-01-01T00:00:00Z", "host": {}, "pods": [%s]}""";

    @TempDir
    private Path folder;

    private void write(String name, String content) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private void fails(Path path, String... parts) {
        assertThatThrownBy(() -> BundleReader.read(path))
                .isInstanceOf(BundleException.class)
                .message()
                .contains(parts);
    }

    @Test
    void readsARecordedCluster() {
        var snapshot = Recordings.read("healthy");

        assertThat(snapshot.name()).isEqualTo("lab");
        assertThat(snapshot.nodes()).hasSize(2);
        assertThat(snapshot.pods()).hasSize(8);
        assertThat(snapshot.services()).hasSize(9);
        assertThat(snapshot.reports()).hasSize(2);
        assertThat(snapshot.spiderpool().coordinators().getFirst().serviceCidrs())
                .hasSize(2);
        assertThat(snapshot.spiderpool().networkAttachments()).hasSize(2);
        assertThat(snapshot.cni().calicoPools()).hasSize(1);
    }

    @Test
    void makesPodsAndNodesThatOnlyAReportKnows() throws IOException, BundleException {
        write("bundle.yaml", HEAD);
        write("reports/n1.json", REPORT.formatted("n1", "{\"namespace\": \"a\", \"name\": \"b\"}"));

        var snapshot = BundleReader.read(folder);

        assertThat(snapshot.nodes()).hasSize(1);
        assertThat(snapshot.pods().getFirst().name()).hasToString("a/b");
    }

    @Test
    void readsSeveralYamlDocuments() throws IOException, BundleException {
        write("bundle.yaml", HEAD);
        write(
                "resources/a.yaml",
                "kind: Node\napiVersion: v1\nmetadata: {name: n1}\n---\nkind: Node\napiVersion: v1\nmetadata: {name: n2}\n");

        assertThat(BundleReader.read(folder).nodes()).hasSize(2);
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            bundle.yaml       | kind: [                                | line 1
            bundle.yaml       | `apiVersion: v9`                       | apiVersion: not underpass.dev/v1
            bundle.yaml       | `apiVersion: underpass.dev/v1`         | kind: not Bundle
            bundle.yaml       | `{apiVersion: underpass.dev/v1, kind: Bundle, rangesSince: soon}` | rangesSince: not a list
            bundle.yaml       | `{apiVersion: underpass.dev/v1, kind: Bundle, rangesSince: [{since: "2026-01-01T00:00:00Z"}]}` | rangesSince[0].range: missing
            bundle.yaml       | `{apiVersion: underpass.dev/v1, kind: Bundle, rangesSince: [{range: 10.6.0.1/16, since: "2026-01-01T00:00:00Z"}]}` | rangesSince[0].range: host bits set
            bundle.yaml       | `{apiVersion: underpass.dev/v1, kind: Bundle, rangesSince: [{range: 10.6.0.0/16, since: yesterday}]}` | rangesSince[0].since
            bundle.yaml       | `{apiVersion: underpass.dev/v1, kind: Bundle, rangesSince: [{range: 10.6.0.0/16, since: "2026-01-01T00:00:00Z"}, {range: 10.6.0.0/16, since: "2026-01-01T00:00:00Z"}]}` | told twice: 10.6.0.0/16
            resources/x.json  | {"kind": "Node",                       | line 1
            resources/x.json  | "text"                                 | not an object
            resources/x.json  | {"kind": "Node", "metadata": {}}       | metadata.name: missing
            resources/x.json  | {"kind": "Service", "metadata": {"name": "a"}, "spec": {"clusterIP": "10.1"}} | clusterIPs: not a dotted quad: 10.1
            resources/x.json  | {"kind": "SpiderIPPool", "metadata": {"name": "a"}, "spec": {"subnet": "10.6.0.1/16"}} | spec.subnet: host bits set
            reports/n1.json   | {                                      | line 1
            reports/n1.json   | {"kind": "Pod"}                        | apiVersion: not underpass.dev/v1
            reports/n1.json   | {"apiVersion": "underpass.dev/v1", "kind": "NodeReport", "node": "n2", "collectedAt": "2026-01-01T00:00:00Z", "host": {}} | another node than 'n2'
            reports/n1.json   | {"apiVersion": "underpass.dev/v1", "kind": "NodeReport", "node": "n1", "collectedAt": "yesterday", "host": {}} | collectedAt
            reports/n1.json   | {"apiVersion": "underpass.dev/v1", "kind": "NodeReport", "node": "n1", "collectedAt": "2026-01-01T00:00:00Z", "host": {"routes": [{"dst": "10.1.2.3/8"}]}} | host.routes[0].dst: host bits set
            reports/n1.json   | {"apiVersion": "underpass.dev/v1", "kind": "NodeReport", "node": "n1", "collectedAt": "2026-01-01T00:00:00Z", "host": {"iptables": "garbage"}} | host: iptables
            fabric.json       | {"gateways": [{"address": "x"}]}       | gateways[0].address
            """)
    void namesFilePlaceAndReason(String file, String content, String reason) throws IOException {
        write("bundle.yaml", HEAD);
        write(file, content);

        fails(folder, file, reason);
    }

    @Test
    void refusesAPodThatTwoNodesReport() throws IOException {
        var pod = "{\"namespace\": \"a\", \"name\": \"b\"}";
        write("bundle.yaml", HEAD);
        write("reports/n1.json", REPORT.formatted("n1", pod));
        write("reports/n2.json", REPORT.formatted("n2", pod));

        fails(folder, "reports/n2.json", "Pod a/b is also reported by n1");
    }

    @Test
    void refusesAnObjectThatStandsTwice() throws IOException {
        var node = "{\"kind\": \"Node\", \"apiVersion\": \"v1\", \"metadata\": {\"name\": \"n\"}}";
        write("bundle.yaml", HEAD);
        write("resources/a.json", node);
        write("resources/b.json", node);

        fails(folder, "resources/b.json", "is already in", "resources/a.json");
    }

    @Test
    void refusesWhatIsNoBundle() throws IOException {
        fails(folder, "no bundle.yaml");
        fails(folder.resolve("gone"), "no such file");
        write("x.txt", "x");
        fails(folder.resolve("x.txt"), "neither a directory nor a .tar.gz or .zip");
    }

    @Test
    void refusesFiftyMegabytesOfGarbage() throws IOException {
        var garbage = new byte[50 << 20];
        new Random(1).nextBytes(garbage);
        for (var name : new String[] {"g.tar.gz", "g.zip"}) {
            Files.write(folder.resolve(name), garbage);
            fails(folder.resolve(name), name);
        }
        write("bundle.yaml", HEAD);
        Files.createDirectories(folder.resolve("reports"));
        Files.write(folder.resolve("reports/n1.json"), garbage);
        fails(folder, "reports/n1.json", "not JSON");
    }

    @ParameterizedTest
    @CsvSource({"../evil.json", "/etc/evil.json", "a/../../evil.json", "a\\..\\evil.json"})
    void refusesZipNamesThatLeadOut(String name) throws IOException {
        var file = folder.resolve("evil.zip");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write("{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }

        fails(file, "leads out of the bundle");
    }

    @Test
    void refusesZipBombs() throws IOException {
        var file = folder.resolve("bomb.zip");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("bundle.yaml"));
            zeros(zip, BundleFiles.MAX_FILE_BYTES + 1);
        }

        fails(file, "bundle.yaml", "larger than 64 MiB");
    }

    private static void zeros(OutputStream out, long count) throws IOException {
        var block = new byte[1 << 20];
        for (long left = count; left > 0; left -= block.length) {
            out.write(block, 0, (int) Math.min(left, block.length));
        }
    }

    @Test
    void refusesLinksInArchivesAndOutOfDirectories() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            var link = new TarArchiveEntry("bundle.yaml", TarConstants.LF_SYMLINK);
            link.setLinkName("/etc/passwd");
            tar.putArchiveEntry(link);
            tar.closeArchiveEntry();
        }
        var file = folder.resolve("link.tar.gz");
        Files.write(file, bytes.toByteArray());
        fails(file, "links are not allowed");

        write("inner/bundle.yaml", HEAD);
        Files.createSymbolicLink(folder.resolve("inner/x.json"), Path.of("/etc/passwd"));
        fails(folder.resolve("inner"), "x.json", "leads out of the bundle");
    }
}
