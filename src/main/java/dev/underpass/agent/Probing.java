package dev.underpass.agent;

import dev.underpass.agent.netlink.NamespaceThread;
import dev.underpass.agent.probe.Prober;
import dev.underpass.report.ProbeResult;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/// Probes from the Pods of the node, and the newest of what came of them. Belongs to the agent's thread.
final class Probing implements AutoCloseable {

    private static final int MAX_RESULTS = 500;

    private final NodeReader reader;
    private final Prober prober;
    private final Deque<ProbeResult> results = new ArrayDeque<>();

    /// @param inbox runs something on the agent's thread
    Probing(NamespaceThread thread, NodeReader reader, Consumer<Runnable> inbox) {
        this.reader = reader;
        this.prober = new Prober(thread, result -> inbox.accept(() -> add(result)));
    }

    List<ProbeResult> results() {
        return List.copyOf(results);
    }

    private void add(ProbeResult result) {
        results.addLast(result);
        while (results.size() > MAX_RESULTS) {
            results.removeFirst();
        }
    }

    /// Does what the console asks for; a Pod that is not here is a result, too.
    void start(CommandStream.ProbeCommand command) {
        reader.pods().stream()
                .map(PodWatch::pod)
                .filter(pod -> isMeant(pod, command.pod()))
                .findFirst()
                .ifPresentOrElse(pod -> start(pod, command), () -> notHere(command));
    }

    private static boolean isMeant(PodNamespace pod, CommandStream.PodName name) {
        boolean named = pod.namespace().equals(name.namespace()) && pod.name().equals(name.name());
        return pod.uid().equals(name.uid()) || named;
    }

    private void start(PodNamespace pod, CommandStream.ProbeCommand command) {
        prober.start(new Prober.Request(
                command.id(),
                command.pod().namespace(),
                command.pod().name(),
                pod.path(),
                command.targets(),
                command.timeout(),
                command.sizeBytes()));
    }

    private void notHere(CommandStream.ProbeCommand command) {
        for (var target : command.targets()) {
            add(new ProbeResult(
                    command.pod().namespace(),
                    command.pod().name(),
                    target.address(),
                    target.port(),
                    target.protocol(),
                    target.service(),
                    ProbeResult.Outcome.ERROR,
                    0,
                    0,
                    "the Pod has no network namespace on this node",
                    Instant.now(),
                    command.id()));
        }
    }

    @Override
    public void close() {
        prober.close();
    }
}
