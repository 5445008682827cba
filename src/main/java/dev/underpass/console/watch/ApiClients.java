package dev.underpass.console.watch;

import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.KubeConfig;
import io.kubernetes.client.util.credentials.AccessTokenAuthentication;
import io.kubernetes.client.util.credentials.ClientCertificateAuthentication;
import io.kubernetes.client.util.credentials.KubeconfigAuthentication;
import io.kubernetes.client.util.credentials.TokenFileAuthentication;
import io.kubernetes.client.util.credentials.UsernamePasswordAuthentication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// Makes clients of the cluster's API: from the file that `underpass.kubernetes.kubeconfig` or `KUBECONFIG` names, with
/// its context `underpass.kubernetes.context`, or else from the Pod's own account.
@Component
class ApiClients {

    private static final Path IN_CLUSTER = Path.of("/var/run/secrets/kubernetes.io/serviceaccount/token");

    /// What a user of a kubeconfig has that must give credentials.
    private static final List<String> SOURCES = List.of("exec", "auth-provider");

    private final String kubeconfig;
    private final String context;

    ApiClients(
            @Value("${underpass.kubernetes.kubeconfig:${KUBECONFIG:}}") String kubeconfig,
            @Value("${underpass.kubernetes.context:}") String context) {
        this.kubeconfig = kubeconfig;
        this.context = context;
    }

    /// A new client, with the certificates and tokens that files and plugins hold now; empty when no API is configured.
    Optional<ApiClient> client() throws IOException {
        if (!kubeconfig.isEmpty()) {
            return Optional.of(fromFile(Path.of(kubeconfig)));
        }
        return Files.exists(IN_CLUSTER) ? Optional.of(ClientBuilder.cluster().build()) : Optional.empty();
    }

    /// A client that presents itself as this context's user.
    ///
    /// @throws IOException if the file cannot be read, is no kubeconfig, or its user's credentials cannot be had
    private ApiClient fromFile(Path file) throws IOException {
        try {
            var config = config(file);
            var builder = ClientBuilder.kubeconfig(config);
            var user = user(config);
            if (user.get("tokenFile") instanceof String token) {
                // It is read again each minute.
                var path = file.toAbsolutePath().resolveSibling(token);
                Files.readString(path);
                builder.setAuthentication(new TokenFileAuthentication(path.toString()));
            } else {
                checkGiven(user, builder, config.getCurrentContext());
            }
            return builder.build();
        } catch (RuntimeException e) {
            // The library throws what YAML readers, casts and key factories throw.
            throw new IOException("%s is no usable kubeconfig: %s".formatted(file, e), e);
        }
    }

    /// The library logs why it has no credentials, and would then ask as nobody.
    private static void checkGiven(Map<?, ?> user, ClientBuilder builder, String contextName) throws IOException {
        boolean given = builder.getAuthentication() instanceof KubeconfigAuthentication found
                && (found.getDelegateAuthentication() instanceof AccessTokenAuthentication
                        || found.getDelegateAuthentication() instanceof ClientCertificateAuthentication
                        || found.getDelegateAuthentication() instanceof UsernamePasswordAuthentication);
        for (var source : SOURCES) {
            if (!given && user.containsKey(source)) {
                throw new IOException(
                        "the %s of context '%s' gave no credentials; the log says why".formatted(source, contextName));
            }
        }
    }

    private KubeConfig config(Path file) throws IOException {
        try (var reader = Files.newBufferedReader(file)) {
            var config = KubeConfig.loadKubeConfig(reader);
            config.setFile(file.toAbsolutePath().toFile());
            if (!context.isEmpty() && !config.setContext(context)) {
                throw new IOException("underpass.kubernetes.context: %s has no context '%s'".formatted(file, context));
            }
            return config;
        }
    }

    /// The user of the current context; without fields where there is none.
    private static Map<?, ?> user(KubeConfig config) {
        var name = entry(config.getContexts(), config.getCurrentContext(), "context")
                .get("user");
        return entry(config.getUsers(), name, "user");
    }

    private static Map<?, ?> entry(@Nullable List<?> entries, @Nullable Object name, String field) {
        return entries == null
                ? Map.of()
                : entries.stream()
                        .filter(each -> each instanceof Map<?, ?> named
                                && named.get("name") != null
                                && named.get("name").equals(name)
                                && named.get(field) instanceof Map)
                        .map(each -> (Map<?, ?>) ((Map<?, ?>) each).get(field))
                        .findFirst()
                        .orElse(Map.of());
    }
}
