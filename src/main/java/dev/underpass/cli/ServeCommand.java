package dev.underpass.cli;

import dev.underpass.console.ConsoleApplication;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/// `serve`: the console. Spring's own options pass through.
@Command(
        name = "serve",
        description = {
            "Serves the console; the default command.",
            "--underpass.source=bundle:PATH names what it shows; every Spring option passes through, e.g. --server.port=8080."
        },
        mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {

    @Unmatched
    private List<String> options = new ArrayList<>();

    @Override
    public Integer call() {
        ConsoleApplication.run(options.toArray(String[]::new));
        return -1;
    }
}
