package dev.underpass.reachability;

import dev.underpass.net.DeviceName;
import dev.underpass.net.IpAddress;
import dev.underpass.net.NotObservedException;
import dev.underpass.net.RouteDecision;
import dev.underpass.netfilter.Choices;
import dev.underpass.netfilter.Evidence;
import dev.underpass.netfilter.Hook;
import dev.underpass.netfilter.HookOutcome;
import dev.underpass.netfilter.PacketFilter;
import dev.underpass.netfilter.Tracked;
import dev.underpass.words.Sentence;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The packet filters of the namespaces that one packet crosses: a rule lets it pass, changes it, or ends it.
final class FilterHooks {

    private final Function<Host, PacketFilter> filters;
    private final Choices choices;
    private final Trail trail;

    FilterHooks(Function<Host, PacketFilter> filters, Choices choices, Trail trail) {
        this.filters = filters;
        this.choices = choices;
        this.trail = trail;
    }

    /// The filters of all namespaces for one simulated connection.
    static Function<Host, PacketFilter> of(Map<Host, PacketFilter> made, IpAddress.Family family) {
        return host -> made.computeIfAbsent(host, each -> new PacketFilter(each.ruleset(family), each.conntrack()));
    }

    /// The packet as it leaves the hook.
    ///
    /// @param in the device that it came in by
    /// @param decision where it goes from here, absent while that is not decided
    /// @throws Ended if it does not leave it
    Tracked pass(Host host, Hook hook, Tracked packet, @Nullable DeviceName in, @Nullable RouteDecision decision)
            throws Ended {
        var out = decision == null ? null : WayOut.device(decision);
        host.ruleset(packet.packet().family());
        if (host.isVirtualServer(packet.packet().destination(), packet.packet().destinationPort())) {
            throw new NotObservedException(Phrases.IPVS.with(host.place(), packet.packet()));
        }
        var outcome = filters.apply(host).traverse(hook, packet, in, out, new WayOut(host, decision), choices);
        outcome.evidence().forEach(evidence -> note(host, hook, evidence, outcome, in == null ? out : in));
        return switch (outcome) {
            case HookOutcome.Accepted(var accepted, var _) -> accepted;
            case HookOutcome.Dropped(var dropped, var by, var _) ->
                throw trail.ended(FilterCause.ofDrop(dropped, by), host, by.line(), detail(hook, by), dropped.packet());
            case HookOutcome.Rejected(var rejected, var by, var with, var _) ->
                throw trail.ended(
                        FilterCause.ofReject(by),
                        host,
                        by.line(),
                        Phrases.ANSWERS_WITH.with(detail(hook, by), with),
                        rejected.packet());
        };
    }

    private static Sentence detail(Hook hook, Evidence by) {
        return Phrases.IN_HOOK.with(by.table(), by.chain(), hook, by.detail());
    }

    private void note(Host host, Hook hook, Evidence evidence, HookOutcome outcome, @Nullable DeviceName device) {
        var step = switch (evidence.step()) {
            case DNAT -> Hop.Step.DNAT;
            case MASQUERADE -> Hop.Step.MASQUERADE;
            case MARK, CONNTRACK -> Hop.Step.CONNTRACK;
            case FILTER -> Hop.Step.FORWARD;
        };
        var packet = switch (outcome) {
            case HookOutcome.Accepted(var tracked, var _) -> tracked.packet();
            case HookOutcome.Dropped(var tracked, var _, var _) -> tracked.packet();
            case HookOutcome.Rejected(var tracked, var _, var _, var _) -> tracked.packet();
        };
        trail.note(host, step, evidence.line(), detail(hook, evidence), packet, device);
    }
}
