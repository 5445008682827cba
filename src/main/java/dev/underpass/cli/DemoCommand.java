package dev.underpass.cli;

import dev.underpass.console.ConsoleApplication;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Unmatched;

/// `demo`: the console on a recorded cluster, without a login.
@Command(
        name = "demo",
        description = {
            "Serves the console on the recorded cluster inside the jar, on loopback only.",
            "Spring options pass through, e.g. --server.port=8080."
        },
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

    @Option(names = "--bundle", paramLabel = "PATH", description = "Another bundle than the one inside the jar.")
    private @Nullable Path bundle;

    @Unmatched
    private List<String> options = new ArrayList<>();

    @Override
    public Integer call() throws BadInputException {
        var path = bundle == null ? DemoBundle.unpacked() : bundle;
        Loaded.from(path);
        var arguments = new ArrayList<String>();
        arguments.add("--underpass.source=bundle:" + path);
        arguments.add("--underpass.demo=true");
        arguments.add("--underpass.agents.auth=loopback");
        arguments.addAll(options);
        ConsoleApplication.run(arguments.toArray(String[]::new));
        return -1;
    }
}
