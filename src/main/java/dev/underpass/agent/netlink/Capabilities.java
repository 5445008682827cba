package dev.underpass.agent.netlink;

import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;

/// What this process may do beyond an ordinary one, `capabilities(7)`.
public enum Capabilities {
    /// Dumps of packet filters, and requests that name another namespace.
    NET_ADMIN(12),
    /// Looking up namespaces and file systems of other users' processes in `/proc`.
    SYS_PTRACE(19),
    /// Entering network namespaces.
    SYS_ADMIN(21);

    private static final int VERSION_3 = 0x20080522;
    private static final int PR_CAPBSET_READ = 23;
    private static final int PR_CAPBSET_DROP = 24;
    private static final int LAST_KNOWN = 63;

    private final int number;

    Capabilities(int number) {
        this.number = number;
    }

    /// The bit in `CapEff` of `/proc/PID/status`.
    public long bit() {
        return 1L << number;
    }

    /// Gives up all others for the current thread, the threads that it starts from then on, and the
    /// programs that any of them runs.
    ///
    /// @throws NetlinkException if the kernel refuses
    public static void keepOnlyThese() throws NetlinkException {
        long kept = 0;
        for (var capability : values()) {
            kept |= capability.bit();
        }
        for (int number = 0; number <= LAST_KNOWN; number++) {
            boolean known = Libc.prctl(PR_CAPBSET_READ, number, 0) == 1;
            if (known && (kept & 1L << number) == 0) {
                // Refused only to who may not raise it either.
                Libc.prctl(PR_CAPBSET_DROP, number, 0);
            }
        }
        set(kept & permitted());
    }

    private static long permitted() throws NetlinkException {
        try (var arena = Arena.ofConfined()) {
            var header = arena.allocateFrom(ValueLayout.JAVA_INT, VERSION_3, 0);
            var data = arena.allocate(24, 4);
            NetlinkException.checked("capget", Libc.capget(header, data));
            return Integer.toUnsignedLong(data.get(ValueLayout.JAVA_INT, 4))
                    | (long) data.get(ValueLayout.JAVA_INT, 16) << 32;
        }
    }

    private static void set(long capabilities) throws NetlinkException {
        try (var arena = Arena.ofConfined()) {
            var header = arena.allocateFrom(ValueLayout.JAVA_INT, VERSION_3, 0);
            int low = (int) capabilities;
            int high = (int) (capabilities >>> 32);
            var data = arena.allocateFrom(ValueLayout.JAVA_INT, low, low, low, high, high, high);
            NetlinkException.checked("capset", Libc.capset(header, data));
        }
    }
}
