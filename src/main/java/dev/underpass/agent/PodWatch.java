package dev.underpass.agent;

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
import org.jspecify.annotations.Nullable;

/// A Pod with its namespace, or the reason why that cannot be read.
final class PodWatch {

    private final Path hostPath;
    private final @Nullable NamespaceWatch watch;
    private PodNamespace pod;
    private @Nullable String error;
    private List<String> filterErrors = List.of();
    private Map<Integer, String> netnsIds = Map.of();
    private @Nullable String resolvConf;

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

    /// Reads everything that no event tells of.
    void readSlow() {
        if (watch == null) {
            return;
        }
        try {
            watch.readAll();
            watch.readSlow();
            netnsIds = watch.numbersOf(Map.of("host", hostPath));
            resolvConf = readResolvConf();
            error = null;
        } catch (IOException e) {
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
    /// @return whether devices have changed, or the namespace is going away
    boolean readChanges() {
        if (watch == null) {
            return false;
        }
        try {
            return watch.readChanges().contains(Change.LINKS);
        } catch (IOException e) {
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
