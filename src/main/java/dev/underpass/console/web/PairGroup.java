package dev.underpass.console.web;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.underpass.cluster.ObjectName;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.view.ComparisonView.ChangeView;
import dev.underpass.console.view.ComparisonView.VerdictView;
import dev.underpass.console.view.WhatIfView.ReachabilityView;
import dev.underpass.reachability.Disposition;
import dev.underpass.reachability.Disposition.Fold;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Pairs of Pods that are attached alike, whose verdict an edit changes in the same way.
///
/// @param attachment of the Pods today
/// @param before the verdict today; absent where there is none
/// @param after the one then; absent where the Pod cannot start, or where there is no such Service
/// @param code why it fails or cannot be told, today or then; empty where no code says it
record PairGroup(
        String attachment,
        @Nullable Fold before,
        @Nullable Fold after,
        String code,
        int pods,
        int services,
        int pairs) {

    private record Kind(
            String attachment,
            @Nullable Fold before,
            @Nullable Fold after,
            String code) {}

    /// All groups of pairs that are lost, cannot be told or are gained, in this order, the largest first.
    static List<PairGroup> of(ClusterView cluster, ReachabilityView reachability) {
        var attachments = new HashMap<String, String>();
        return Stream.of(reachability.lost(), reachability.undetermined(), reachability.gained())
                .flatMap(changes -> groups(cluster, changes, attachments))
                .toList();
    }

    private static Stream<PairGroup> groups(
            ClusterView cluster, List<ChangeView> changes, Map<String, String> attachments) {
        return changes.stream()
                .collect(groupingBy(change -> kind(cluster, change, attachments), LinkedHashMap::new, toList()))
                .entrySet()
                .stream()
                .map(each -> of(each.getKey(), each.getValue()))
                .sorted(Comparator.comparingInt(PairGroup::pairs).reversed());
    }

    private static Kind kind(ClusterView cluster, ChangeView change, Map<String, String> attachments) {
        var attachment = attachments.computeIfAbsent(change.from(), pod -> attachment(cluster, pod));
        return new Kind(attachment, fold(change.before()), fold(change.after()), code(change));
    }

    private static PairGroup of(Kind kind, List<ChangeView> changes) {
        long pods = changes.stream().map(ChangeView::from).distinct().count();
        long services = changes.stream()
                .map(change -> Objects.requireNonNullElse(
                        change.to().service(), change.to().address()))
                .distinct()
                .count();
        return new PairGroup(
                kind.attachment(),
                kind.before(),
                kind.after(),
                kind.code(),
                (int) pods,
                (int) services,
                changes.size());
    }

    private static String attachment(ClusterView cluster, String pod) {
        return cluster.pod(ObjectName.parse(pod))
                .map(each -> each.analysis().network().attachment())
                .orElse("");
    }

    private static @Nullable Fold fold(@Nullable VerdictView verdict) {
        return verdict == null
                ? null
                : Disposition.valueOf(verdict.disposition()).fold();
    }

    private static String code(ChangeView change) {
        return Stream.of(change.after(), change.before())
                .filter(Objects::nonNull)
                .map(VerdictView::code)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("");
    }
}
