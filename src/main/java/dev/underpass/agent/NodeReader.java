package dev.underpass.agent;

import dev.underpass.agent.netlink.NamespaceThread;
import dev.underpass.agent.netlink.NetlinkBuffer;
import dev.underpass.agent.netlink.RouteSocket.Change;
import dev.underpass.net.NetworkState;
import dev.underpass.report.HostReport;
import dev.underpass.report.NamespaceReport;
import dev.underpass.report.PodReport;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads a node: its own network namespace and those of its Pods. Belongs to the agent's thread.
final class NodeReader implements AutoCloseable {

    private static final Logger LOG = System.getLogger(NodeReader.class.getName());

    private final Path hostPath;
    private final Path cniFolder;
    private final PodSource source;
    private final NamespaceThread thread;
    private final NetlinkBuffer buffer = new NetlinkBuffer();
    private final IntConsumer added;
    private final IntConsumer removed;
    private final NamespaceWatch host;
    private final Map<String, Watched> pods = new LinkedHashMap<>();
    private final List<String> sourceErrors = new ArrayList<>();

    /// A Pod, with its namespace or the reason why there is none.
    static final class Watched {
        private PodNamespace pod;
        private final @Nullable NamespaceWatch watch;
        private @Nullable String error;
        private List<String> filterErrors = List.of();
        private Map<Integer, String> netnsIds = Map.of();
        private @Nullable String resolvConf;

        private Watched(PodNamespace pod, @Nullable NamespaceWatch watch, @Nullable String error) {
            this.pod = pod;
            this.watch = watch;
            this.error = error;
        }

        PodNamespace pod() {
            return pod;
        }
    }

    private Map<Integer, String> hostNetnsIds = Map.of();
    private List<String> hostFilterErrors = List.of();
    private HostReport facts = HostReport.NOT_OBSERVED;

    /// @param added is told every descriptor that is opened, `removed` every one before it is closed
    NodeReader(
            Path hostPath,
            Path cniFolder,
            PodSource source,
            NamespaceThread thread,
            IntConsumer added,
            IntConsumer removed)
            throws IOException {
        this.hostPath = hostPath;
        this.cniFolder = cniFolder;
        this.source = source;
        this.thread = thread;
        this.added = added;
        this.removed = removed;
        this.host = NamespaceWatch.open(hostPath, thread, buffer);
        host.descriptors().forEach(added::accept);
    }

    NamespaceWatch host() {
        return host;
    }

    List<Watched> pods() {
        return List.copyOf(pods.values());
    }

    /// Looks for Pods that have come and gone.
    ///
    /// @return the new ones, which have been read but for their packet filters
    List<Watched> findPods() {
        List<PodNamespace> found;
        sourceErrors.clear();
        try {
            found = source.find();
        } catch (IOException e) {
            sourceErrors.add("Pods cannot be found: " + e.getMessage());
            return List.of();
        }
        var gone = new HashMap<>(pods);
        var fresh = new ArrayList<Watched>();
        for (var pod : found) {
            var known = gone.remove(pod.uid());
            if (known == null || !known.pod.inode().equals(pod.inode()) || known.watch == null) {
                if (known != null) {
                    forget(known);
                }
                fresh.add(watch(pod));
            } else {
                known.pod = pod.named(known.pod.namespace(), known.pod.name());
            }
        }
        gone.values().forEach(this::forget);
        return fresh;
    }

