package dev.underpass.console.recordings;

import static java.util.stream.Collectors.toMap;

import dev.underpass.cluster.NodeName;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.diagnosis.Finding;
import dev.underpass.reachability.Disposition.Fold;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// What is told of a recording without opening it.
///
/// @param id its time, which is the name of its files as well
/// @param why `interval`, `findings` or `asked`
/// @param codes of the findings
/// @param pools how many addresses each had allocated, of how many
/// @param receivedAt when the console took each node's report; of a bundle's reports, nobody knows
public record Recording(
        String id,
        Instant at,
        String why,
        int pods,
        long reachable,
        long unreachable,
        long undetermined,
        List<String> codes,
        Map<String, Use> pools,
        Map<String, Instant> receivedAt) {

    private static final Pattern ID = Pattern.compile("\\d{8}T\\d{6}Z");
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    public Recording {
        codes = List.copyOf(codes);
        pools = Map.copyOf(pools);
        receivedAt = Map.copyOf(receivedAt);
    }

    /// Of how many addresses of a pool how many are allocated.
    public record Use(BigInteger allocated, BigInteger total) {}

    static Recording of(ClusterView cluster, Instant now, String why) {
        // Nothing newer is known, or it is not in the recording.
        var at = (cluster.superseded() ? cluster.knownAt() : now).truncatedTo(ChronoUnit.SECONDS);
        var pairs = cluster.pairs();
        return new Recording(
                STAMP.format(at),
                at,
                why,
                cluster.pods().size(),
                pairs.getOrDefault(Fold.REACHABLE, 0L),
                pairs.getOrDefault(Fold.UNREACHABLE, 0L),
                pairs.getOrDefault(Fold.UNDETERMINED, 0L),
                codes(cluster),
                cluster.poolCounts().entrySet().stream()
                        .collect(toMap(
                                Map.Entry::getKey,
                                pool -> new Use(
                                        pool.getValue().allocated(),
                                        pool.getValue().total()))),
                cluster.receivedAt().entrySet().stream()
                        .collect(toMap(entry -> entry.getKey().value(), Map.Entry::getValue)));
    }

    static List<String> codes(ClusterView cluster) {
        return cluster.findings().stream()
                .map(Finding::code)
                .sorted()
                .distinct()
                .toList();
    }

    /// When they were taken, by the nodes' names.
    Map<NodeName, Instant> byNode() {
        return receivedAt.entrySet().stream()
                .collect(toMap(entry -> new NodeName(entry.getKey()), Map.Entry::getValue));
    }

    /// Whether a text can be one's id.
    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }
}
