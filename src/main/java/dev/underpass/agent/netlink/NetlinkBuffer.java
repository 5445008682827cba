package dev.underpass.agent.netlink;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// The memory that netlink messages go through; all sockets that share one belong to one thread.
public final class NetlinkBuffer {

    /// The kernel fills at most 32 KiB at once.
    private static final int SIZE = 1 << 16;

    private final MemorySegment memory = Arena.ofAuto().allocate(SIZE, 8);
    private final byte[] received = new byte[SIZE];

    private static final int MSG_TRUNC = 0x20;
    private static final int MSG_DONTWAIT = 0x40;

    byte[] received() {
        return received;
    }

    /// Sends one message.
    ///
    /// @throws NetlinkException if the kernel does not take it
    void send(int fd, byte[] message) throws NetlinkException {
        MemorySegment.copy(message, 0, memory, ValueLayout.JAVA_BYTE, 0, message.length);
        if (Libc.send(fd, memory, message.length, 0) < 0) {
            throw new NetlinkException("netlink send", Libc.errno());
        }
    }

    /// Receives what one call gives into [#received].
    ///
    /// @return how many bytes; 0 if there are none now and `wait` is false; -1 if messages were lost
    int receive(int fd, boolean wait) throws NetlinkException {
        while (true) {
            long length = Libc.recv(fd, memory, MSG_TRUNC | (wait ? 0 : MSG_DONTWAIT));
            if (length > SIZE) {
                return -1;
            }
            if (length >= 0) {
                MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, 0, received, 0, (int) length);
                return (int) length;
            }
            int errno = Libc.errno();
            if (errno == Libc.ENOBUFS) {
                return -1;
            }
            if (errno == Libc.EAGAIN && !wait) {
                return 0;
            }
            if (errno != Libc.EINTR) {
                throw new NetlinkException("netlink receive", errno);
            }
        }
    }
}
