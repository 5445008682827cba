package dev.underpass.kubeapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The half of a real control plane that Debian has, too.
@Tag("kube-api")
class EtcdTest {

    @TempDir
    private Path folder;

    private @Nullable Etcd etcd;

    /// From `KUBEBUILDER_ASSETS`, or the search path.
    private static Optional<Path> program() {
        var assets = Stream.ofNullable(System.getenv(RealKubeApi.ASSETS));
        return Stream.concat(assets, Arrays.stream(System.getenv("PATH").split(":", -1)))
                .map(folder -> Path.of(folder, "etcd"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @BeforeEach
    void start() throws IOException {
        assumeTrue(program().isPresent(), "there is no etcd: scripts/setup installs it");
        etcd = new Etcd(program().orElseThrow(), folder);
        etcd().start();
    }

    @AfterEach
    void stop() {
        if (etcd != null) {
            etcd.kill();
        }
    }

    private Etcd etcd() {
        return Objects.requireNonNull(etcd);
    }

    @Test
    void keepsItsDataAndItsPortWhenItIsKilled() throws IOException {
        var address = etcd().address();
        var revision = etcd().put("/a", "one");

        etcd().kill();
        etcd().start();

        assertThat(etcd().address()).isEqualTo(address);
        assertThat(etcd().get("/a", revision)).isEqualTo("one");
    }

    @Test
    void forgetsHistory() throws IOException {
        var first = etcd().put("/a", "one");
        var second = etcd().put("/a", "two");
        assertThat(etcd().get("/a", first)).isEqualTo("one");

        etcd().compact(second);

        assertThatIOException().isThrownBy(() -> etcd().get("/a", first)).withMessageContaining("compacted");
        assertThat(etcd().get("/a", second)).isEqualTo("two");
    }

    @Test
    void saysWhyItDoesNotStart() throws IOException {
        etcd().kill();
        try (var files = Files.walk(folder.resolve("etcd"))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                Files.writeString(file, "nonsense");
            }
        }

        assertThatIOException().isThrownBy(etcd()::start).withMessageMatching("(?s).*etcd does not answer: .+");
    }
}
