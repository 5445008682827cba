package dev.underpass.agent;

import dev.underpass.agent.netlink.NamespaceThread;
import dev.underpass.report.NodeReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/// Reads a node once, or several times, without a console.
public final class OneReport {

    private OneReport() {}

    /// Is told of every round of reading.
    @FunctionalInterface
    public interface Rounds {
        void read(int round, long nanos, int objects, int namespaces);
    }

    /// Reads the node.
    ///
    /// @param repeat how often links, addresses, rules, routes and neighbours are dumped
    /// @throws IOException if the node's own namespace cannot be read
    public static NodeReport read(AgentOptions options, int repeat, Rounds rounds) throws IOException {
        try (var thread = new NamespaceThread();
                var reader = reader(options, thread, _ -> {}, _ -> {})) {
            reader.findPods();
            for (int round = 1; round <= repeat; round++) {
                long start = System.nanoTime();
                int objects = reader.dump();
                rounds.read(
                        round,
                        System.nanoTime() - start,
                        objects,
                        reader.watches().size());
            }
            reader.readSlow();
            var filters = new FilterReader();
            for (var watch : reader.watches()) {
                reader.filters(watch, filters.read(watch.path(), watch.presentFilters()));
            }
            return new NodeReport(
                    options.node(),
                    1,
                    Sender.newBootId(),
                    options.version(),
                    Instant.now(),
                    reader.hostReport(),
                    reader.podReports(),
                    List.of());
        }
    }

    static NodeReader reader(
            AgentOptions options,
            NamespaceThread thread,
            java.util.function.IntConsumer added,
            java.util.function.IntConsumer removed)
            throws IOException {
        var source = switch (options.pods()) {
            case AgentOptions.Pods.Cgroups(var proc) -> new CgroupPods(proc, inode(options.hostNamespace()));
            case AgentOptions.Pods.Named(var folder, var prefix, var namespace) ->
                new NamedPods(folder, prefix, namespace);
        };
        return new NodeReader(options.hostNamespace(), options.cniFolder(), source, thread, added, removed);
    }

    private static String inode(Path namespace) throws IOException {
        return java.nio.file.Files.getAttribute(namespace, "unix:ino").toString();
    }
}
