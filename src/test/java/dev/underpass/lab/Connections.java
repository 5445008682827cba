package dev.underpass.lab;

import dev.underpass.net.IpAddress.Family;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Real connections, all at once.
final class Connections {

    private static final int ROUNDS = 6;

    private final Lab lab;
    private final Duration patience;

    /// @param patience how long a connection may take when nothing else happens
    Connections(Lab lab, Duration patience) {
        this.lab = lab;
        this.patience = patience;
    }

    /// The worst of each pair's tries.
    ///
    /// What timed out is tried once more, because a busy machine may be late; what was late, until
    /// it is not. What is late each time has lost its first packets.
    Map<Pair, Outcome> measure(List<Pair> pairs) {
        var outcomes = once(pairs);
        again(outcomes, Set.of(Outcome.TIMEOUT, Outcome.LATE));
        for (int i = 2; i < ROUNDS; i++) {
            again(outcomes, Set.of(Outcome.LATE));
        }
        outcomes.replaceAll((_, outcome) -> outcome == Outcome.LATE ? Outcome.TIMEOUT : outcome);
        return outcomes;
    }

    private void again(Map<Pair, Outcome> outcomes, Set<Outcome> which) {
        var pairs = outcomes.keySet().stream()
                .filter(pair -> which.contains(outcomes.get(pair)))
                .toList();
        if (!pairs.isEmpty()) {
            outcomes.putAll(once(pairs));
        }
    }

    /// The worst of each pair's tries, each tried once.
    Map<Pair, Outcome> once(List<Pair> pairs) {
        try (var selector = Selector.open()) {
            var attempts = new ArrayList<Attempt>();
            pairs.stream()
                    .collect(Collectors.groupingBy(Pair::from, LinkedHashMap::new, Collectors.toList()))
                    .forEach((from, each) -> attempts.addAll(opened(from, each)));
            for (var attempt : attempts) {
                attempt.begin(selector);
            }
            await(selector, attempts);
            return worst(attempts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Attempt> opened(LabPod from, List<Pair> pairs) {
        return NetworkNamespace.in(lab.namespace(from), () -> {
            var attempts = new ArrayList<Attempt>();
            for (var pair : pairs) {
                for (int i = 0; i < pair.tries(); i++) {
                    attempts.add(new Attempt(pair, socket(pair)));
                }
            }
            return attempts;
        });
    }

    /// Closing it resets the connection, so that nothing lingers.
    private static SocketChannel socket(Pair pair) throws IOException {
        var channel = SocketChannel.open(
                pair.address().family() == Family.IPV4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        return channel;
    }

    /// Waits until nothing has happened for as long as a connection may take: on a busy machine, what does happen is
    /// late.
    private void await(Selector selector, List<Attempt> attempts) throws IOException {
        long quietSince = System.nanoTime();
        while (attempts.stream().anyMatch(Attempt::pending)) {
            long left = patience.toNanos() - (System.nanoTime() - quietSince);
            int happened = left > 0
                    ? selector.select(Connections::ready, Math.max(1, left / 1_000_000))
                    : selector.selectNow(Connections::ready);
            if (happened > 0) {
                quietSince = System.nanoTime();
            } else if (left <= 0) {
                break;
            }
        }
        attempts.forEach(Attempt::giveUp);
    }

    private static void ready(SelectionKey key) {
        if (key.attachment() instanceof Attempt attempt) {
            attempt.proceed(key);
        }
    }

    private static Map<Pair, Outcome> worst(List<Attempt> attempts) {
        var worst = new HashMap<Pair, Outcome>();
        for (var attempt : attempts) {
            worst.merge(attempt.pair(), attempt.outcome(), (a, b) -> a.compareTo(b) > 0 ? a : b);
        }
        return worst;
    }

    static InetSocketAddress target(Pair pair) {
        return new InetSocketAddress(InetAddress.ofLiteral(pair.address().toString()), pair.port());
    }
}
