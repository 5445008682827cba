package dev.underpass.agent;

import dev.underpass.agent.NamespaceWatch.Depth;
import dev.underpass.agent.netlink.NamespaceThread;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// The kernel parameters of one network namespace, as they were last read.
final class Sysctls {

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
        others = Map.copyOf(newOthers);
        ofDevices = Map.copyOf(newOfDevices);
        var both = new HashMap<>(others);
        both.putAll(ofDevices);
        all = Map.copyOf(both);
        return true;
    }
}
