package dev.underpass.console.watch;

import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.KubeConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// Makes clients of the cluster's API: from the file that `underpass.kubernetes.kubeconfig` or `KUBECONFIG` names, with
/// its context `underpass.kubernetes.context`, or else from the Pod's own account.
@Component
class ApiClients {

    private static final Path IN_CLUSTER = Path.of("/var/run/secrets/kubernetes.io/serviceaccount/token");

    private final String kubeconfig;
    private final String context;

    ApiClients(
            @Value("${underpass.kubernetes.kubeconfig:${KUBECONFIG:}}") String kubeconfig,
            @Value("${underpass.kubernetes.context:}") String context) {
        this.kubeconfig = kubeconfig;
        this.context = context;
    }

    /// A new client, with the certificates and tokens that the files hold now; empty when no API is configured.
    Optional<ApiClient> client() throws IOException {
        if (!kubeconfig.isEmpty()) {
            return Optional.of(ClientBuilder.kubeconfig(config()).build());
        }
        return Files.exists(IN_CLUSTER) ? Optional.of(ClientBuilder.cluster().build()) : Optional.empty();
    }

    private KubeConfig config() throws IOException {
        var file = Path.of(kubeconfig);
        try (var reader = Files.newBufferedReader(file)) {
            var config = KubeConfig.loadKubeConfig(reader);
            config.setFile(file.toFile());
            if (!context.isEmpty() && !config.setContext(context)) {
                throw new IOException(
                        "underpass.kubernetes.context: %s has no context '%s'".formatted(kubeconfig, context));
            }
            return config;
        }
    }
}
