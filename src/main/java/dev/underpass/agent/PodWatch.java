package dev.underpass.agent;

import dev.underpass.agent.NamespaceWatch.Depth;
import dev.underpass.agent.netlink.RouteSocket.Change;
import dev.underpass.report.NamespaceReport;
import dev.underpass.report.PodReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A Pod with its namespace, or the reason why that cannot be read.
final class PodWatch {

    /// How deep slow reads go, again and again: what events tell of is read anew only to be safe.
    private static final List<Depth> DEPTHS =
            List.of(Depth.ALL, Depth.SOCKETS, Depth.SILENT_SYSCTLS, Depth.SOCKETS, Depth.SILENT_SYSCTLS, Depth.SOCKETS);

    private final Path hostPath;
    private final @Nullable NamespaceWatch watch;
    private PodNamespace pod;
    private @Nullable String error;
    private List<String> filterErrors = List.of();
    private Map<Integer, String> netnsIds = Map.of();
    private @Nullable String resolvConf;
    private int slowReads;

    PodWatch(PodNamespace pod, Path hostPath, @Nullable NamespaceWatch watch, @Nullable String error) {
        this.pod = pod;
        this.hostPath = hostPath;
        this.watch = watch;
        this.error = error;
    }

    PodNamespace pod() {
        return pod;
    }

    Optional<NamespaceWatch> watch() {
        return Optional.ofNullable(watch);
    }

    /// Whether the namespace that was found is the one that is watched.
    boolean isStill(PodNamespace found) {
        return watch != null && pod.inode().equals(found.inode());
    }

    /// The same namespace, perhaps by another of the Pod's processes: the one before may have ended.
    void reachedBy(PodNamespace found) {
        pod = found.named(pod.namespace(), pod.name());
        if (watch != null) {
            watch.reachedBy(found.path());
        }
        if (error != null) {
            readSlow();
        }
    }

    void name(String namespace, String name) {
        pod = pod.named(namespace, name);
    }

    void filterErrors(List<String> errors) {
        filterErrors = errors;
    }

    /// Reads everything, whether events tell of it or not.
    void readAll() {
        slowReads = 0;
        readSlow();
    }

    /// Reads what no event tells of; now and then everything, in case an event was missed.
    void readSlow() {
        if (watch == null) {
            return;
        }
        try {
            var depth = DEPTHS.get(slowReads % DEPTHS.size());
            boolean renumbered = watch.readSlow(depth).contains(Change.NAMESPACES);
            netnsIds = depth == Depth.ALL || renumbered ? watch.numbersOf(Map.of("host", hostPath)) : netnsIds;
            resolvConf = readResolvConf();
            slowReads++;
            error = null;
        } catch (IOException e) {
            slowReads = 0;
            error = e.getMessage();
        }
    }

    /// Null where it is not observed: a sandbox without a file system, or one that we may not look into.
    private @Nullable String readResolvConf() {
        boolean named = pod.root().startsWith("/etc/netns");
        try {
            return Files.readString(pod.root().resolve(named ? "resolv.conf" : "etc/resolv.conf"));
        } catch (IOException _) {
            return null;
        }
    }

    /// Reads what events tell of.
    ///
    /// @param ready the descriptors that can be read
    /// @return whether devices have changed, or the namespace is going away
    boolean readChanges(Set<Integer> ready) {
        if (watch == null) {
            return false;
        }
        try {
            var changes = watch.readChanges(ready);
            if (changes.contains(Change.NAMESPACES)) {
                netnsIds = watch.numbersOf(Map.of("host", hostPath));
            }
            return changes.contains(Change.LINKS);
        } catch (IOException e) {
            slowReads = 0;
            error = e.getMessage();
            return true;
        }
    }

    /// The Pod as it was last read.
    PodReport report() {
        var errors = new ArrayList<>(filterErrors);
        if (error != null) {
            errors.add(error);
        }
        var network = watch == null || error != null
                ? NamespaceReport.NOT_OBSERVED
                : new NamespaceReport(
                        watch.network(), netnsIds, watch.filterReport(), null, watch.listeners(), resolvConf);
        return new PodReport(
                pod.namespace(),
                pod.name(),
                pod.uid(),
                pod.inode(),
                errors.isEmpty() ? null : String.join("; ", errors),
                network);
    }
}
