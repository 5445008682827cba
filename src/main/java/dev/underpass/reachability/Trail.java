package dev.underpass.reachability;

import dev.underpass.net.DeviceName;
import dev.underpass.net.FibResult;
import dev.underpass.net.Packet;
import dev.underpass.reachability.End.Cause;
import dev.underpass.reachability.End.Phase;
import dev.underpass.words.Sentence;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one packet met on its way, in order, and where it ended.
final class Trail {

    private final Phase phase;
    private final List<Hop> hops = new ArrayList<>();

    Trail(Phase phase) {
        this.phase = phase;
    }

    List<Hop> hops() {
        return List.copyOf(hops);
    }

    /// Notes a decision of a namespace.
    ///
    /// @param packet as it is afterwards
    /// @param device that it came in by, or leaves by
    void note(Host host, Hop.Step step, String evidence, Sentence detail, Packet packet, @Nullable DeviceName device) {
        hops.add(new Hop(host.place(), step, evidence, detail, host.observedAt(), packet, device, List.of()));
    }

    /// Notes the rule that led to a route.
    void noteRule(Host host, FibResult.Found lookup, Sentence detail, Packet packet, DeviceName device) {
        hops.add(new Hop(
                host.place(),
                Hop.Step.RULE,
                lookup.rule().toString(),
                detail,
                host.observedAt(),
                packet,
                device,
                lookup.passed().stream()
                        .map(each -> new Hop.Passed(each.rule().toString(), each.reason()))
                        .toList()));
    }

    void crossFabric(Packet packet, Sentence detail) {
        hops.add(new Hop(Place.UNDERLAY_NETWORK, Hop.Step.LINK, "", detail, null, packet, null, List.of()));
    }

    Ended ended(Cause cause, Host host, String evidence, Sentence detail, Packet packet) {
        return new Ended(new End(cause, phase, host.place(), evidence, detail, packet));
    }

    Ended endedAtRouter(Cause cause, String evidence, Sentence detail, Packet packet) {
        return new Ended(new End(cause, phase, Place.GATEWAY, evidence, detail, packet));
    }
}
