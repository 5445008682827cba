package dev.underpass.agent;

import dev.underpass.agent.probe.Target;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Follows the console's commands, Server-Sent Events; comes back after every loss.
final class CommandStream implements Runnable {

    private static final Logger LOG = System.getLogger(CommandStream.class.getName());
    private static final int MAX_EVENT = 1 << 20;

    /// Who the commands are for; called on this stream's thread.
    interface Handler {

        /// The console answers.
        void opened();

        /// The Pods that the console knows on this node.
        void pods(List<PodName> pods);

        void probe(ProbeCommand command);

        /// Everything has to be read now.
        void readNow();
    }

    /// A Pod's uid and name.
    record PodName(String uid, String namespace, String name) {}

    /// Connections to try.
    record ProbeCommand(
            String id,
            PodName pod,
            List<Target> targets,
            Duration timeout,
            @Nullable Integer sizeBytes) {}

    private final ConsoleClient console;
    private final Handler handler;
    private final Backoff backoff = new Backoff(new Random(), Backoff.OF_STREAMS);

    CommandStream(ConsoleClient console, Handler handler) {
        this.console = console;
        this.handler = handler;
    }

    @Override
    public void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                follow();
                Thread.sleep(backoff.next());
            }
        } catch (InterruptedException _) {
            // The agent stops.
            Thread.currentThread().interrupt();
        }
    }

    private void follow() {
        try (var stream = new BufferedReader(new InputStreamReader(console.commands(), StandardCharsets.UTF_8))) {
            backoff.reset();
            handler.opened();
            events(stream);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "The stream of commands: {0}", e.getMessage());
        }
    }

    /// Reads events until the stream ends.
    void events(BufferedReader stream) throws IOException {
        var name = "";
        var data = new StringBuilder();
        for (var line = stream.readLine(); line != null; line = stream.readLine()) {
            if (line.isEmpty()) {
                handle(name, data.toString());
                name = "";
                data.setLength(0);
            } else if (line.startsWith("event:")) {
                name = line.substring("event:".length()).strip();
            } else if (line.startsWith("data:") && data.length() + line.length() < MAX_EVENT) {
                data.append(line, "data:".length(), line.length()).append('\n');
            }
        }
    }

    private void handle(String name, String data) {
        try {
            switch (name) {
                case "pods" -> handler.pods(CommandReader.pods(data));
                case "probe" -> handler.probe(CommandReader.probe(data));
                case "read" -> handler.readNow();
                default -> {
                    // A heartbeat, or a command of a newer console.
                }
            }
        } catch (IllegalArgumentException e) {
            LOG.log(Level.WARNING, "A command that cannot be understood: {0}: {1}", name, e.getMessage());
        }
    }
}
