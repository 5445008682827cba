package dev.underpass.console;

import static java.util.Map.entry;

import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.analysis.Freshness;
import dev.underpass.console.analysis.PodSummary;
import dev.underpass.coordinator.PodNetwork;
import dev.underpass.net.IpAddress;
import dev.underpass.reachability.Disposition;
import dev.underpass.reachability.Disposition.Fold;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A query for Pods, as their list, the topology and the API take it.
///
/// @param query what it asks
public record PodQuery(Query<PodQuery.Subject> query) {

    /// A Pod, in its cluster.
    public record Subject(ClusterView cluster, PodSummary pod) {

        private PodNetwork network() {
            return pod.analysis().network();
        }

        private Freshness freshness() {
            return cluster.freshness(pod.analysis().pod().node());
        }
    }

    /// What its words may be.
    public static final Vocabulary<Subject> VOCABULARY = new Vocabulary<>(
            new Meaning<>(
                    List.of("TEXT"),
                    value -> Optional.of(subject -> subject.pod()
                                    .name()
                                    .toString()
                                    .toLowerCase(Locale.ROOT)
                                    .contains(value.toLowerCase(Locale.ROOT))
                            || Meaning.startsWith(addresses(subject), value))),
            Map.ofEntries(
                    entry(
                            "ns",
                            Meaning.name(
                                    subject -> Stream.of(subject.pod().name().namespace()))),
                    entry(
                            "node",
                            Meaning.name(subject -> Stream.of(String.valueOf(
                                    subject.pod().analysis().pod().node())))),
                    entry(
                            "attachment",
                            Meaning.part(subject -> Stream.of(subject.network().attachment()))),
                    entry(
                            "cni",
                            Meaning.part(subject -> Stream.of(subject.network().attachment()))),
                    entry(
                            "mode",
                            Meaning.word(
                                    Meaning.words(PodNetwork.Mode.values()),
                                    subject -> Stream.of(
                                            Meaning.word(subject.network().mode())))),
                    entry(
                            "verdict",
                            Meaning.word(
                                    Meaning.words(Fold.values()),
                                    subject ->
                                            Stream.of(Meaning.word(subject.pod().worst())))),
                    entry("disposition", Meaning.word(dispositions(), subject -> dispositions(subject))),
                    entry("ip", Meaning.address(PodQuery::addresses)),
                    entry(
                            "pool",
                            Meaning.name(subject ->
                                    subject.cluster().pools(subject.pod().name()).stream())),
                    entry("code", Meaning.part(subject -> subject.pod().codes().stream())),
                    entry(
                            "label",
                            Meaning.label(
                                    subject -> subject.pod().analysis().pod().labels())),
                    entry(
                            "report",
                            Meaning.word(
                                    Meaning.words(Freshness.State.values()),
                                    subject -> Stream.of(
                                            Meaning.word(subject.freshness().state())))),
                    entry("age", age(Subject::freshness))));

    /// How old a report is.
    public static <T> Meaning<T> age(java.util.function.Function<T, Freshness> freshness) {
        return Meaning.age(subject -> {
            var known = freshness.apply(subject);
            return known.collectedAt() == null ? Optional.empty() : Optional.of(Duration.ofSeconds(known.ageSeconds()));
        });
    }

    private static Stream<IpAddress> addresses(Subject subject) {
        return subject.network().nics().stream().flatMap(nic -> nic.addresses().stream());
    }

    private static List<String> dispositions() {
        return Stream.of(Disposition.values())
                .map(each -> each.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    private static Stream<String> dispositions(Subject subject) {
        return subject.pod().dispositions().keySet().stream()
                .map(each -> each.name().toLowerCase(Locale.ROOT));
    }

    /// All Pods of a cluster, to be asked.
    public static List<Subject> subjects(ClusterView cluster) {
        return cluster.pods().stream().map(pod -> new Subject(cluster, pod)).toList();
    }

    /// Reads a query.
    ///
    /// @throws InvalidInputException naming the word that cannot be understood
    public static PodQuery parse(String text) {
        try {
            return new PodQuery(Query.parse(VOCABULARY, text));
        } catch (QueryException e) {
            throw new InvalidInputException("q", String.valueOf(e.getMessage()));
        }
    }

    public List<Query.Token<Subject>> tokens() {
        return query.tokens();
    }

    public String without(Query.Token<Subject> token) {
        return query.without(token);
    }

    /// This query with one more word; an empty value adds none.
    public PodQuery with(String key, String value) {
        if (value.isBlank()) {
            return this;
        }
        var more = parse(key + ":" + value.strip()).tokens();
        return new PodQuery(
                new Query<>(Stream.concat(tokens().stream(), more.stream()).toList()));
    }

    /// The Pods that every word holds for.
    public List<PodSummary> among(ClusterView cluster) {
        return query.among(subjects(cluster)).stream().map(Subject::pod).toList();
    }
}
