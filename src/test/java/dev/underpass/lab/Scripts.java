package dev.underpass.lab;

import dev.underpass.Shell;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// One shell script that does things in several network namespaces, in order.
///
/// `ip` commands that follow each other in one namespace go through one `ip -batch`.
final class Scripts {

    private record Step(String namespace, boolean ip, String text) {}

    private final List<Step> steps = new ArrayList<>();

    /// Adds commands of `ip`, each without the word.
    void ip(String namespace, String... commands) {
        for (var command : commands) {
            steps.add(new Step(namespace, true, command));
        }
    }

    /// Adds a shell script.
    void shell(String namespace, String script) {
        steps.add(new Step(namespace, false, script));
    }

    /// Runs it.
    ///
    /// @throws IllegalStateException with what was printed, if anything fails
    void run() {
        var result = Shell.feed(text(), "sh", "-e");
        if (result.status() != 0) {
            throw new IllegalStateException(result.err() + result.out());
        }
    }

    private String text() {
        var text = new StringBuilder();
        for (int i = 0; i < steps.size(); ) {
            var step = steps.get(i);
            int end = i + 1;
            while (step.ip()
                    && end < steps.size()
                    && steps.get(end).ip()
                    && steps.get(end).namespace().equals(step.namespace())) {
                end++;
            }
            var body = steps.subList(i, end).stream().map(Step::text).collect(Collectors.joining("\n"));
            var command = step.ip() ? "ip -n %s -batch -" : "ip netns exec %s sh -e";
            text.append(command.formatted(step.namespace()))
                    .append(" <<'END-OF-STEP'\n")
                    .append(body)
                    .append("\nEND-OF-STEP\n");
            i = end;
        }
        return text.toString();
    }
}
