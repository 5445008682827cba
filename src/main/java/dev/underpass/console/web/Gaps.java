package dev.underpass.console.web;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.NodeName;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.analysis.Freshness;
import dev.underpass.console.analysis.ResourceState;
import dev.underpass.console.objects.Kind;
import dev.underpass.console.objects.Kinds;
import dev.underpass.console.web.Sight.Clarity;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/// What a page cannot show, or shows as it was before: of the resources and of the nodes' reports that it rests on.
///
/// @param missing the nodes without a report that counts
/// @param stale the nodes whose report is not fresh any more
/// @param nodes how many there are
record Gaps(List<Lack> lacks, List<LeftOut> leftOut, List<Old> missing, List<Old> stale, int nodes) {

    /// A page names at most so many of each.
    private static final int NAMED = 6;

    private static final Set<String> ON_REPORTS =
            Set.of("overview", "trace", "reachability", "findings", "topology", "pods", "services", "nodes");

    private static final List<Kind<?>> PATHS =
            List.of(Kinds.POD, Kinds.SERVICE, Kinds.ENDPOINT_SLICE, Kinds.NODE, Kinds.COORDINATOR, Kinds.ATTACHMENT);

    /// The kinds that each section of the console rests on; the first is what it lists.
    private static final Map<String, List<Kind<?>>> KINDS = Map.ofEntries(
            Map.entry("overview", PATHS),
            Map.entry("trace", PATHS),
            Map.entry("reachability", PATHS),
            Map.entry("findings", PATHS),
            Map.entry("topology", PATHS),
            Map.entry("pods", PATHS),
            Map.entry("services", List.of(Kinds.SERVICE, Kinds.ENDPOINT_SLICE, Kinds.POD)),
            Map.entry("nodes", List.of(Kinds.NODE, Kinds.POD)),
            Map.entry("coordinator", List.of(Kinds.COORDINATOR, Kinds.ATTACHMENT)),
            Map.entry("networks", List.of(Kinds.ATTACHMENT, Kinds.MULTUS_CONFIG)),
            Map.entry("pools", List.of(Kinds.IP_POOL, Kinds.RESERVED_IP)),
            Map.entry("reservedips", List.of(Kinds.RESERVED_IP, Kinds.IP_POOL)),
            Map.entry("changes", Kinds.EDITED));

    /// Kinds that are unclear for the same reason.
    ///
    /// @param clarity a key of the page's texts
    /// @param since when the first of them became so
    record Lack(String clarity, List<Sight> sights, Instant since, long ageSeconds) {

        /// Their names, for a sentence.
        public String resources() {
            return String.join(", ", sights.stream().map(Sight::resource).toList());
        }

        /// What the API said, each answer once.
        public List<String> reasons() {
            return sights.stream()
                    .map(Sight::reason)
                    .filter(reason -> !reason.isEmpty())
                    .distinct()
                    .toList();
        }

        /// The verbs that are refused, for a sentence.
        public String verbs() {
            return String.join(", ", sights.stream().map(Sight::verb).distinct().toList());
        }

        /// What to ask Kubernetes, a line for each.
        public String commands() {
            return String.join("\n", sights.stream().map(Sight::command).toList());
        }
    }

    /// An object that cannot be understood.
    record LeftOut(String resource, String name, String reason) {}

    /// A node whose report does not count, or hardly.
    record Old(NodeName node, Freshness freshness) {}

    static Gaps of(String section, List<ResourceState> states, ClusterView cluster, Instant now) {
        var snapshot = cluster.analysis().snapshot();
        var sights = sights(section, states, snapshot);
        var old = ON_REPORTS.contains(section) ? old(cluster) : List.<Old>of();
        return new Gaps(
                lacks(sights, now),
                sights.stream().flatMap(Gaps::leftOut).toList(),
                old.stream().filter(each -> !isStale(each)).toList(),
                old.stream().filter(Gaps::isStale).toList(),
                snapshot.nodes().size());
    }

    private static List<Sight> sights(String section, List<ResourceState> states, ClusterSnapshot snapshot) {
        return KINDS.getOrDefault(section, List.of()).stream()
                .map(kind -> Sight.of(states, snapshot, kind))
                .toList();
    }

    private static List<Lack> lacks(List<Sight> sights, Instant now) {
        var byClarity = sights.stream()
                .filter(sight -> sight.clarity() != Clarity.CLEAR)
                // That Spiderpool is not installed is worth a word only where its objects are looked for.
                .filter(sight -> sight.clarity() != Clarity.ABSENT || sight.equals(sights.getFirst()))
                .collect(groupingBy(Sight::clarity, () -> new EnumMap<>(Clarity.class), toList()));
        return byClarity.entrySet().stream()
                .map(entry -> lack(entry.getKey(), entry.getValue(), now))
                .toList();
    }

    private static Lack lack(Clarity clarity, List<Sight> sights, Instant now) {
        var since = sights.stream()
                .map(Sight::since)
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .orElse(now);
        long age =
                sights.stream().mapToLong(sight -> sight.ageSeconds(now)).max().orElse(0);
        return new Lack(clarity.name(), sights, since, age);
    }

    private static Stream<LeftOut> leftOut(Sight sight) {
        return sight.unreadable().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> new LeftOut(sight.resource(), entry.getKey(), entry.getValue()));
    }

    private static List<Old> old(ClusterView cluster) {
        return cluster.analysis().snapshot().nodes().stream()
                .map(node -> new Old(node.name(), cluster.freshness(node.name())))
                .filter(each -> switch (each.freshness().state()) {
                    case FRESH, RECORDED -> false;
                    case STALE, EXPIRED, MISSING -> true;
                })
                .toList();
    }

    private static boolean isStale(Old old) {
        return old.freshness().state() == Freshness.State.STALE;
    }

    /// Whether an empty list of what the section lists means that there are none.
    static boolean seen(String section, List<ResourceState> states, ClusterSnapshot snapshot) {
        // A bundle may know Pods and nodes by its reports alone.
        return (states.isEmpty() && ON_REPORTS.contains(section))
                || sights(section, states, snapshot).stream().limit(1).allMatch(Sight::observed);
    }

    /// How many of a list a page names.
    public static int named() {
        return NAMED;
    }
}
