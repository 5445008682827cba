package dev.underpass.agent.probe;

import dev.underpass.agent.netlink.NamespaceThread;
import dev.underpass.agent.netlink.NetlinkException;
import dev.underpass.agent.netlink.ProbeSocket;
import dev.underpass.net.Protocol;
import dev.underpass.report.ProbeResult.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One connection from a network namespace, without speaking the Service's protocol.
///
/// TCP: after the handshake the FIN must be acknowledged: a path whose third packet dies passes a
/// handshake and carries nothing. UDP on port 53: any DNS answer. Never ICMP: kube-proxy does not
/// translate it.
public final class Probe {

    private static final int ESTABLISHED = 1;
    private static final int FIN_WAIT2 = 5;
    private static final int TIME_WAIT = 6;
    private static final int CLOSE = 7;
    private static final int LONGEST_STEP_MILLIS = 20;
    private static final int DNS_PORT = 53;

    private static final int ECONNREFUSED = 111;
    private static final int ECONNRESET = 104;
    private static final int ETIMEDOUT = 110;
    private static final int ENETUNREACH = 101;
    private static final int EHOSTUNREACH = 113;
    private static final int EADDRNOTAVAIL = 99;
    private static final int EMSGSIZE = 90;

    private Probe() {}

    /// How it ended.
    public record Result(Outcome outcome, long rttMicros, String detail) {}

    /// Connects once.
    ///
    /// @param sizeBytes how large a packet must pass without fragments; null where it does not matter
    /// @throws IOException if the namespace cannot be entered or has no sockets to give
    public static Result once(
            NamespaceThread thread, Path namespace, Target target, Duration timeout, @Nullable Integer sizeBytes)
            throws IOException {
        boolean dns = target.protocol() == Protocol.UDP && target.port() == DNS_PORT;
        if (target.protocol() != Protocol.TCP && !dns) {
            return new Result(Outcome.ERROR, 0, "only TCP, and UDP on port 53, can be probed");
        }
        if (sizeBytes != null && !dns) {
            return new Result(Outcome.ERROR, 0, "packets of a given size can be probed with UDP on port 53 only");
        }
        var socket = thread.in(
                namespace,
                () -> ProbeSocket.open(target.protocol(), target.address().family()));
        try (socket) {
            var clock = new Stopwatch(timeout);
            return dns ? dns(socket, target, clock, sizeBytes) : tcp(socket, target, clock);
        }
    }

    /// The time that is left.
    private record Stopwatch(long start, long limitNanos) {
        Stopwatch(Duration timeout) {
            this(System.nanoTime(), timeout.toNanos());
        }

        int leftMillis() {
            return (int) Math.max(0, (limitNanos - (System.nanoTime() - start)) / 1_000_000);
        }

        long micros() {
            return (System.nanoTime() - start) / 1000;
        }
    }

    private static Result tcp(ProbeSocket socket, Target target, Stopwatch clock) throws NetlinkException {
        int errno = socket.connect(target.address(), target.port());
        if (errno == 0 && !socket.awaitWritable(clock.leftMillis())) {
            return new Result(Outcome.TIMEOUT, clock.micros(), "no answer to the SYN");
        }
        errno = errno == 0 ? socket.takeError() : errno;
        if (errno != 0) {
            return failed(errno, clock);
        }
        long handshake = clock.micros();
        socket.halfClose();
        return acknowledged(socket, clock, handshake);
    }

    private static Result acknowledged(ProbeSocket socket, Stopwatch clock, long handshake) throws NetlinkException {
        for (int step = 1; ; step = Math.min(2 * step, LONGEST_STEP_MILLIS)) {
            int state = socket.tcpState();
            if (state == FIN_WAIT2 || state == TIME_WAIT) {
                return new Result(Outcome.CONNECTED, handshake, "");
            }
            if (state == CLOSE) {
                int errno = socket.takeError();
                return errno == 0
                        ? new Result(Outcome.CONNECTED, handshake, "")
                        : new Result(Outcome.ERROR, handshake, "after the handshake: " + ProbeSocket.errorText(errno));
            }
            if (clock.leftMillis() == 0) {
                return new Result(
                        Outcome.TIMEOUT,
                        handshake,
                        state == ESTABLISHED
                                ? "the handshake passes, the FIN was not sent"
                                : "the handshake passes, data is not acknowledged");
            }
            sleep(Math.min(step, clock.leftMillis()));
        }
    }

    private static void sleep(int millis) throws NetlinkException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw NetlinkException.interrupted("probe");
        }
    }

    private static Result failed(int errno, Stopwatch clock) {
        var outcome = switch (errno) {
            case ECONNREFUSED -> Outcome.REFUSED;
            case ETIMEDOUT -> Outcome.TIMEOUT;
            case ENETUNREACH, EHOSTUNREACH, EADDRNOTAVAIL -> Outcome.UNREACHABLE;
            default -> Outcome.ERROR;
        };
        var detail = errno == ECONNRESET ? "reset during the handshake" : ProbeSocket.errorText(errno);
        return new Result(outcome, clock.micros(), detail);
    }

    private static Result dns(ProbeSocket socket, Target target, Stopwatch clock, @Nullable Integer sizeBytes)
            throws NetlinkException {
        if (sizeBytes != null) {
            socket.forbidFragments();
        }
        int errno = socket.connect(target.address(), target.port());
        var query = sizeBytes == null
                ? DnsQuery.plain()
                : DnsQuery.padded(sizeBytes, target.address().family());
        errno = errno == 0 ? socket.send(query.bytes()) : errno;
        if (errno == EMSGSIZE) {
            return new Result(Outcome.ERROR, clock.micros(), "the Pod's own device does not take packets of that size");
        }
        while (errno == 0) {
            if (!socket.awaitReadable(clock.leftMillis())) {
                return new Result(Outcome.TIMEOUT, clock.micros(), "no DNS answer");
            }
            errno = socket.takeError();
            if (errno == 0 && query.isAnsweredBy(socket.receive(DnsQuery.MAX_BYTES))) {
                return new Result(Outcome.CONNECTED, clock.micros(), "");
            }
        }
        return failed(errno, clock);
    }
}
