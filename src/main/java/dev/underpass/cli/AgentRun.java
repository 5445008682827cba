package dev.underpass.cli;

import dev.underpass.agent.Agent;
import dev.underpass.agent.AgentOptions;
import dev.underpass.agent.OneReport;
import dev.underpass.report.ReportWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/// Runs an agent with the options that it was given.
final class AgentRun {

    private AgentRun() {}

    /// Prints one report, or reports until the process is told to stop.
    static void run(AgentSettings settings, PrintWriter err) throws BadInputException {
        var options = settings.options();
        try {
            if (settings.once) {
                print(options, settings.repeat, err);
                return;
            }
            if (settings.console == null) {
                throw new BadInputException("--console: missing; say where reports go, or --once");
            }
            Agent.run(options);
        } catch (IOException e) {
            throw new BadInputException("this node cannot be read: " + e.getMessage());
        }
    }

    private static void print(AgentOptions options, @Nullable Integer repeat, PrintWriter err) throws IOException {
        var report = OneReport.read(options, repeat == null ? 1 : repeat, (round, nanos, objects, read) -> {
            if (repeat != null) {
                err.printf("read %d: %.1f ms, %d objects, %d namespaces%n", round, nanos / 1e6, objects, read);
            }
        });
        err.flush();
        var out = new BufferedOutputStream(System.out);
        ReportWriter.write(report, out);
        System.out.println();
    }
}
