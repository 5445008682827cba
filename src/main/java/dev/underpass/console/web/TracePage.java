package dev.underpass.console.web;

import dev.underpass.cluster.Service;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.net.Protocol;
import dev.underpass.words.Sentence;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the trace page shows.
///
/// @param error what is wrong with the form, empty when nothing is
/// @param instead what may be meant by a Pod that a recording does not have
/// @param unknown what names nothing, absent where all does
/// @param result absent until something was asked
/// @param kept absent while the answer is that of now
record TracePage(
        Form form,
        Sentence error,
        SameWorkload instead,
        @Nullable Unknown unknown,
        @Nullable TraceResult result,
        @Nullable Kept kept) {

    /// Of so many, a browser can still offer a choice; beyond that people type, or search.
    private static final int CHOICES = 300;

    /// So many targets are offered for one that is none.
    private static final int MEANT = 5;

    /// The form, with what may be chosen in it.
    ///
    /// @param compare what the way is held against, see [Beside]
    record Form(String from, String to, String compare, List<String> pods, List<String> targets) {

        static Form of(ClusterView cluster, String from, String to, String compare) {
            return new Form(
                    from,
                    to,
                    compare,
                    cluster.pods().stream()
                            .limit(CHOICES)
                            .map(pod -> pod.name().toString())
                            .toList(),
                    offered(cluster));
        }
    }

    /// A field that names nothing.
    ///
    /// @param meant what may have been meant, as the field takes it
    record Unknown(String field, List<String> meant) {

        /// A Pod that there is not.
        static Unknown pod(ClusterView cluster, String typed) {
            return new Unknown(
                    "from",
                    NearNames.of(
                            typed.replaceFirst("^pod:", ""),
                            cluster.pods().stream().map(pod -> pod.name().toString())));
        }

        /// A Service that there is not, or one that lacks the port: those with ports that they have.
        static Unknown target(ClusterView cluster, String typed) {
            var words = typed.replaceFirst("^svc:", "").split(":", 2);
            var port = words.length == 2 ? words[1] : "";
            var services = cluster.analysis().snapshot().services();
            var near = NearNames.of(
                    words[0], services.stream().map(service -> service.name().toString()));
            return new Unknown(
                    "to",
                    near.stream()
                            .flatMap(name -> services.stream()
                                    .filter(service -> service.name().toString().equals(name)))
                            .flatMap(service -> targets(service, port))
                            .limit(MEANT)
                            .toList());
        }

        private static Stream<String> targets(Service service, String typed) {
            var name = service.name().toString();
            return typed.isEmpty() || service.ports().stream().anyMatch(port -> isWritten(port, typed))
                    ? Stream.of(typed.isEmpty() ? name : name + ":" + typed)
                    : service.ports().stream().map(port -> name + ":" + written(port));
        }

        private static boolean isWritten(Service.Port port, String typed) {
            var number = port.port() + "/" + port.protocol();
            return typed.equals(written(port)) || typed.equals(number) || typed.equals(port.name());
        }
    }

    /// Which kept answer this is.
    record Kept(String id, Instant at) {}

    /// What the form offers as targets: every Service port.
    private static List<String> offered(ClusterView cluster) {
        return cluster.analysis().snapshot().services().stream()
                .filter(service -> !service.clusterIps().isEmpty())
                .flatMap(service -> service.ports().stream().map(port -> service.name() + ":" + written(port)))
                .sorted()
                .limit(CHOICES)
                .toList();
    }

    static TracePage of(Form form, Sentence error) {
        return new TracePage(form, error, SameWorkload.NONE, null, null, null);
    }

    TracePage kept(String id, Instant at) {
        return new TracePage(form, error, instead, unknown, result, new Kept(id, at));
    }

    private static String written(Service.Port port) {
        return port.port() + (port.protocol() == Protocol.TCP ? "" : "/" + port.protocol());
    }
}
