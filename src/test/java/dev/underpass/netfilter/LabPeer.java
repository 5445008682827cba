package dev.underpass.netfilter;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A process inside one namespace of the lab: answers on some ports with the addresses that it
/// sees, and asks others when told to by a line `ID PROTOCOL SOURCE-PORT ADDRESS PORT`.
public final class LabPeer {

    static final List<Integer> PORTS = List.of(53, 80, 81, 8080);
    private static final int TIMEOUT_MILLIS = 300;

    private LabPeer() {}

    /// Serves until its input ends.
    ///
    /// @param addresses where to answer datagrams
    public static void main(String[] addresses) throws IOException {
        for (int port : PORTS) {
            serve(new ServerSocket(port));
            for (var address : addresses) {
                serve(new DatagramSocket(new InetSocketAddress(address, port)));
            }
        }
        var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        System.out.println("ready");
        for (var line = commands.readLine(); line != null; line = commands.readLine()) {
            var words = line.split(" ", -1);
            Thread.ofVirtual().start(() -> System.out.println(words[0] + " " + ask(words)));
        }
    }

    private static void serve(ServerSocket server) {
        Thread.ofPlatform().daemon().start(() -> {
            while (true) {
                try {
                    var client = server.accept();
                    Thread.ofVirtual().start(() -> answer(client));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
    }

    private static void answer(Socket client) {
        try (client) {
            client.setSoTimeout(2000);
            if (client.getInputStream().read() >= 0) {
                var seen = client.getRemoteSocketAddress() + " " + client.getLocalSocketAddress() + "\n";
                client.getOutputStream().write(seen.replace("/", "").getBytes(StandardCharsets.US_ASCII));
                // Closing now could put the FIN on data that a rule held back.
                client.getInputStream().transferTo(OutputStream.nullOutputStream());
            }
        } catch (IOException _) {
            // The asker sees it.
        }
    }

    private static void serve(DatagramSocket server) {
        Thread.ofPlatform().daemon().start(() -> {
            while (true) {
                try {
                    var packet = new DatagramPacket(new byte[200], 200);
                    server.receive(packet);
                    var seen = packet.getSocketAddress() + " " + server.getLocalSocketAddress();
                    packet.setData(seen.replace("/", "").getBytes(StandardCharsets.US_ASCII));
                    server.send(packet);
                } catch (IOException _) {
                    // The asker sees it.
                }
            }
        });
    }

    private static String ask(String[] words) {
        try {
            var target = new InetSocketAddress(InetAddress.ofLiteral(words[3]), Integer.parseInt(words[4]));
            int port = Integer.parseInt(words[2]);
            return words[1].equals("tcp") ? connect(port, target) : send(port, target);
        } catch (ConnectException | PortUnreachableException _) {
            return "refused";
        } catch (IOException _) {
            return "failed";
        }
    }

    private static String connect(int port, InetSocketAddress target) throws IOException {
        try (var socket = new Socket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(port));
            socket.connect(target, TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write('?');
            return read(socket);
        }
    }

    /// A refusal after the handshake is a failure like any other.
    private static String read(Socket socket) throws IOException {
        try {
            var reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            var answer = reader.readLine();
            return answer == null ? "failed" : answer;
        } catch (IOException _) {
            return "failed";
        }
    }

    private static String send(int port, InetSocketAddress target) throws IOException {
        try (var socket = new DatagramSocket(port)) {
            socket.connect(target);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.send(new DatagramPacket(new byte[1], 1));
            var packet = new DatagramPacket(new byte[200], 200);
            socket.receive(packet);
            return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII);
        }
    }
}
