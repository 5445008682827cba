package dev.underpass.agent.netlink;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// The calls of the C library that the JDK does not offer, each with its error number.
@SuppressWarnings("restricted")
final class Libc {

    static final int EINTR = 4;
    static final int EAGAIN = 11;
    static final int EINVAL = 22;
    static final int EINPROGRESS = 115;
    static final int ENOBUFS = 105;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final ThreadLocal<MemorySegment> ERROR =
            ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(STATE));

    private static final MethodHandle OPEN = variadic("open", 2, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle OPENAT = variadic("openat", 3, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle CLOSE = call("close", JAVA_INT, JAVA_INT);
    private static final MethodHandle SETNS = call("setns", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle SOCKET = call("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle BIND = call("bind", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle CONNECT = call("connect", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle SHUTDOWN = call("shutdown", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle GETSOCKNAME = call("getsockname", JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);
    private static final MethodHandle SETSOCKOPT =
            call("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle GETSOCKOPT =
            call("getsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);
    private static final MethodHandle SEND = call("send", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle RECV = call("recv", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle POLL = call("poll", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle EPOLL_CREATE = call("epoll_create1", JAVA_INT, JAVA_INT);
    private static final MethodHandle EPOLL_CTL = call("epoll_ctl", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle EPOLL_WAIT = call("epoll_wait", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    private static final MethodHandle EVENTFD = call("eventfd", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle WRITE = call("write", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle READ = call("read", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle MADVISE = call("madvise", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle PRCTL =
            variadic("prctl", 1, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle CAPGET = call("capget", JAVA_INT, ADDRESS, ADDRESS);
    private static final MethodHandle CAPSET = call("capset", JAVA_INT, ADDRESS, ADDRESS);
    private static final MethodHandle STRERROR = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("strerror"), FunctionDescriptor.of(ADDRESS, JAVA_INT));

    private Libc() {}

    private static MethodHandle call(String name, MemoryLayout result, MemoryLayout... arguments) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(result, arguments),
                Linker.Option.captureCallState("errno"));
    }

    /// A function with a variable number of arguments.
    ///
    /// @param fixed how many of the arguments are not variadic, which other platforms pass elsewhere
    private static MethodHandle variadic(String name, int fixed, MemoryLayout result, MemoryLayout... arguments) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(result, arguments),
                Linker.Option.captureCallState("errno"),
                Linker.Option.firstVariadicArg(fixed));
    }

    /// One call; the first argument of the handle takes the error number.
    @FunctionalInterface
    private interface Invocation {
        long on(MemorySegment error) throws Throwable;
    }

    private static long invoke(Invocation invocation) {
        try {
            return invocation.on(ERROR.get());
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("the C library's functions throw nothing", e);
        }
    }

    /// The error number of this thread's last call.
    static int errno() {
        return (int) ERRNO.get(ERROR.get(), 0L);
    }

    /// The error's text, strerror(3).
    static String text(int errno) {
        try {
            var text = (MemorySegment) STRERROR.invokeExact(errno);
            return text.reinterpret(256).getString(0);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("strerror throws nothing", e);
        }
    }

    static int open(String path, int flags) {
        try (var arena = Arena.ofConfined()) {
            var text = arena.allocateFrom(path);
            return (int) invoke(error -> (int) OPEN.invokeExact(error, text, flags));
        }
    }

    static int openat(int folder, MemorySegment name, int flags) {
        return (int) invoke(error -> (int) OPENAT.invokeExact(error, folder, name, flags));
    }

    static int close(int fd) {
        return (int) invoke(error -> (int) CLOSE.invokeExact(error, fd));
    }

    static int madvise(long address, long size, int advice) {
        var start = MemorySegment.ofAddress(address);
        return (int) invoke(error -> (int) MADVISE.invokeExact(error, start, size, advice));
    }

    static int setns(int fd, int type) {
        return (int) invoke(error -> (int) SETNS.invokeExact(error, fd, type));
    }

    static int socket(int domain, int type, int protocol) {
        return (int) invoke(error -> (int) SOCKET.invokeExact(error, domain, type, protocol));
    }

    static int bind(int fd, MemorySegment address) {
        return (int) invoke(error -> (int) BIND.invokeExact(error, fd, address, (int) address.byteSize()));
    }

    static int connect(int fd, MemorySegment address) {
        return (int) invoke(error -> (int) CONNECT.invokeExact(error, fd, address, (int) address.byteSize()));
    }

    static int shutdown(int fd, int how) {
        return (int) invoke(error -> (int) SHUTDOWN.invokeExact(error, fd, how));
    }

    static int getsockname(int fd, MemorySegment address, MemorySegment length) {
        return (int) invoke(error -> (int) GETSOCKNAME.invokeExact(error, fd, address, length));
    }

    static int setsockopt(int fd, int level, int option, int value) {
        try (var arena = Arena.ofConfined()) {
            var segment = arena.allocateFrom(JAVA_INT, value);
            return setsockopt(fd, level, option, segment);
        }
    }

    static int setsockopt(int fd, int level, int option, MemorySegment value) {
        return (int)
                invoke(error -> (int) SETSOCKOPT.invokeExact(error, fd, level, option, value, (int) value.byteSize()));
    }

    static int getsockopt(int fd, int level, int option, MemorySegment value, MemorySegment length) {
        return (int) invoke(error -> (int) GETSOCKOPT.invokeExact(error, fd, level, option, value, length));
    }

    static long send(int fd, MemorySegment data, long length, int flags) {
        return invoke(error -> (long) SEND.invokeExact(error, fd, data, length, flags));
    }

    static long recv(int fd, MemorySegment data, int flags) {
        return invoke(error -> (long) RECV.invokeExact(error, fd, data, data.byteSize(), flags));
    }

    static int poll(MemorySegment descriptors, long count, int timeoutMillis) {
        return (int) invoke(error -> (int) POLL.invokeExact(error, descriptors, count, timeoutMillis));
    }

    static int epollCreate(int flags) {
        return (int) invoke(error -> (int) EPOLL_CREATE.invokeExact(error, flags));
    }

    static int epollCtl(int epoll, int operation, int fd, MemorySegment event) {
        return (int) invoke(error -> (int) EPOLL_CTL.invokeExact(error, epoll, operation, fd, event));
    }

    static int epollWait(int epoll, MemorySegment events, int count, int timeoutMillis) {
        return (int) invoke(error -> (int) EPOLL_WAIT.invokeExact(error, epoll, events, count, timeoutMillis));
    }

    static int eventfd(int initial, int flags) {
        return (int) invoke(error -> (int) EVENTFD.invokeExact(error, initial, flags));
    }

    static long write(int fd, MemorySegment data) {
        return invoke(error -> (long) WRITE.invokeExact(error, fd, data, data.byteSize()));
    }

    static long read(int fd, MemorySegment data) {
        return invoke(error -> (long) READ.invokeExact(error, fd, data, data.byteSize()));
    }

    static int prctl(int option, long first, long second) {
        return (int) invoke(error -> (int) PRCTL.invokeExact(error, option, first, second, 0L, 0L));
    }

    static int capget(MemorySegment header, MemorySegment data) {
        return (int) invoke(error -> (int) CAPGET.invokeExact(error, header, data));
    }

    static int capset(MemorySegment header, MemorySegment data) {
        return (int) invoke(error -> (int) CAPSET.invokeExact(error, header, data));
    }
}
