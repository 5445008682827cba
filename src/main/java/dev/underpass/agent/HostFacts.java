package dev.underpass.agent;

import dev.underpass.net.IpAddress;
import dev.underpass.net.Protocol;
import dev.underpass.report.HostReport.ConntrackCounters;
import dev.underpass.report.VirtualServer;
import dev.underpass.report.VirtualServer.RealServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads what only the node itself has, from `/proc` and `/etc/cni/net.d`.
final class HostFacts {

    private HostFacts() {}

    static String kernelRelease() throws IOException {
        return Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip();
    }

    /// The configuration files of the CNI plugins; empty where the folder is not there.
    static Map<String, String> cniConfig(Path folder) throws IOException {
        var files = new TreeMap<String, String>();
        try (var entries = Files.newDirectoryStream(folder, "*.{conf,conflist,json}")) {
            for (var file : entries) {
                if (Files.isRegularFile(file)) {
                    files.put(file.getFileName().toString(), Files.readString(file));
                }
            }
        } catch (NoSuchFileException _) {
            return Map.of();
        }
        return files;
    }

    /// The counters of the current thread's network namespace; null where connection tracking is not loaded.
    static @Nullable ConntrackCounters conntrack() throws IOException {
        var statistics = Path.of("/proc/thread-self/net/stat/nf_conntrack");
        var count = Path.of("/proc/sys/net/netfilter/nf_conntrack_count");
        if (!Files.exists(statistics) || !Files.exists(count)) {
            return null;
        }
        var max = Path.of("/proc/sys/net/netfilter/nf_conntrack_max");
        return counters(Files.readString(statistics), number(count), number(max));
    }

    private static long number(Path file) throws IOException {
        return Long.parseLong(Files.readString(file).strip());
    }

    /// One line of hexadecimal numbers per processor under a line of their names.
    static ConntrackCounters counters(String statistics, long count, long max) {
        var lines = statistics.lines().toList();
        var names = List.of(lines.getFirst().strip().split("\\s+"));
        long failed = 0;
        long dropped = 0;
        for (var line : lines.subList(1, lines.size())) {
            var values = line.strip().split("\\s+");
            failed += value(values, names.indexOf("insert_failed"));
            dropped += value(values, names.indexOf("drop"));
        }
        return new ConntrackCounters(count, max, failed, dropped);
    }

    private static long value(String[] values, int index) {
        return index < 0 || index >= values.length ? 0 : Long.parseLong(values[index], 16);
    }

    /// The IPVS table of the current thread's network namespace; null where the module is not loaded.
    static @Nullable List<VirtualServer> ipvs() throws IOException {
        var table = Path.of("/proc/thread-self/net/ip_vs");
        return Files.exists(table) ? servers(Files.readString(table)) : null;
    }

    /// Reads `TCP  0AE92A19:0050 rr persistent 10800` and `  -> 0AE94A46:1F90 Masq 1 0 0`.
    static List<VirtualServer> servers(String table) {
        var servers = new ArrayList<VirtualServer>();
        for (var line : table.lines().toList()) {
            var words = line.strip().split("\\s+");
            boolean service = words[0].equals("TCP") || words[0].equals("UDP") || words[0].equals("SCTP");
            if (service && words.length >= 3) {
                servers.add(new VirtualServer(
                        address(words[1]),
                        port(words[1]),
                        Protocol.parse(words[0]),
                        words[2],
                        persistence(words),
                        List.of()));
            } else if (words[0].equals("->")
                    && words.length >= 4
                    && words[1].matches("\\[?[0-9A-Fa-f:]+]?:[0-9A-F]{4}")) {
                var server = servers.removeLast();
                var real = new ArrayList<>(server.realServers());
                real.add(new RealServer(address(words[1]), port(words[1]), Integer.parseInt(words[3]), words[2]));
                servers.add(new VirtualServer(
                        server.address(),
                        server.port(),
                        server.protocol(),
                        server.scheduler(),
                        server.persistenceSeconds(),
                        real));
            }
        }
        return servers;
    }

    private static int persistence(String[] words) {
        int at = List.of(words).indexOf("persistent");
        return at < 0 || at + 1 >= words.length ? 0 : Integer.parseInt(words[at + 1]);
    }

    private static int port(String endpoint) {
        return Integer.parseInt(endpoint.substring(endpoint.lastIndexOf(':') + 1), 16);
    }

    private static IpAddress address(String endpoint) {
        var host = endpoint.substring(0, endpoint.lastIndexOf(':'));
        return host.startsWith("[")
                ? IpAddress.parse(host.substring(1, host.length() - 1))
                : new IpAddress(IpAddress.Family.IPV4, Long.parseLong(host, 16) << 32, 0);
    }
}
