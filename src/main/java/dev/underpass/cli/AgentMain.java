package dev.underpass.cli;

import java.io.PrintWriter;

/// Runs `agent` alone: of our libraries only the JSON codec is loaded, and nothing of the console.
public final class AgentMain {

    private static final int BAD_INPUT = 2;

    private AgentMain() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /// Runs the agent.
    ///
    /// @return its exit status
    static int run(String... arguments) {
        var err = new PrintWriter(System.err, true, System.err.charset());
        try {
            AgentRun.run(parse(arguments), err);
            return 0;
        } catch (BadInputException e) {
            err.println(e.getMessage());
            return BAD_INPUT;
        }
    }

    /// Reads `--NAME=VALUE`, `--NAME VALUE` and `--once`, behind an `agent` that may be there.
    static AgentSettings parse(String... arguments) throws BadInputException {
        var settings = new AgentSettings();
        int first = arguments.length > 0 && arguments[0].equals("agent") ? 1 : 0;
        for (int i = first; i < arguments.length; i++) {
            var argument = arguments[i];
            int equals = argument.indexOf('=');
            if (equals >= 0) {
                settings.set(argument.substring(0, equals), argument.substring(equals + 1));
            } else if (argument.equals("--once")) {
                settings.set(argument, "true");
            } else if (i + 1 < arguments.length) {
                i++;
                settings.set(argument, arguments[i]);
            } else {
                throw new BadInputException("Missing value for option '" + argument + "'");
            }
        }
        return settings;
    }
}
