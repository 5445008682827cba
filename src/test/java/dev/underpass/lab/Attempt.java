package dev.underpass.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One connection on its way: connect, a request, its answer.
final class Attempt {

    /// When the kernel sends the first packet again, which another backend may then get.
    private static final long RETRANSMISSION_NANOS = 950_000_000;

    private final Pair pair;
    private final SocketChannel channel;
    private @Nullable Outcome outcome;
    private long begun;
    private boolean late;

    Attempt(Pair pair, SocketChannel channel) {
        this.pair = pair;
        this.channel = channel;
    }

    Pair pair() {
        return pair;
    }

    Outcome outcome() {
        return outcome == null ? Outcome.TIMEOUT : outcome;
    }

    boolean pending() {
        return outcome == null;
    }

    void begin(Selector selector) {
        begun = System.nanoTime();
        try {
            boolean connected = channel.connect(Connections.target(pair));
            channel.register(selector, connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, this);
            if (connected) {
                request();
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    void proceed(SelectionKey key) {
        try {
            if (key.isConnectable()) {
                channel.finishConnect();
                late = System.nanoTime() - begun > RETRANSMISSION_NANOS;
                key.interestOps(SelectionKey.OP_READ);
                request();
            } else if (channel.read(ByteBuffer.allocate(256)) > 0) {
                end(late ? Outcome.LATE : Outcome.OK);
            } else {
                end(Outcome.RESET);
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    private void request() throws IOException {
        channel.write(ByteBuffer.wrap(new byte[] {'?'}));
    }

    private void fail(IOException e) {
        var text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        if (e instanceof ConnectException && text.contains("refused")) {
            end(Outcome.REFUSED);
        } else if (text.contains("reset")) {
            end(Outcome.RESET);
        } else if (text.contains("timed out")) {
            end(Outcome.TIMEOUT);
        } else {
            end(Outcome.UNREACHABLE);
        }
    }

    void giveUp() {
        if (outcome == null) {
            end(Outcome.TIMEOUT);
        }
    }

    private void end(Outcome how) {
        outcome = how;
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
