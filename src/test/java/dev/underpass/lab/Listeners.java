package dev.underpass.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Servers in many namespaces, which answer a request with who they are and whom they see.
final class Listeners implements AutoCloseable {

    private static final int BACKLOG = 4096;

    private final Selector selector;
    private final Thread thread = Thread.ofPlatform().daemon().name("listeners").unstarted(this::serve);

    Listeners() {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Listens on all addresses of both families.
    ///
    /// @param name what it says it is
    void listen(String namespace, String name, int port) {
        var server = NetworkNamespace.in(namespace, () -> {
            var channel = ServerSocketChannel.open();
            channel.bind(new InetSocketAddress(port), BACKLOG);
            channel.configureBlocking(false);
            return channel;
        });
        try {
            server.register(selector, SelectionKey.OP_ACCEPT, name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (thread.getState() == Thread.State.NEW) {
            thread.start();
        }
        selector.wakeup();
    }

    private void serve() {
        try {
            while (selector.isOpen()) {
                selector.select(this::ready, 100);
            }
        } catch (java.nio.channels.ClosedSelectorException _) {
            // The lab is gone.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void ready(SelectionKey key) {
        if (!key.isValid()) {
            return;
        }
        try {
            if (key.channel() instanceof ServerSocketChannel server) {
                var client = server.accept();
                if (client != null) {
                    client.configureBlocking(false);
                    client.register(selector, SelectionKey.OP_READ, key.attachment());
                }
            } else {
                answer((SocketChannel) key.channel(), String.valueOf(key.attachment()));
            }
        } catch (IOException _) {
            // The client sees it.
            close(List.of(key));
        }
    }

    private static void answer(SocketChannel client, String name) throws IOException {
        if (client.read(ByteBuffer.allocate(64)) < 0) {
            client.close();
        } else {
            var text = "%s sees %s\n".formatted(name, client.getRemoteAddress());
            client.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
        }
    }

    private static void close(Iterable<SelectionKey> keys) {
        try {
            for (var key : keys) {
                key.channel().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (selector.isOpen()) {
            var keys = List.copyOf(selector.keys());
            try {
                selector.close();
                thread.join();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            close(keys);
        }
    }
}
