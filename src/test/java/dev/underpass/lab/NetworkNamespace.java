package dev.underpass.lab;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Work inside a named network namespace, by setns(2).
///
/// A socket stays in the namespace that it was opened in, whichever thread uses it.
final class NetworkNamespace {

    private static final int READ_ONLY_CLOSE_ON_EXEC = 0x80000;
    private static final int NEW_NETWORK = 0x40000000;
    private static final MethodHandle OPEN = function("open", 1, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
    private static final MethodHandle SETNS = function("setns", -1, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
    private static final MethodHandle CLOSE = function("close", -1, ValueLayout.JAVA_INT);

    private NetworkNamespace() {}

    @SuppressWarnings("restricted")
    private static MethodHandle function(String name, int fixedArguments, java.lang.foreign.MemoryLayout... arguments) {
        var linker = Linker.nativeLinker();
        var options = fixedArguments < 0
                ? new Linker.Option[0]
                : new Linker.Option[] {Linker.Option.firstVariadicArg(fixedArguments)};
        return linker.downcallHandle(
                linker.defaultLookup().find(name).orElseThrow(),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, arguments),
                options);
    }

    /// Does the work in a thread of its own, which ends inside the namespace.
    ///
    /// The work must start no thread: it would stay in the namespace, and with it the namespace.
    static <T> T in(String name, Callable<T> work) {
        var task = new FutureTask<>(() -> {
            enter(name);
            return work.call();
        });
        Thread.ofPlatform().name("in " + name).start(task);
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("in " + name, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void enter(String name) {
        try (var arena = Arena.ofConfined()) {
            MemorySegment path = arena.allocateFrom("/run/netns/" + name);
            int descriptor = (int) OPEN.invokeExact(path, READ_ONLY_CLOSE_ON_EXEC);
            int result = (int) SETNS.invokeExact(descriptor, NEW_NETWORK);
            int closed = (int) CLOSE.invokeExact(descriptor);
            if (result != 0 || closed != 0) {
                throw new IllegalStateException("cannot enter " + name);
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
