package dev.underpass.console.web;

import dev.underpass.console.InvalidInputException;
import dev.underpass.console.Parameters;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.analysis.PodSummary;
import dev.underpass.console.view.RouteLines;
import dev.underpass.coordinator.DriftItem;
import dev.underpass.net.FibResult;
import dev.underpass.net.Flow;
import dev.underpass.net.IpAddress.Family;
import dev.underpass.net.IpStack;
import dev.underpass.net.NotObservedException;
import java.util.List;

/// The routes tab: rules and tables of both families, and which of them decide for an address.
///
/// @param four the IPv4 lines; `six` the IPv6 ones
/// @param dst the address that was asked for, as typed
/// @param winner what decides for it
/// @param error what is wrong with it, empty when nothing is
record RoutesTab(RouteLines four, RouteLines six, List<DriftItem> onNode, String dst, Winner winner, String error) {

    /// The lines that decide for an address; empty where none does.
    ///
    /// @param passed the rules that were tried in vain, each with the reason
    record Winner(String rule, String route, String outcome, List<String> passed) {
        static final Winner NONE = new Winner("", "", "", List.of());
    }

    static RoutesTab of(ClusterView cluster, PodSummary pod, String dst) {
        var winner = Winner.NONE;
        var error = "";
        if (!dst.isBlank()) {
            try {
                winner = winner(cluster, pod, dst);
            } catch (InvalidInputException | NotObservedException e) {
                error = String.valueOf(e.getMessage());
            }
        }
        return new RoutesTab(
                RouteLines.of(cluster, pod, Family.IPV4),
                RouteLines.of(cluster, pod, Family.IPV6),
                pod.analysis().drift().stream().filter(DriftItem::onNode).toList(),
                dst,
                winner,
                error);
    }

    private static Winner winner(ClusterView cluster, PodSummary pod, String dst) {
        var address = Parameters.address("dst", dst);
        var stack = new IpStack(RouteLines.state(cluster, pod));
        var result = stack.fib(address.family()).lookup(Flow.to(address));
        var passed = result.passed().stream()
                .map(each -> each.rule() + ": " + each.reason())
                .toList();
        return switch (result) {
            case FibResult.Found found ->
                new Winner(found.rule().toString(), found.route().toString(), "", passed);
            case FibResult.Refused refused ->
                new Winner(
                        refused.rule().toString(),
                        refused.line(),
                        refused.type().toString(),
                        passed);
            case FibResult.NoRoute _ -> new Winner("", "", "unreachable: no rule leads to a route", passed);
        };
    }

    /// Whether a line, of the one family or the other, is the one that decides.
    public boolean wins(String text, boolean ofSix) {
        return dst.contains(":") == ofSix
                && !text.isEmpty()
                && (text.equals(winner.rule()) || text.equals(winner.route()));
    }
}
