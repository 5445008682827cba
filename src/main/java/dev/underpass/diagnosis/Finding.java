package dev.underpass.diagnosis;

import dev.underpass.cluster.NodeName;
import dev.underpass.cluster.ObjectName;
import dev.underpass.words.Sentence;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One thing that is wrong, however many Pods it hits.
///
/// @param code the failure's code in the catalogue, `U01` … `U94`
/// @param kind a fault that somebody must repair, or a limitation that the set-up has by design
/// @param summary what happens and why, one or two sentences
/// @param remedy what to do
/// @param evidence the lines that prove it, in the notation of `ip`, `iptables-save`, `nft`, `sysctl` or `kubectl`
/// @param since when it began, where that is known
public record Finding(
        String code,
        Severity severity,
        Kind kind,
        String title,
        Sentence summary,
        String remedy,
        List<Sentence> evidence,
        Affected affected,
        @Nullable Instant since) {

    /// How urgent it is.
    public enum Severity {
        CRITICAL,
        WARNING,
        INFO
    }

    /// Whether something broke.
    public enum Kind {
        FAULT,
        LIMITATION
    }

    /// What it hits.
    public record Affected(List<ObjectName> pods, List<ObjectName> services, List<NodeName> nodes) {
        public Affected {
            pods = List.copyOf(pods);
            services = List.copyOf(services);
            nodes = List.copyOf(nodes);
        }

        boolean isEmpty() {
            return pods.isEmpty() && services.isEmpty() && nodes.isEmpty();
        }

        /// What of it none of the others has.
        Affected without(List<Affected> others) {
            return new Affected(
                    rest(pods, others, Affected::pods),
                    rest(services, others, Affected::services),
                    rest(nodes, others, Affected::nodes));
        }

        private static <T> List<T> rest(List<T> all, List<Affected> others, Function<Affected, List<T>> part) {
            var theirs =
                    others.stream().flatMap(other -> part.apply(other).stream()).collect(Collectors.toSet());
            return all.stream().filter(each -> !theirs.contains(each)).toList();
        }
    }

    public Finding {
        evidence = List.copyOf(evidence);
    }

    /// The same of less.
    Finding of(Affected less) {
        return new Finding(code, severity, kind, title, summary, remedy, evidence, less, since);
    }

    /// The same, of which it is known when it began, or not.
    public Finding began(@Nullable Instant at) {
        return new Finding(code, severity, kind, title, summary, remedy, evidence, affected, at);
    }
}
