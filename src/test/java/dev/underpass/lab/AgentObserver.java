package dev.underpass.lab;

import dev.underpass.agent.AgentOptions;
import dev.underpass.agent.OneReport;
import dev.underpass.report.NodeReport;
import dev.underpass.report.ReportWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The report that the node agent gives.
final class AgentObserver implements Observer {

    @Override
    public String report(Lab lab, LabNode node) {
        var json = new ByteArrayOutputStream();
        ReportWriter.write(read(lab, node), json);
        return json.toString(StandardCharsets.UTF_8);
    }

    static NodeReport read(Lab lab, LabNode node) {
        try {
            return OneReport.read(options(lab, node, null), 1, (_, _, _, _) -> {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static AgentOptions options(Lab lab, LabNode node, @Nullable URI console) {
        var names = Path.of("/run/netns");
        return new AgentOptions(
                node.name(),
                "lab",
                names.resolve(lab.namespace(node)),
                names.resolve("no-cni-configuration"),
                new AgentOptions.Pods.Named(names, lab.namespace(node) + "-p-", "lab"),
                console,
                null,
                null,
                Duration.ofSeconds(60),
                Duration.ofSeconds(30));
    }
}
