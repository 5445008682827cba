package dev.underpass.agent.netlink;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The one thread that enters other network namespaces, and comes back before it does anything else.
///
/// A thread inherits the network namespace of the thread that starts it. So work that runs here must
/// start none: it opens descriptors, which keep their namespace for good, or reads files.
public final class NamespaceThread implements AutoCloseable {

    /// The thread's name, as `/proc/self/task/*/comm` shows it.
    public static final String NAME = "netns";

    private static final int CLONE_NEWNET = 0x40000000;
    private static final int O_RDONLY = 0;
    private static final int O_CLOEXEC = 0x80000;

    private final ExecutorService executor = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name(NAME).daemon().factory());
    private final int home;

    /// @throws NetlinkException if the own namespace cannot be opened
    public NamespaceThread() throws IOException {
        home = call(() -> open(Path.of("/proc/thread-self/ns/net")));
    }

    /// Does the work inside of a namespace, named by a path such as `/proc/17/ns/net` or
    /// `/run/netns/blue`.
    ///
    /// @throws IOException if there is no such namespace, it may not be entered, or the work fails
    public <T> T in(Path namespace, Callable<T> work) throws IOException {
        return call(() -> entered(namespace, work));
    }

    private <T> T entered(Path namespace, Callable<T> work) throws Exception {
        int target = open(namespace);
        try {
            NetlinkException.checked("entering " + namespace, Libc.setns(target, CLONE_NEWNET));
        } finally {
            Libc.close(target);
        }
        try {
            return work.call();
        } finally {
            comeHome();
        }
    }

    private void comeHome() {
        if (Libc.setns(home, CLONE_NEWNET) != 0) {
            // Whatever this thread did from now on would happen in the wrong namespace.
            int errno = Libc.errno();
            executor.shutdownNow();
            throw new IllegalStateException("cannot go back to the own namespace: " + Libc.text(errno));
        }
    }

    static int open(Path namespace) throws NetlinkException {
        return NetlinkException.checked("opening " + namespace, Libc.open(namespace.toString(), O_RDONLY | O_CLOEXEC));
    }

    private <T> T call(Callable<T> work) throws IOException {
        try {
            return executor.submit(work).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException io -> throw io;
                case RuntimeException unchecked -> throw unchecked;
                case Error error -> throw error;
                case null, default -> throw new IOException(e.getCause());
            }
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
        Libc.close(home);
    }
}
