package dev.underpass.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `agent`: reads this node's network namespaces and sends what it reads to the console.
@Command(
        name = "agent",
        description = "Reads the network namespaces of this node and its Pods, and reports to the console.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {"0:a clean stop", "2:bad input, or the node cannot be read"})
final class AgentCommand implements Callable<Integer> {

    @Mixin
    private AgentSettings settings = new AgentSettings();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws BadInputException {
        AgentRun.run(settings, Objects.requireNonNull(spec).commandLine().getErr());
        return 0;
    }
}
