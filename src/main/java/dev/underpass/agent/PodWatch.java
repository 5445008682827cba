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
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A Pod with its namespace, or the reason why that cannot be read.
final class PodWatch {

    /// How deep slow reads go, turn by turn: what events tell of is read anew only to be safe.
    private static final List<Depth> DEPTHS =
            List.of(Depth.ALL, Depth.SOCKETS, Depth.SILENT_SYSCTLS, Depth.SOCKETS, Depth.SILENT_SYSCTLS, Depth.SOCKETS);

    /// Five minutes, as the agent runs: a new Pod's program may start to listen late.
    private static final int ATTENTIVE_TURNS = 5;

    private final Path hostPath;
    private final @Nullable NamespaceWatch watch;
    private PodNamespace pod;
    private @Nullable String error;
    private List<String> filterErrors = List.of();
    private Map<Integer, String> netnsIds = Map.of();
    private @Nullable String resolvConf;
    private int turn;

    /// How many turns it is since something was heard of, or found to have changed without a word.
    private int quiet;

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
        turn = 0;
        readSlow();
    }

    /// Reads what no event tells of; now and then everything, in case an event was missed. A Pod in which
    /// nothing has changed for a while is only read in every second turn.
    void readSlow() {
        if (watch == null) {
            return;
        }
        var depth = DEPTHS.get(turn % DEPTHS.size());
        if (depth == Depth.SOCKETS && quiet >= ATTENTIVE_TURNS) {
            turn++;
            return;
        }
        try {
            readSlow(watch, depth);
            turn = turn == 0 ? firstTurn() : turn + 1;
            error = null;
        } catch (IOException e) {
            failed(e);
        }
    }

    /// Pods that were found together take their deeper turns apart.
    private int firstTurn() {
        return 1 + Math.floorMod(pod.uid().hashCode(), 2);
    }

    private void readSlow(NamespaceWatch namespace, Depth depth) throws IOException {
        var network = namespace.network();
        var listeners = namespace.listeners();
        var told = namespace.readSlow(depth);
        if (depth == Depth.ALL || told.contains(Change.NAMESPACES)) {
            netnsIds = namespace.numbersOf(Map.of("host", hostPath));
        }
        if (depth != Depth.SOCKETS) {
            resolvConf = readResolvConf();
        }
        boolean same = isQuiet(told)
                && Objects.equals(network.links(), namespace.network().links())
                && Objects.equals(network.sysctls(), namespace.network().sysctls())
                && Objects.equals(listeners, namespace.listeners());
        quiet = same ? quiet + 1 : 0;
    }

    /// Traffic alone makes neighbours change.
    private static boolean isQuiet(Set<Change> told) {
        return told.isEmpty() || told.equals(Set.of(Change.NEIGHBOURS));
    }

    private void failed(IOException e) {
        turn = 0;
        quiet = 0;
        error = e.getMessage();
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
            quiet = isQuiet(changes) ? quiet : 0;
            if (changes.contains(Change.NAMESPACES)) {
                netnsIds = watch.numbersOf(Map.of("host", hostPath));
            }
            return changes.contains(Change.LINKS);
        } catch (IOException e) {
            failed(e);
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
