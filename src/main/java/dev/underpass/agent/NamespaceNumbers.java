package dev.underpass.agent;

import dev.underpass.agent.netlink.RouteSocket.Change;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// By which numbers the node's namespace knows those of its Pods.
///
/// One request for each Pod, so only when something tells that there may be others, and now and then.
final class NamespaceNumbers {

    /// How many slow reads they are kept at most, in case an event was missed.
    private static final int SLOW_READS = 5;

    private final NamespaceWatch host;
    private Map<Integer, String> known = Map.of();
    private List<String> errors = List.of();
    private boolean stale = true;
    private int slowReads;

    NamespaceNumbers(NamespaceWatch host) {
        this.host = host;
    }

    /// The Pods' uids by number.
    Map<Integer, String> known() {
        return known;
    }

    /// Why they could not be asked for the last time.
    List<String> errors() {
        return errors;
    }

    void mayHaveChanged() {
        stale = true;
    }

    /// Takes note of what events have told.
    void heard(Set<Change> changes) {
        stale |= changes.contains(Change.NAMESPACES);
    }

    /// Asks for them where they may have changed.
    ///
    /// @param pods by uid, the path of each Pod's namespace
    void refresh(Map<String, Path> pods) {
        if (!stale) {
            return;
        }
        try {
            known = host.numbersOf(pods);
            errors = List.of();
            stale = false;
        } catch (IOException e) {
            errors = List.of("namespace numbers: " + e.getMessage());
        }
    }

    /// The same at every slow read, where once in a while nothing is trusted.
    void refreshNowAndThen(Map<String, Path> pods) {
        stale |= slowReads % SLOW_READS == 0;
        slowReads++;
        refresh(pods);
    }
}
