package dev.underpass.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Takes named network namespaces, `ip-netns(8)`, for Pods: the labs.
///
/// @param folder where names are, `/run/netns`
/// @param prefix how the names start; the rest is the Pod's name
/// @param podNamespace the Kubernetes namespace of all of them
record NamedPods(Path folder, String prefix, String podNamespace) implements PodSource {

    @Override
    public List<PodNamespace> find() throws IOException {
        var pods = new ArrayList<PodNamespace>();
        try (var names = Files.list(folder)) {
            for (var path : (Iterable<Path>) names.sorted()::iterator) {
                var name = path.getFileName().toString();
                if (name.startsWith(prefix)) {
                    add(pods, path, name);
                }
            }
        } catch (NoSuchFileException _) {
            // Nobody has made a named namespace since the machine started.
            return List.of();
        }
        return pods;
    }

    private void add(List<PodNamespace> pods, Path path, String name) {
        var rest = name.substring(prefix.length());
        try {
            var inode = Files.getAttribute(path, "unix:ino").toString();
            pods.add(new PodNamespace(
                    name, podNamespace, rest.isEmpty() ? name : rest, path, inode, Path.of("/etc/netns/" + name)));
        } catch (IOException _) {
            // Removed since the folder was listed.
        }
    }
}
