package dev.underpass.diagnosis;

import static java.util.stream.Collectors.toMap;

import dev.underpass.cluster.ObjectName;
import dev.underpass.reachability.Disposition;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// One client for all whose connections end as its own do, so that what they sum up to is worked out once.
final class StandIns {

    private final Analysis analysis;
    private final Map<Alikes.Group, Map<ObjectName, ObjectName>> byGroup = new ConcurrentHashMap<>();
    private final Map<ObjectName, Map<Disposition, Long>> counts = new ConcurrentHashMap<>();

    StandIns(Analysis analysis) {
        this.analysis = analysis;
    }

    ObjectName of(ObjectName client) {
        return byGroup.computeIfAbsent(analysis.group(client), this::standIns).getOrDefault(client, client);
    }

    private Map<ObjectName, ObjectName> standIns(Alikes.Group group) {
        var first = group.members().getFirst();
        var others =
                group.others(Stream.concat(analysis.serviceTargets(first).stream(), analysis.podTargets(first).stream())
                        .toList());
        var plain = group.members().stream()
                .filter(member -> !others.contains(member))
                .toList();
        return plain.stream().collect(toMap(member -> member, _ -> plain.getFirst()));
    }

    Map<Disposition, Long> counts(ObjectName client) {
        return counts.computeIfAbsent(of(client), this::counted);
    }

    private Map<Disposition, Long> counted(ObjectName client) {
        var ends = new EnumMap<Disposition, Long>(Disposition.class);
        analysis.serviceTargets(client)
                .forEach(to -> ends.merge(analysis.outcome(client, to).disposition(), 1L, Long::sum));
        return Map.copyOf(ends);
    }
}
