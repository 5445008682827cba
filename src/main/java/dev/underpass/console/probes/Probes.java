package dev.underpass.console.probes;

import dev.underpass.console.NotFoundException;
import dev.underpass.console.events.Happenings;
import dev.underpass.console.reports.ReportListener;
import dev.underpass.console.store.Follower;
import dev.underpass.console.store.Store;
import dev.underpass.console.store.Told;
import dev.underpass.console.store.Topic;
import dev.underpass.report.NodeReport;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// The newest probes by id.
@Component
class Probes implements ReportListener, Follower {

    static final int MAX_SIZE = 1_000;

    private final Map<String, Probe> probes = new LinkedHashMap<>();
    private final Happenings happenings;
    private final Clock clock;

    private final Store store;

    Probes(Happenings happenings, Clock clock, Store store) {
        this.happenings = happenings;
        this.clock = clock;
        this.store = store;
        store.follow(Topic.PROBES, this);
    }

    void keep(Probe probe) {
        kept(probe);
        store.tell(Topic.PROBES, told(probe));
    }

    /// A probe is told when it is asked for, when it fails, and when all of its results are there.
    private static Told told(Probe probe) {
        var state = probe.failure() != null ? " failed" : probe.complete() ? " done" : "";
        return Told.of(probe.id() + state, probe);
    }

    @Override
    public synchronized void hear(Told told) {
        var heard = told.as(Probe.class);
        var known = probes.get(heard.id());
        if (known == null) {
            kept(heard);
        } else if (heard.failure() != null && known.failure() == null) {
            put(known.failed(heard.failure()));
        } else if (heard.complete() && !known.complete()) {
            put(known.with(heard.results()));
        }
    }

    @Override
    public synchronized List<Told> held() {
        return probes.values().stream().map(Probes::told).toList();
    }

    private synchronized void kept(Probe probe) {
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
            throw new NotFoundException(dev.underpass.console.Phrases.NO_PROBE.with(id));
        }
        return probe;
    }

    /// Only the agent of the client's own node answers for a probe.
    @Override
    public Mono<Void> taken(NodeReport report) {
        return Mono.fromRunnable(() -> results(report).forEach(probe -> store.tell(Topic.PROBES, told(probe))));
    }

    @Override
    public void takenElsewhere(NodeReport report) {
        results(report);
    }

    /// The probes that are done by it.
    private synchronized List<Probe> results(NodeReport report) {
        var done = new ArrayList<Probe>();
        for (var result : report.probes()) {
            var probe = result.id() == null ? null : probes.get(result.id());
            if (probe != null && probe.node() != null && probe.node().value().equals(report.node())) {
                var after = probe.with(List.of(result));
                put(after);
                if (after.complete() && !probe.complete()) {
                    done.add(after);
                }
            }
        }
        return done;
    }
}
