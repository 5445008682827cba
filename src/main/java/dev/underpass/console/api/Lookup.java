package dev.underpass.console.api;

import dev.underpass.cluster.Node;
import dev.underpass.cluster.NodeName;
import dev.underpass.cluster.ObjectName;
import dev.underpass.cluster.Service;
import dev.underpass.console.NotFoundException;
import dev.underpass.console.Phrases;
import dev.underpass.console.analysis.ClusterView;
import java.util.Comparator;
import java.util.List;

/// Finds things by name, or says that they are not there.
public final class Lookup {

    private Lookup() {}

    public static Node node(ClusterView cluster, NodeName name) {
        return cluster.analysis().snapshot().nodes().stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new NotFoundException(Phrases.NO_NODE.with(name)));
    }

    /// The Services by name.
    public static List<Service> services(ClusterView cluster) {
        return cluster.analysis().snapshot().services().stream()
                .sorted(Comparator.comparing(Service::name))
                .toList();
    }

    public static Service service(ClusterView cluster, ObjectName name) {
        return services(cluster).stream()
                .filter(service -> service.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new NotFoundException(Phrases.NO_SERVICE.with(name)));
    }
}