    private Watched watch(PodNamespace pod) {
        Watched watched;
        try {
            var watch = NamespaceWatch.open(pod.path(), thread, buffer);
            watch.descriptors().forEach(added::accept);
            watched = new Watched(pod, watch, null);
            readSlow(watched);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "Pod {0}: {1}", pod.uid(), e.getMessage());
            watched = new Watched(pod, null, e.getMessage());
        }
        pods.put(pod.uid(), watched);
        return watched;
    }

    private void forget(Watched watched) {
        pods.remove(watched.pod.uid());
        if (watched.watch != null) {
            watched.watch.descriptors().forEach(removed::accept);
            watched.watch.close();
        }
    }

    /// Gives Pods the names that somebody else knows by their uid.
    void name(Map<String, CommandStream.PodName> names) {
        for (var watched : pods.values()) {
            var known = names.get(watched.pod.uid());
            if (known != null) {
                watched.pod = watched.pod.named(known.namespace(), known.name());
            }
        }
    }

    /// Reads everything that no event tells of.
    void readSlow() {
        readHost();
        for (var watched : pods()) {
            readSlow(watched);
        }
    }

    private void readSlow(Watched watched) {
        var watch = watched.watch;
        if (watch == null) {
            return;
        }
        try {
            watch.readAll();
            watch.readSlow();
            watched.netnsIds = netnsIds(watch, Map.of("host", hostPath));
            watched.resolvConf = resolvConf(watched.pod);
            watched.error = null;
        } catch (IOException e) {
            watched.error = e.getMessage();
        }
    }

    private static @Nullable String resolvConf(PodNamespace pod) {
        var inContainer = pod.root().resolve("etc/resolv.conf");
        var ofNetns = pod.root().resolve("resolv.conf");
        try {
            return Files.readString(pod.root().startsWith("/etc/netns") ? ofNetns : inContainer);
        } catch (IOException _) {
            // Not observed: a sandbox without a file system, or one that we may not look into.
            return null;
        }
    }

    private Map<Integer, String> netnsIds(NamespaceWatch watch, Map<String, Path> others) throws IOException {
        var ids = new HashMap<Integer, String>();
        for (var other : others.entrySet()) {
            int number = watch.routes().numberOf(other.getValue());
            if (number >= 0) {
                ids.put(number, other.getKey());
            }
        }
        return ids;
    }

    private void readHost() {
        var errors = new ArrayList<String>();
        attempt(errors, "", () -> {
            host.readAll();
            host.readSlow();
            return host.network();
        });
        attempt(errors, "namespace numbers: ", () -> hostNetnsIds = netnsIds(host, paths()));
        var kernel = attempt(errors, "kernel: ", HostFacts::kernelRelease);
        var cni = attempt(errors, "CNI configuration: ", () -> HostFacts.cniConfig(cniFolder));
        var conntrack =
                attempt(errors, "conntrack: ", () -> thread.in(hostPath, () -> optional(HostFacts.conntrack())));
        var ipvs = attempt(errors, "ipvs: ", () -> thread.in(hostPath, () -> optional(HostFacts.ipvs())));
        var proxy = attempt(errors, "kube-proxy: ", () -> KubeProxyConfig.read(thread, hostPath));
        facts = new HostReport(
                new NamespaceReport(
                        NetworkState.NOT_OBSERVED,
                        Map.of(),
                        dev.underpass.report.FilterReport.NOT_OBSERVED,
                        ipvs == null ? null : ipvs.orElse(null),
                        null,
                        null),
                kernel,
                proxy,
                cni,
                conntrack == null ? null : conntrack.orElse(null),
                errors);
    }

    private static <T> java.util.Optional<T> optional(@Nullable T value) {
        return java.util.Optional.ofNullable(value);
    }

    private Map<String, Path> paths() {
        var paths = new LinkedHashMap<String, Path>();
        pods.values().stream()
                .filter(watched -> watched.watch != null)
                .forEach(watched -> paths.put(watched.pod.uid(), watched.pod.path()));
        return paths;
    }

    /// One thing to read.
    @FunctionalInterface
    private interface Attempt<T> {
        T read() throws IOException;
    }

    private static <T> @Nullable T attempt(List<String> errors, String what, Attempt<T> attempt) {
        try {
            return attempt.read();
        } catch (NoSuchFileException e) {
            errors.add(what + "no such file: " + e.getMessage());
        } catch (IOException e) {
            errors.add(what + e.getMessage());
        }
        return null;
    }

    /// Dumps links, addresses, rules, routes and neighbours of every namespace.
    ///
    /// @return how many of them there are
    int dump() throws IOException {
        host.readAll();
        int objects = host.objects();
        for (var watched : pods.values()) {
            if (watched.watch != null) {
                watched.watch.readAll();
                objects += watched.watch.objects();
            }
        }
        return objects;
    }

    /// All namespaces that can be read.
    List<NamespaceWatch> watches() {
        return Stream.concat(
                        Stream.of(host),
                        pods.values().stream().map(watched -> watched.watch).filter(Objects::nonNull))
                .toList();
    }

    /// Reads what events tell of, in every namespace.
    ///
    /// @return whether the node's own devices, or a Pod's, have changed: Pods may have come or gone
    boolean readChanges() {
        boolean devices = false;
        try {
            var changes = host.readChanges();
            devices = changes.contains(Change.LINKS) || changes.contains(Change.NAMESPACES);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The node''s own namespace: {0}", e.getMessage());
        }
        for (var watched : pods.values()) {
            devices |= readChanges(watched);
        }
        return devices;
    }

    private static boolean readChanges(Watched watched) {
        if (watched.watch == null) {
            return false;
        }
        try {
            Set<Change> changes = watched.watch.readChanges();
            return changes.contains(Change.LINKS);
        } catch (IOException e) {
            watched.error = e.getMessage();
            return true;
        }
    }

    /// Puts in what the packet filter tools said; a namespace that has gone meanwhile is ignored.
    void filters(NamespaceWatch watch, FilterReader.Filters filters) {
        watch.filters(filters.report());
        if (watch == host) {
            hostFilterErrors = filters.errors();
        }
        pods.values().stream()
                .filter(watched -> watched.watch == watch)
                .forEach(watched -> watched.filterErrors = filters.errors());
    }

    /// The node as it was last read.
    HostReport hostReport() {
        var errors = new ArrayList<>(facts.errors());
        errors.addAll(hostFilterErrors);
        errors.addAll(sourceErrors);
        return new HostReport(
                new NamespaceReport(
                        host.network(),
                        hostNetnsIds,
                        host.filterReport(),
                        facts.namespace().ipvs(),
                        host.listeners(),
                        null),
                facts.kernelRelease(),
                facts.kubeProxy(),
                facts.cniConfig(),
                facts.conntrack(),
                errors);
    }

    /// The Pods as they were last read.
    List<PodReport> podReports() {
        return pods.values().stream().map(NodeReader::report).toList();
    }

    private static PodReport report(Watched watched) {
        var watch = watched.watch;
        var errors = new ArrayList<>(watched.filterErrors);
        if (watched.error != null) {
            errors.add(watched.error);
        }
        var network = watch == null || watched.error != null
                ? NamespaceReport.NOT_OBSERVED
                : new NamespaceReport(
                        watch.network(),
                        watched.netnsIds,
                        watch.filterReport(),
                        null,
                        watch.listeners(),
                        watched.resolvConf);
        return new PodReport(
                watched.pod.namespace(),
                watched.pod.name(),
                watched.pod.uid(),
                watched.pod.inode(),
                errors.isEmpty() ? null : String.join("; ", errors),
                network);
    }

    @Override
    public void close() {
        pods().forEach(this::forget);
        host.descriptors().forEach(removed::accept);
        host.close();
    }
}
