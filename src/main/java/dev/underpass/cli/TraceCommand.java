package dev.underpass.cli;

import dev.underpass.console.view.TraceText;
import dev.underpass.console.view.TraceView;
import dev.underpass.reachability.Disposition.Fold;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/// `trace`: the way of one connection, hop by hop.
@Command(
        name = "trace",
        description = "Follows one connection through a bundle, there and back.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {"0:it connects, or that cannot be told", "1:it does not connect", "2:bad input"})
final class TraceCommand implements Callable<Integer> {

    @Parameters(paramLabel = "BUNDLE", description = "A directory, a .tar.gz or a .zip.")
    private Path bundle = Path.of("");

    @Option(names = "--from", paramLabel = "NS/NAME", required = true, description = "The client Pod.")
    private String from = "";

    @Option(
            names = "--to",
            paramLabel = "NS/NAME[:PORT[/PROTOCOL]]|IP:PORT[/PROTOCOL]",
            required = true,
            description = "A Service (its first address and port unless one is named), or an address.")
    private String to = "";

    @Option(names = "--json", description = "Print the trace as JSON.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws BadInputException {
        var loaded = Loaded.from(bundle);
        var client = loaded.pod("--from", from);
        var target = loaded.targets("--to", to).getFirst();
        var analysis = loaded.analysis();
        var trace = analysis.trace(client, target);
        var out = Objects.requireNonNull(spec).commandLine().getOut();
        if (json) {
            var writer = JsonMapper.builder().build().writerWithDefaultPrettyPrinter();
            out.println(writer.writeValueAsString(TraceView.of(analysis, trace)));
        } else {
            out.print(TraceText.of(analysis, trace));
        }
        out.flush();
        return trace.disposition().fold() == Fold.UNREACHABLE ? 1 : 0;
    }
}
