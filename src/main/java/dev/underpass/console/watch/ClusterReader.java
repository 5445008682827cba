package dev.underpass.console.watch;

import java.io.IOException;
import org.springframework.stereotype.Component;

/// Reads the cluster that is watched once more, object by object.
@Component
public class ClusterReader {

    private final ApiClients clients;

    ClusterReader(ApiClients clients) {
        this.clients = clients;
    }

    /// All objects that matter.
    ///
    /// @throws IOException if no API is configured, or it cannot be read
    public ClusterRead read() throws IOException {
        return ClusterRead.of(clients, "set underpass.kubernetes.kubeconfig");
    }
}
