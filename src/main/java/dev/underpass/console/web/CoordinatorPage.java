package dev.underpass.console.web;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.SpiderpoolResources.Coordinator;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.coordinator.CidrDiscovery;
import dev.underpass.coordinator.KnownRange;
import dev.underpass.diagnosis.edit.Setting;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The SpiderCoordinators, what holds because of them, and the Pods that were made with other settings.
///
/// @param stale the Pods that differ, at most as many as a page shows
record CoordinatorPage(Sight networks, List<One> coordinators, List<StalePods.Stale> stale, int staleAll) {

    /// One SpiderCoordinator. Only the first counts.
    ///
    /// @param podCidrType what `podCIDRType` comes to; empty where nothing that was read tells
    record One(Coordinator coordinator, boolean counts, String podCidrType, List<Row> settings, List<CidrRow> ranges) {}

    /// A setting.
    ///
    /// @param value empty where nothing is set, and nothing by default
    /// @param given whether the SpiderCoordinator itself says so
    /// @param overrides the networks that say otherwise
    record Row(String field, String value, boolean given, List<String> overrides) {}

    /// A range that is steered to the node, or ought to be.
    ///
    /// @param use a key of the page's words
    /// @param inStatus whether the status has it; absent for a range that is set by hand
    /// @param sources the resources that tell of it
    record CidrRow(String range, String use, @Nullable Boolean inStatus, List<String> sources) {}

    static CoordinatorPage of(ClusterView cluster, Sight networks) {
        var snapshot = cluster.analysis().snapshot();
        var all = snapshot.spiderpool().coordinators();
        var stale = StalePods.of(cluster);
        return new CoordinatorPage(
                networks,
                all.stream()
                        .map(each -> one(snapshot, each, each.equals(all.getFirst())))
                        .toList(),
                stale.stream().limit(Paging.SIZE).toList(),
                stale.size());
    }

    private static One one(ClusterSnapshot snapshot, Coordinator coordinator, boolean counts) {
        var type = coordinator.settings().podCidrType();
        var found = CidrDiscovery.of(snapshot, type == null ? "auto" : type);
        var settings = Setting.ALL.stream()
                .map(setting -> row(snapshot, coordinator, setting))
                .toList();
        boolean told = !found.podCidrType().equals("none")
                || snapshot.reports().values().stream()
                        .anyMatch(report -> report.host().cniConfig() != null);
        return new One(coordinator, counts, told ? found.podCidrType() : "", settings, ranges(coordinator, found));
    }

    private static Row row(ClusterSnapshot snapshot, Coordinator coordinator, Setting setting) {
        var value = setting.of(coordinator.settings());
        var overrides = overrides(snapshot, setting, value);
        boolean automatic = value.isEmpty() && setting.field().equals("podCIDRType");
        return new Row(
                setting.field(),
                automatic ? "auto" : value,
                setting.in(coordinator.settings()).isPresent(),
                overrides);
    }

    /// The networks that give another value than this one, each with its own.
    static List<String> overrides(ClusterSnapshot snapshot, Setting setting, String value) {
        return snapshot.spiderpool().networkAttachments().stream()
                .filter(network -> network.coordinator() != null)
                .flatMap(network -> setting
                        .in(network.coordinator())
                        .filter(other -> !other.equals(value))
                        .map(other -> "%s: %s".formatted(network.name(), other))
                        .stream())
                .toList();
    }

    private static List<CidrRow> ranges(Coordinator coordinator, CidrDiscovery found) {
        var rows = new ArrayList<CidrRow>();
        rows.addAll(rows("services", KnownRange.services(coordinator, found)));
        rows.addAll(rows("pods", KnownRange.overlayPods(coordinator, found)));
        var given = coordinator.settings().hijackCidrs();
        if (given != null) {
            given.forEach(text -> rows.add(new CidrRow(text, "hijack", null, List.of("spec.hijackCIDR"))));
        }
        return rows;
    }

    private static List<CidrRow> rows(String use, List<KnownRange> ranges) {
        return ranges.stream()
                .map(range -> new CidrRow(range.prefix().toString(), use, range.inStatus(), range.sources()))
                .toList();
    }
}
