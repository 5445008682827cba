package dev.underpass.console.analysis;

import static java.util.stream.Collectors.toMap;

import dev.underpass.cluster.NodeName;
import dev.underpass.console.analysis.LiveCluster.Published;
import dev.underpass.console.bundle.Bundle;
import dev.underpass.console.objects.Kind;
import dev.underpass.report.NodeReport;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What an analysis rests on, beside what is known by now.
///
/// @param newest what is known by now
/// @param recorded the objects of each kind that people edit, where this is a recording
record Basis(
        Publication publication, Supplier<Publication> newest, Clock clock, Map<Kind<?>, List<JsonNode>> recorded) {

    private static final Duration NOTICEABLE = Duration.ofSeconds(2);

    /// The number of no publication.
    private static final long RECORDED = -1;

    /// Nothing newer is known of a recording, and its reports are as old as they were then.
    static Basis recorded(Bundle bundle, Map<NodeName, Instant> receivedAt, Instant at) {
        var clock = Clock.fixed(at, ZoneOffset.UTC);
        var receipts = new HashMap<NodeName, Receipt>();
        bundle.reports().forEach((node, report) -> receipts.put(node, new Receipt(report, receivedAt.get(node))));
        var publication = new Publication(Published.of(bundle.resources(), receipts, clock), RECORDED, at, 0);
        return new Basis(publication, () -> publication, clock, bundle.edited());
    }

    boolean isRecorded() {
        return publication.number() == RECORDED;
    }

    boolean superseded() {
        return publication.number() < newest.get().number();
    }

    boolean behind() {
        return superseded() && publication.at().plus(NOTICEABLE).isBefore(clock.instant());
    }

    /// The node's newest report; absent without one.
    @Nullable
    Receipt receipt(@Nullable NodeName node) {
        return node == null ? null : newest.get().known().receipts().get(node);
    }

    Freshness freshness(@Nullable NodeName node) {
        var receipt = receipt(node);
        return receipt == null ? Freshness.MISSING : receipt.freshness(clock.instant());
    }

    /// The reports that the analysis rests on.
    Map<NodeName, NodeReport> reports() {
        return counted()
                .collect(toMap(Map.Entry::getKey, entry -> entry.getValue().report()));
    }

    Map<NodeName, Instant> receivedAt() {
        return counted()
                .filter(entry -> entry.getValue().receivedAt() != null)
                .collect(toMap(
                        Map.Entry::getKey,
                        entry -> Objects.requireNonNull(entry.getValue().receivedAt())));
    }

    private Stream<Map.Entry<NodeName, Receipt>> counted() {
        return publication.known().receipts().entrySet().stream()
                .filter(entry -> !entry.getValue().expired(publication.at()));
    }
}
