package dev.underpass.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/// Picks the process to run by the first argument; `serve` without one.
@Command(
        name = "underpass",
        description = "Shows, explains and repairs how Pods on underlay networks reach Kubernetes Services.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            ServeCommand.class,
            DemoCommand.class,
            CheckCommand.class,
            TraceCommand.class,
            CaptureCommand.class,
            AgentCommand.class
        })
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        int status = run(arguments);
        if (status >= 0) {
            System.exit(status);
        }
    }

    /// Runs a command.
    ///
    /// @return its exit status, or -1 if it goes on in the background
    static int run(String... arguments) {
        var commandLine = new CommandLine(new Main());
        commandLine.setExecutionExceptionHandler(Main::failed);
        commandLine.setParameterExceptionHandler(Main::misused);
        boolean command = arguments.length > 0
                && (commandLine.getSubcommands().containsKey(arguments[0])
                        || arguments[0].equals("--help")
                        || arguments[0].equals("-h")
                        || arguments[0].equals("--version")
                        || arguments[0].equals("-V"));
        if (command || (arguments.length > 0 && !arguments[0].startsWith("--"))) {
            return commandLine.execute(arguments);
        }
        var serve = new String[arguments.length + 1];
        serve[0] = "serve";
        System.arraycopy(arguments, 0, serve, 1, arguments.length);
        return commandLine.execute(serve);
    }

    private static int misused(ParameterException e, String[] arguments) {
        var commandLine = e.getCommandLine();
        commandLine.getErr().println(e.getMessage());
        commandLine.getErr().println("See '" + commandLine.getCommandSpec().qualifiedName() + " --help'.");
        return 2;
    }

    private static int failed(Exception e, CommandLine commandLine, CommandLine.ParseResult parsed) throws Exception {
        if (e instanceof BadInputException) {
            commandLine.getErr().println(e.getMessage());
            return 2;
        }
        throw e;
    }
}
