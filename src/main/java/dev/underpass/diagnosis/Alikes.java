package dev.underpass.diagnosis;

import static java.util.stream.Collectors.toCollection;

import dev.underpass.cluster.ObjectName;
import dev.underpass.coordinator.DriftItem;
import dev.underpass.net.IpAddress;
import dev.underpass.reachability.Hop;
import dev.underpass.reachability.Likeness;
import dev.underpass.reachability.Target;
import dev.underpass.reachability.Trace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The clients in groups that are alike, so that one of each group is followed for all of it.
final class Alikes {

    private final Likeness likeness;
    private final BiFunction<ObjectName, Target, Trace> traces;
    private final List<Group> groups = new ArrayList<>();
    private final Map<ObjectName, Group> byPod = new HashMap<>();

    /// @param traces what becomes of a connection
    Alikes(List<PodAnalysis> clients, Likeness likeness, BiFunction<ObjectName, Target, Trace> traces) {
        this.likeness = likeness;
        this.traces = traces;
        var members = new LinkedHashMap<String, List<ObjectName>>();
        for (var client : clients) {
            var name = client.pod().name();
            var alike = likeness.of(name).map(each -> each + "\n" + configuration(client));
            members.computeIfAbsent(alike.orElse("only " + name), _ -> new ArrayList<>())
                    .add(name);
        }
        members.values().forEach(each -> groups.add(new Group(each)));
        groups.forEach(group -> group.members.forEach(member -> byPod.put(member, group)));
    }

    /// What the reasons of a failure are taken from besides the reports.
    private static String configuration(PodAnalysis client) {
        var network = client.network();
        return "%s %s %s %s %s"
                .formatted(
                        network.mode(),
                        network.attachment(),
                        network.nics().stream()
                                .map(nic -> nic.device() + " " + nic.role())
                                .toList(),
                        client.settings(),
                        client.drift().stream().map(DriftItem::code).toList());
    }

    List<Group> groups() {
        return groups;
    }

    /// A trace that the client's ends like: its own, or one of a Pod that is alike.
    Trace trace(ObjectName client, Target target) {
        return Objects.requireNonNull(byPod.get(client)).trace(client, target);
    }

    /// The client and those that are alike.
    List<ObjectName> members(ObjectName client) {
        return Objects.requireNonNull(byPod.get(client)).members();
    }

    /// Clients that are alike.
    final class Group {

        private final List<ObjectName> members;
        private final Map<IpAddress, ObjectName> owners = new HashMap<>();
        private final Map<Target, Shared> shared = new ConcurrentHashMap<>();

        Group(List<ObjectName> members) {
            this.members = List.copyOf(members);
            members.forEach(member -> likeness.addresses(member).forEach(address -> owners.put(address, member)));
        }

        /// A trace of one for all but those that connections go to.
        private record Shared(@Nullable Trace trace, Set<ObjectName> others) {}

        List<ObjectName> members() {
            return members;
        }

        Trace trace(ObjectName client, Target target) {
            if (members.size() == 1) {
                return traces.apply(client, target);
            }
            var known = shared.computeIfAbsent(target, this::share);
            return known.trace() == null || known.others().contains(client)
                    ? traces.apply(client, target)
                    : known.trace();
        }

        /// Tells what becomes of all members' connections to the target.
        void judge(Target target, Consumer<Judged> consumer) {
            var alone = members.size() == 1
                    ? Set.<ObjectName>of()
                    : shared.computeIfAbsent(target, this::share).others();
            var together =
                    members.stream().filter(member -> !alone.contains(member)).toList();
            if (!together.isEmpty()) {
                consumer.accept(new Judged(together, trace(together.getFirst(), target)));
            }
            alone.forEach(member -> consumer.accept(new Judged(List.of(member), trace(member, target))));
        }

        private Shared share(Target target) {
            for (var member : members) {
                var trace = traces.apply(member, target);
                var reached = reached(trace).stream()
                        .map(owners::get)
                        .filter(Objects::nonNull)
                        .collect(toCollection(LinkedHashSet::new));
                if (!reached.contains(member)) {
                    return new Shared(trace, reached);
                }
            }
            return new Shared(null, new LinkedHashSet<>(members));
        }
    }

    /// Where packets of the client were headed.
    private static Set<IpAddress> reached(Trace trace) {
        var reached = new HashSet<IpAddress>();
        reached.add(trace.to().address());
        for (var path : trace.paths()) {
            Stream.concat(
                            path.forward().stream().map(Hop::packet),
                            path.end().phase().forward() ? Stream.of(path.end().packet()) : Stream.empty())
                    .forEach(packet -> reached.add(packet.destination()));
            if (path.backend() != null) {
                reached.add(path.backend().address());
            }
        }
        return reached;
    }
}
