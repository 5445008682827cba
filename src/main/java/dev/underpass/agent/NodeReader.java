package dev.underpass.agent;

import dev.underpass.agent.netlink.NamespaceThread;
import dev.underpass.agent.netlink.RouteSocket.Change;
import dev.underpass.net.NetworkState;
import dev.underpass.report.FilterReport;
import dev.underpass.report.HostReport;
import dev.underpass.report.NamespaceReport;
import dev.underpass.report.PodReport;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
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
    private final Lanes lanes = new Lanes();
    private final IntConsumer added;
    private final IntConsumer removed;
    private final NamespaceWatch host;
    private final Map<String, PodWatch> pods = new LinkedHashMap<>();
    private final List<String> sourceErrors = new ArrayList<>();
    private final NamespaceNumbers numbers;

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
        this.host = NamespaceWatch.open(hostPath, thread, lanes.first());
        this.numbers = new NamespaceNumbers(host);
        host.descriptors().forEach(added::accept);
    }

    NamespaceWatch host() {
        return host;
    }

    List<PodWatch> pods() {
        return List.copyOf(pods.values());
    }

    /// Looks for Pods that have come and gone; new ones are read but for their packet filters.
    void findPods() {
        List<PodNamespace> found;
        sourceErrors.clear();
        try {
            found = source.find();
        } catch (IOException e) {
            sourceErrors.add("Pods cannot be found: " + e.getMessage());
            return;
        }
        var gone = new HashMap<>(pods);
        for (var pod : found) {
            var known = gone.remove(pod.uid());
            if (known != null && known.isStill(pod)) {
                known.reachedBy(pod);
            } else {
                if (known != null) {
                    forget(known);
                }
                pods.put(pod.uid(), watch(pod));
                numbers.mayHaveChanged();
            }
        }
        gone.values().forEach(this::forget);
        numbers.refresh(paths());
    }

    private PodWatch watch(PodNamespace pod) {
        try {
            var watch = NamespaceWatch.open(pod.path(), thread, lanes.next());
            watch.descriptors().forEach(added::accept);
            var watched = new PodWatch(pod, hostPath, watch, null);
            watched.readSlow();
            return watched;
        } catch (IOException e) {
            LOG.log(Level.WARNING, "Pod {0}: {1}", pod.uid(), e.getMessage());
            return new PodWatch(pod, hostPath, null, e.getMessage());
        }
    }

    private void forget(PodWatch watched) {
        pods.remove(watched.pod().uid());
        numbers.mayHaveChanged();
        watched.watch().ifPresent(watch -> {
            watch.descriptors().forEach(removed::accept);
            watch.close();
        });
    }

    /// Gives Pods the names that somebody else knows by their uid.
    void name(Map<String, CommandStream.PodName> names) {
        for (var watched : pods.values()) {
            var known = names.get(watched.pod().uid());
            if (known != null) {
                watched.name(known.namespace(), known.name());
            }
        }
    }

    /// Reads everything.
    void readAll() {
        numbers.mayHaveChanged();
        readHost();
        readPods(PodWatch::readAll);
    }

    /// Reads what no event tells of.
    void readSlow() {
        readHost();
        readPods(PodWatch::readSlow);
    }

    private void readPods(Consumer<PodWatch> reading) {
        lanes.each(pods.values(), pod -> pod.watch().filter(this::isBeside).isPresent(), reading);
    }

    private boolean isBeside(NamespaceWatch watch) {
        return lanes.isSecond(watch.buffer());
    }

    private void readHost() {
        var attempts = new Attempts();
        attempts.read("", () -> {
            numbers.heard(host.readSlow(NamespaceWatch.Depth.ALL));
            return host.network();
        });
        numbers.refreshNowAndThen(paths());
        var kernel = attempts.read("kernel: ", HostFacts::kernelRelease);
        var cni = attempts.read("CNI configuration: ", () -> HostFacts.cniConfig(cniFolder));
        var conntrack = attempts.read("conntrack: ", () -> thread.in(hostPath, () -> optional(HostFacts.conntrack())));
        var ipvs = attempts.read("ipvs: ", () -> thread.in(hostPath, () -> optional(HostFacts.ipvs())));
        var proxy = attempts.read("kube-proxy: ", () -> KubeProxyConfig.read(thread, hostPath));
        facts = new HostReport(
                new NamespaceReport(
                        NetworkState.NOT_OBSERVED,
                        Map.of(),
                        FilterReport.NOT_OBSERVED,
                        ipvs == null ? null : ipvs.orElse(null),
                        null,
                        null),
                kernel,
                proxy,
                cni,
                conntrack == null ? null : conntrack.orElse(null),
                attempts.errors());
    }

    private static <T> Optional<T> optional(@Nullable T value) {
        return Optional.ofNullable(value);
    }

    private Map<String, Path> paths() {
        var paths = new LinkedHashMap<String, Path>();
        pods.values().stream()
                .filter(watched -> watched.watch().isPresent())
                .forEach(watched -> paths.put(watched.pod().uid(), watched.pod().path()));
        return paths;
    }

    /// Dumps links, addresses, rules, routes and neighbours of every namespace.
    ///
    /// @return how many of them there are
    int dump() throws IOException {
        var failures = new ConcurrentLinkedQueue<IOException>();
        lanes.each(watches(), this::isBeside, watch -> {
            try {
                watch.readAll();
            } catch (IOException e) {
                failures.add(e);
            }
        });
        if (!failures.isEmpty()) {
            throw failures.remove();
        }
        return watches().stream().mapToInt(NamespaceWatch::objects).sum();
    }

    /// All namespaces that can be read.
    List<NamespaceWatch> watches() {
        return Stream.concat(
                        Stream.of(host),
                        pods.values().stream().map(PodWatch::watch).flatMap(Optional::stream))
                .toList();
    }

    /// Whether something has been heard that is not read yet, of which no descriptor tells any more.
    boolean pending() {
        return watches().stream().anyMatch(NamespaceWatch::pending);
    }

    /// Reads what events tell of, in every namespace.
    ///
    /// @param ready the descriptors that can be read
    /// @return whether the node's own devices, or a Pod's, have changed: Pods may have come or gone
    boolean readChanges(Set<Integer> ready) {
        boolean devices = false;
        try {
            var changes = host.readChanges(ready);
            numbers.heard(changes);
            devices = changes.contains(Change.LINKS) || changes.contains(Change.NAMESPACES);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The node''s own namespace: {0}", e.getMessage());
        }
        for (var watched : pods.values()) {
            devices |= watched.readChanges(ready);
        }
        return devices;
    }

    /// Puts in what the packet filter tools said; a namespace that has gone meanwhile is ignored.
    void filters(NamespaceWatch watch, FilterReader.Filters filters) {
        watch.filters(filters.report());
        if (watch == host) {
            hostFilterErrors = filters.errors();
        }
        pods.values().stream()
                .filter(watched -> watched.watch().filter(own -> own == watch).isPresent())
                .forEach(watched -> watched.filterErrors(filters.errors()));
    }

    /// The node as it was last read.
    HostReport hostReport() {
        var errors = new ArrayList<>(facts.errors());
        errors.addAll(hostFilterErrors);
        errors.addAll(sourceErrors);
        errors.addAll(numbers.errors());
        return new HostReport(
                new NamespaceReport(
                        host.network(),
                        numbers.known(),
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
        return pods.values().stream().map(PodWatch::report).toList();
    }

    @Override
    public void close() {
        pods().forEach(this::forget);
        host.descriptors().forEach(removed::accept);
        host.close();
        lanes.close();
    }
}
