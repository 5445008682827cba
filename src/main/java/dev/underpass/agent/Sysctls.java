package dev.underpass.agent;

import dev.underpass.agent.NamespaceWatch.Depth;
import dev.underpass.agent.netlink.NamespaceThread;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The kernel parameters of one network namespace, as they were last read.
final class Sysctls {

    private static final int SLOTS = 64;

    /// Most Pods of a node have the same: a few of those seen lately, each kept once.
    private static final Map<Integer, Map<String, String>> LATELY = new ConcurrentHashMap<>();

    private final NamespaceThread thread;
    private Map<String, String> ofDevices = Map.of();
    private Map<String, String> others = Map.of();
    private Map<String, String> all = Map.of();

    Sysctls(NamespaceThread thread) {
        this.thread = thread;
    }

    /// All of them, named as sysctl(8) names them.
    Map<String, String> all() {
        return all;
    }

    /// Takes those that came with the devices.
    void ofDevices(Map<String, String> now) {
        take(others, now);
    }

    /// Reads the rest from files; each costs the kernel more the more namespaces there are.
    ///
    /// @param namespace the path by which it is entered
    /// @return whether there are others than before
    boolean read(Path namespace, Depth depth) throws IOException {
        if (depth == Depth.ALL || others.isEmpty()) {
            return take(thread.in(namespace, SysctlFiles::read), ofDevices);
        }
        if (depth == Depth.SOCKETS) {
            return false;
        }
        var before = others;
        return take(thread.in(namespace, () -> SysctlFiles.readSilent(before)), ofDevices);
    }

    private boolean take(Map<String, String> newOthers, Map<String, String> newOfDevices) {
        if (newOthers.equals(others) && newOfDevices.equals(ofDevices)) {
            return false;
        }
        others = shared(newOthers);
        ofDevices = shared(newOfDevices);
        var both = new HashMap<>(others);
        both.putAll(ofDevices);
        all = shared(both);
        return true;
    }

    private static Map<String, String> shared(Map<String, String> read) {
        return LATELY.merge(
                read.hashCode() & SLOTS - 1, Map.copyOf(read), (known, now) -> known.equals(now) ? known : now);
    }
}
