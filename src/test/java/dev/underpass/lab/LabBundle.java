package dev.underpass.lab;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.console.bundle.BundleException;
import dev.underpass.console.bundle.BundleReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import tools.jackson.databind.json.JsonMapper;

/// Writes what is known of a lab as a bundle, which is what the engine gets to see of it.
final class LabBundle {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private LabBundle() {}

    /// The bundle's snapshot.
    static ClusterSnapshot snapshot(Lab lab, Observer observer) {
        try {
            var folder = Files.createTempDirectory("lab");
            write(lab, observer, folder, "");
            var snapshot = BundleReader.read(folder);
            try (var files = Files.walk(folder)) {
                for (var file :
                        files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
            return snapshot;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (BundleException e) {
            throw new IllegalStateException(e);
        }
    }

    /// @param comment what was done to the lab
    static void write(Lab lab, Observer observer, Path folder, String comment) {
        try {
            Files.createDirectories(folder.resolve("resources"));
            Files.createDirectories(folder.resolve("reports"));
            Files.writeString(folder.resolve("bundle.yaml"), """
                    apiVersion: underpass.dev/v1
                    kind: Bundle
                    cluster: lab
                    capturedAt: %s
                    comment: %s
                    """.formatted(
                            Instant.now().truncatedTo(ChronoUnit.SECONDS), JSON.writeValueAsString(comment)));
            Files.writeString(
                    folder.resolve("resources/cluster.json"), JSON.writeValueAsString(new LabResources(lab).list()));
            for (var node : Layout.NODES) {
                Files.writeString(folder.resolve("reports/" + node.name() + ".json"), observer.report(lab, node));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
