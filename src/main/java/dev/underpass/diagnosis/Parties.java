package dev.underpass.diagnosis;

import dev.underpass.reachability.Path;
import dev.underpass.reachability.Trace;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The Pods at the two ends of a connection, and what is wrong with their own networks.
record Parties(Pods pods) {

    Optional<PodAnalysis> client(Trace trace) {
        return pods.pod(trace.from());
    }

    private Optional<PodAnalysis> server(Path path) {
        return path.backend() == null || path.backend().pod() == null
                ? Optional.empty()
                : pods.pod(path.backend().pod());
    }

    /// The Pod that sent the packet which the connection ended with.
    Optional<PodAnalysis> sender(Trace trace, Path path) {
        return path.end().phase().forward() ? client(trace) : server(path);
    }

    /// The client's damage of the first of the codes that it has, else the server's.
    Optional<Attribution> worst(Trace trace, Path path, List<Code> codes) {
        return Stream.of(client(trace), server(path))
                .flatMap(Optional::stream)
                .map(pod -> Damage.worst(pod, codes))
                .flatMap(Optional::stream)
                .findFirst();
    }
}
