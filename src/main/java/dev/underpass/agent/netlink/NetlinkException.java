package dev.underpass.agent.netlink;

import java.io.IOException;

/// The kernel refused something, with its error number and, where it gave one, its reason in words.
public final class NetlinkException extends IOException {

    private static final long serialVersionUID = 1;

    private final int errno;

    NetlinkException(String what, int errno) {
        this(what, errno, "");
    }

    NetlinkException(String what, int errno, String reason) {
        super("%s: %s%s".formatted(what, Libc.text(errno), reason.isEmpty() ? "" : " (" + reason + ")"));
        this.errno = errno;
    }

    /// What was asked of the kernel was given up, because the thread was interrupted.
    public static NetlinkException interrupted(String what) {
        return new NetlinkException(what, Libc.EINTR);
    }

    /// The error number, errno(3).
    public int errno() {
        return errno;
    }

    /// The result of a call that returns -1 on an error.
    static int checked(String what, int result) throws NetlinkException {
        if (result < 0) {
            throw new NetlinkException(what, Libc.errno());
        }
        return result;
    }
}
