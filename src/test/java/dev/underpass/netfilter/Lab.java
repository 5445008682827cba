package dev.underpass.netfilter;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// Three network namespaces in a row, a client, a router and a server, with a process in each.
///
/// The router has the rules. 10.9.0.0/24 is routed to the server, which takes all of it for its
/// own.
final class Lab implements AutoCloseable {

    static final String CLIENT = "underpass-c";
    static final String ROUTER = "underpass-r";
    static final String SERVER = "underpass-s";

    /// Several runs may share a machine.
    private static final String OWN = "underpass" + ProcessHandle.current().pid() + "-";

    private record Peer(Process process, BufferedReader answers, PrintStream commands) {}

    private final Map<String, Peer> peers = new HashMap<>();

    /// @throws IOException if the namespaces cannot be made: not root, no ip(8)
    Lab() throws IOException {
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
        for (var line : SETUP.lines().toList()) {
            run("", List.of(line.split(" ", -1)));
        }
        start(CLIENT, "10.1.0.2");
        start(ROUTER, "10.1.0.1", "10.2.0.1", "127.0.0.1");
        start(SERVER, "10.2.0.2", "10.2.0.3", "10.9.0.1", "10.9.0.2");
    }

    private static final String SETUP = """
            ip netns add underpass-c
            ip netns add underpass-r
            ip netns add underpass-s
            ip -n underpass-r link add r0 address 02:00:00:00:01:01 type veth peer name c0 netns underpass-c address 02:00:00:00:01:02
            ip -n underpass-r link add r1 address 02:00:00:00:02:01 type veth peer name s0 netns underpass-s address 02:00:00:00:02:02
            ip netns exec underpass-r sysctl -qw net.ipv4.ip_forward=1 net.ipv4.conf.all.send_redirects=0 net.ipv4.conf.default.send_redirects=0 net.ipv4.conf.r0.send_redirects=0 net.ipv4.conf.r1.send_redirects=0 net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.r0.rp_filter=0 net.ipv4.conf.r1.rp_filter=0 net.ipv4.icmp_ratelimit=0 net.ipv4.icmp_msgs_per_sec=100000
            ip -n underpass-c addr add 10.1.0.2/24 dev c0
            ip -n underpass-r addr add 10.1.0.1/24 dev r0
            ip -n underpass-r addr add 10.2.0.1/24 dev r1
            ip -n underpass-s addr add 10.2.0.2/24 dev s0
            ip -n underpass-s addr add 10.2.0.3/24 dev s0
            ip -n underpass-c link set lo up
            ip -n underpass-r link set lo up
            ip -n underpass-s link set lo up
            ip -n underpass-c link set c0 up
            ip -n underpass-r link set r0 up
            ip -n underpass-r link set r1 up
            ip -n underpass-s link set s0 up
            ip -n underpass-c route add default via 10.1.0.1
            ip -n underpass-s route add default via 10.2.0.1
            ip -n underpass-r route add 10.9.0.0/24 via 10.2.0.2
            ip -n underpass-s route add local 10.9.0.0/24 dev lo
            ip -n underpass-c neigh replace 10.1.0.1 lladdr 02:00:00:00:01:01 dev c0 nud permanent
            ip -n underpass-r neigh replace 10.1.0.2 lladdr 02:00:00:00:01:02 dev r0 nud permanent
            ip -n underpass-r neigh replace 10.2.0.2 lladdr 02:00:00:00:02:02 dev r1 nud permanent
            ip -n underpass-r neigh replace 10.2.0.3 lladdr 02:00:00:00:02:02 dev r1 nud permanent
            ip -n underpass-s neigh replace 10.2.0.1 lladdr 02:00:00:00:02:01 dev s0 nud permanent
            """;

    private void start(String namespace, String... addresses) throws IOException {
        var command = new java.util.ArrayList<>(List.of("ip", "netns", "exec", namespace.replace("underpass-", OWN)));
        command.add(System.getProperty("java.home") + "/bin/java");
        command.addAll(List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp", "target/test-classes"));
        command.add(LabPeer.class.getName());
        command.addAll(List.of(addresses));
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.US_ASCII);
        var peer = new Peer(process, process.inputReader(StandardCharsets.US_ASCII), commands);
        peers.put(namespace, peer);
        if (!"ready".equals(peer.answers().readLine())) {
            throw new IOException("no peer in " + namespace);
        }
    }

    /// Asks all at once, each line `PROTOCOL SOURCE-PORT ADDRESS PORT`.
    ///
    /// @return the answers, in the order of the questions
    List<String> ask(String namespace, List<String> questions) throws IOException {
        var peer = Objects.requireNonNull(peers.get(namespace));
        for (int i = 0; i < questions.size(); i++) {
            peer.commands().println(i + " " + questions.get(i));
        }
        var answers = new String[questions.size()];
        for (int i = 0; i < answers.length; i++) {
            var words = peer.answers().readLine().split(" ", 2);
            answers[Integer.parseInt(words[0])] = words[1];
        }
        return List.of(answers);
    }

    /// Runs a command in the router.
    ///
    /// @return its output
    /// @throws IOException with its error if it fails
    static String inRouter(String input, String... command) throws IOException {
        var full = new java.util.ArrayList<>(List.of("ip", "netns", "exec", ROUTER));
        full.addAll(List.of(command));
        return run(input, full);
    }

    private static String run(String input, List<String> command) throws IOException {
        var own = command.stream().map(word -> word.replace("underpass-", OWN)).toList();
        var process = new ProcessBuilder(own).redirectErrorStream(true).start();
        try (var stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException _) {
            // It does not read.
        }
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(String.join(" ", command) + ": " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        return output;
    }

    @Override
    public void close() {
        peers.values().forEach(peer -> peer.process().destroy());
        for (var namespace : List.of(CLIENT, ROUTER, SERVER)) {
            try {
                run("", List.of("ip", "netns", "del", namespace));
            } catch (IOException _) {
                // There was none.
            }
        }
    }
}
