package dev.underpass.console.probes;

import dev.underpass.console.NotFoundException;
import dev.underpass.console.events.Happenings;
import dev.underpass.console.reports.ReportListener;
import dev.underpass.report.NodeReport;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// The newest probes by id.
@Component
class Probes implements ReportListener {

    static final int MAX_SIZE = 1_000;

    private final Map<String, Probe> probes = new LinkedHashMap<>();
    private final Happenings happenings;
    private final Clock clock;

    Probes(Happenings happenings, Clock clock) {
        this.happenings = happenings;
        this.clock = clock;
    }

    synchronized void keep(Probe probe) {
        if (!probes.containsKey(probe.id()) && probes.size() >= MAX_SIZE) {
            probes.remove(probes.keySet().iterator().next());
        }
        put(probe);
    }

    private void put(Probe probe) {
        probes.put(probe.id(), probe);
        happenings.tell("probe", probe.id(), ProbeViews.event(probe, clock.instant()));
    }

    /// @throws NotFoundException if it was never asked for, or is forgotten
    synchronized Probe probe(String id) {
        var probe = probes.get(id);
        if (probe == null) {
            throw new NotFoundException("There is no probe %s, or it is forgotten.".formatted(id));
        }
        return probe;
    }

    /// Only the agent of the client's own node answers for a probe.
    @Override
    public Mono<Void> taken(NodeReport report) {
        return Mono.fromRunnable(() -> results(report));
    }

    private synchronized void results(NodeReport report) {
        for (var result : report.probes()) {
            var probe = result.id() == null ? null : probes.get(result.id());
            if (probe != null && probe.node() != null && probe.node().value().equals(report.node())) {
                put(probe.with(List.of(result)));
            }
        }
    }
}
