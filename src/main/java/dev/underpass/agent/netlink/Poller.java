package dev.underpass.agent.netlink;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.Set;

/// Waits on many descriptors at once, `epoll(7)`; any thread can wake it.
public final class Poller implements AutoCloseable {

    private static final int CLOEXEC = 0x80000;
    private static final int NONBLOCK = 0x800;
    private static final int ADD = 1;
    private static final int DELETE = 2;
    private static final int READABLE = 1;
    private static final int MAX_EVENTS = 256;

    /// `struct epoll_event` is packed on x86-64 only.
    private static final int EVENT_SIZE = "amd64".equals(System.getProperty("os.arch")) ? 12 : 16;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.nativeOrder());

    private final Arena arena = Arena.ofShared();
    private final MemorySegment events = arena.allocate((long) MAX_EVENTS * EVENT_SIZE, 8);
    private final MemorySegment one = arena.allocateFrom(ValueLayout.JAVA_LONG, 1);
    private final MemorySegment counter = arena.allocate(8, 8);
    private final int epoll;
    private final int wake;
    private boolean closed;

    public Poller() throws NetlinkException {
        epoll = NetlinkException.checked("epoll_create1", Libc.epollCreate(CLOEXEC));
        wake = NetlinkException.checked("eventfd", Libc.eventfd(0, CLOEXEC | NONBLOCK));
        add(wake);
    }

    public void add(int fd) throws NetlinkException {
        try (var local = Arena.ofConfined()) {
            var event = local.allocate(EVENT_SIZE, 8);
            event.set(INT, 0, READABLE);
            event.set(INT, EVENT_SIZE - 8, fd);
            NetlinkException.checked("epoll_ctl", Libc.epollCtl(epoll, ADD, fd, event));
        }
    }

    /// Leaves a descriptor out; it need not be one that was added.
    public void remove(int fd) {
        Libc.epollCtl(epoll, DELETE, fd, MemorySegment.NULL);
    }

    /// Waits until a descriptor can be read, somebody calls [#wake], or the time is over.
    ///
    /// @return the descriptors that can be read
    public Set<Integer> await(int timeoutMillis) throws NetlinkException {
        int count = Libc.epollWait(epoll, events, MAX_EVENTS, timeoutMillis);
        if (count < 0 && Libc.errno() != Libc.EINTR) {
            throw new NetlinkException("epoll_wait", Libc.errno());
        }
        var ready = new HashSet<Integer>();
        for (int i = 0; i < count; i++) {
            int fd = events.get(INT, (long) i * EVENT_SIZE + EVENT_SIZE - 8);
            if (fd == wake) {
                Libc.read(wake, counter);
            } else {
                ready.add(fd);
            }
        }
        return ready;
    }

    /// Ends the current wait, or the next one.
    public synchronized void wake() {
        if (!closed) {
            Libc.write(wake, one);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        Libc.close(epoll);
        Libc.close(wake);
        arena.close();
    }
}
