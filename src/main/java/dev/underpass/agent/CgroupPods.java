package dev.underpass.agent;

import dev.underpass.agent.netlink.WholeFiles;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Finds Pods by the control groups of their processes, `/proc/PID/cgroup`.
///
/// Works for cgroup v1 and v2, the systemd and cgroupfs drivers, containerd and CRI-O, and from inside
/// of a cgroup namespace. Pods on their node's network are left out: they have no namespace of their own. A Pod
/// none of whose processes we may look at is found all the same, so that the report can say why it holds nothing.
///
/// @param proc where the node's processes are, `/proc`
/// @param host the number of the node's own network namespace
record CgroupPods(Path proc, String host) implements PodSource {

    /// `kubepods-burstable-pod2f1c….slice`, `/kubepods/besteffort/pod2f1c…`, and static Pods, whose uid is a hash.
    private static final Pattern POD = Pattern.compile(
            "(?:^|[/-])pod([0-9a-f]{8}[-_][0-9a-f]{4}[-_][0-9a-f]{4}[-_][0-9a-f]{4}[-_][0-9a-f]{12}|[0-9a-f]{32})"
                    + "(?=[/.:]|$)");

    private static final Pattern INODE = Pattern.compile("net:\\[([0-9]+)]");

    @Override
    public List<PodNamespace> find() throws IOException {
        var pods = new HashMap<String, PodNamespace>();
        var refused = new HashMap<String, PodNamespace>();
        var entries = proc.toFile().list();
        if (entries == null) {
            throw new IOException(proc + " cannot be listed");
        }
        try (var files = new WholeFiles()) {
            for (var entry : entries) {
                if (isNumber(entry)) {
                    consider(entry, files, pods, refused);
                }
            }
        }
        refused.forEach(pods::putIfAbsent);
        pods.values().removeIf(pod -> pod.inode().equals(host));
        var sorted = new ArrayList<>(pods.values());
        sorted.sort((a, b) -> a.uid().compareTo(b.uid()));
        return sorted;
    }

    /// @param refused takes Pods whose processes we may not look at: that they are there is known
    private void consider(
            String number, WholeFiles files, Map<String, PodNamespace> pods, Map<String, PodNamespace> refused) {
        var cgroup = files.text(proc + "/" + number + "/cgroup");
        // Null: it has ended, or /proc hides it.
        var uid = cgroup == null ? Optional.<String>empty() : uid(cgroup);
        if (uid.isEmpty() || pods.containsKey(uid.get())) {
            return;
        }
        var process = proc.resolve(number);
        try {
            var inode = INODE.matcher(
                    Files.readSymbolicLink(process.resolve("ns/net")).toString());
            if (inode.matches()) {
                pods.put(uid.get(), pod(uid.get(), process, inode.group(1)));
            }
        } catch (AccessDeniedException _) {
            refused.put(uid.get(), pod(uid.get(), process, ""));
        } catch (IOException _) {
            // A process that has ended: another one of its Pod will do.
        }
    }

    private static PodNamespace pod(String uid, Path process, String inode) {
        return new PodNamespace(uid, "", "", process.resolve("ns/net"), inode, process.resolve("root"));
    }

    private static boolean isNumber(String entry) {
        char first = entry.charAt(0);
        return first >= '1' && first <= '9' && entry.chars().allMatch(Character::isDigit);
    }

    /// The Pod that a process belongs to; the outermost, where one Pod runs others inside.
    static Optional<String> uid(String cgroup) {
        if (!cgroup.contains("pod")) {
            return Optional.empty();
        }
        var match = POD.matcher("");
        for (var line : cgroup.split("\n", -1)) {
            int path = line.indexOf(':', line.indexOf(':') + 1) + 1;
            match.reset(line.substring(path));
            if (match.find()) {
                return Optional.of(match.group(1).replace('_', '-'));
            }
        }
        return Optional.empty();
    }
}
