package dev.underpass.console.store;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Gives each connection to the next replica that takes it, and passes bytes on.
final class RoundRobin implements Closeable {

    private final ServerSocket socket;
    private final List<Integer> replicas;
    private final AtomicInteger next = new AtomicInteger();

    /// @param replicas their ports
    RoundRobin(List<Integer> replicas) throws IOException {
        this.replicas = List.copyOf(replicas);
        this.socket = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::take);
    }

    int port() {
        return socket.getLocalPort();
    }

    private void take() {
        while (!socket.isClosed()) {
            try {
                var client = socket.accept();
                Thread.ofVirtual().start(() -> connect(client));
            } catch (IOException _) {
                // Closed, or a connection that went before it was taken.
            }
        }
    }

    private void connect(Socket client) {
        int first = next.getAndIncrement();
        for (int i = 0; i < replicas.size(); i++) {
            try {
                var port = replicas.get(Math.floorMod(first + i, replicas.size()));
                var replica = new Socket(InetAddress.getLoopbackAddress(), port);
                Thread.ofVirtual().start(() -> pass(client, replica));
                pass(replica, client);
                return;
            } catch (IOException _) {
                // The next one.
            }
        }
        close(client);
    }

    /// One direction; whichever ends first ends both.
    private static void pass(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException _) {
            // One of the two is gone.
        }
        close(from);
        close(to);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // It is gone.
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
