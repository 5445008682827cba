package dev.underpass.lab;

import dev.underpass.agent.netlink.NamespaceThread;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/// Work inside a named network namespace.
///
/// A socket stays in the namespace that it was opened in, whichever thread uses it.
final class NetworkNamespace {

    private NetworkNamespace() {}

    /// Does the work in a thread of its own, which must start no other: that would stay in the namespace.
    static <T> T in(String name, Callable<T> work) {
        try (var thread = new NamespaceThread()) {
            return thread.in(Path.of("/run/netns", name), work);
        } catch (IOException e) {
            throw new UncheckedIOException("in " + name, e);
        }
    }
}
