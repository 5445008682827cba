package dev.underpass.agent;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How an agent runs.
///
/// @param node the node's name in the cluster
/// @param version the agent's own
/// @param hostNamespace the node's network namespace, `/proc/self/ns/net` but in labs
/// @param pods where Pods are found
/// @param console where reports go; absent where they are only printed
/// @param tokenFile a file with the token to send, read anew for every request
/// @param caFile certificates to trust instead of the system's
/// @param slow how often everything is read that no event tells of
/// @param heartbeat how often a report is sent when nothing has changed
public record AgentOptions(
        String node,
        String version,
        Path hostNamespace,
        Path cniFolder,
        Pods pods,
        @Nullable URI console,
        @Nullable Path tokenFile,
        @Nullable Path caFile,
        Duration slow,
        Duration heartbeat) {

    /// Where Pods are found.
    public sealed interface Pods {

        /// By the control groups of processes under `proc`.
        record Cgroups(Path proc) implements Pods {}

        /// By the names of network namespaces that start so; all in one Kubernetes namespace.
        record Named(Path folder, String prefix, String podNamespace) implements Pods {}
    }
}
