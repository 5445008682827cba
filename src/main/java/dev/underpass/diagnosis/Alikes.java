package dev.underpass.diagnosis;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toList;

import dev.underpass.cluster.ObjectName;
import dev.underpass.coordinator.DriftItem;
import dev.underpass.coordinator.PodNetwork.Nic;
import dev.underpass.net.IpAddress;
import dev.underpass.reachability.Disposition;
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
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The clients in groups that are alike, so that one of each group is followed for all of it. What was followed is not
/// kept, only what becomes of it: a cluster has many more pairs than there is room for their traces.
final class Alikes {

    private final Likeness likeness;
    private final Follower follower;
    private final List<Group> groups = new ArrayList<>();
    private final Map<ObjectName, Group> byPod = new HashMap<>();
    private final Map<Outcome, Outcome> outcomes = new ConcurrentHashMap<>();

    /// What tells what becomes of connections.
    interface Follower {

        /// Follows a connection.
        Trace follow(ObjectName from, Target to);

        /// What a connection that was followed came to.
        Outcome outcome(Trace trace);
    }

    /// What becomes of a client's connections to a target.
    ///
    /// @param followed whose connection was followed: the client's own, or that of one that is alike
    record Answer(ObjectName followed, Outcome outcome) {}

    Alikes(List<PodAnalysis> clients, Likeness likeness, Follower follower) {
        this.likeness = likeness;
        this.follower = follower;
        var members = clients.parallelStream()
                .collect(groupingBy(
                        this::alike,
                        LinkedHashMap::new,
                        mapping(client -> client.pod().name(), toList())));
        members.values().forEach(each -> groups.add(new Group(each)));
        groups.forEach(group -> group.members.forEach(member -> byPod.put(member, group)));
    }

    /// What clients that are alike have in common.
    private String alike(PodAnalysis client) {
        var name = client.pod().name();
        return likeness.of(name)
                .map(each -> each + "\n" + configuration(client))
                .orElse("only " + name);
    }

    /// What the reasons of a failure are taken from besides the reports.
    private static String configuration(PodAnalysis client) {
        var network = client.network();
        return "%s %s %s %s %s"
                .formatted(
                        network.mode(),
                        network.attachment(),
                        network.nics().stream().map(Alikes::configuration).toList(),
                        client.settings(),
                        client.drift().stream().map(DriftItem::code).toList());
    }

    private static String configuration(Nic nic) {
        return nic.device() + " " + nic.role() + " "
                + nic.addresses().stream().map(IpAddress::family).toList();
    }

    List<Group> groups() {
        return groups;
    }

    /// What becomes of the client's connections to the target.
    Answer answer(ObjectName client, Target target) {
        return group(client).answer(client, target);
    }

    /// The client and those that are alike.
    List<ObjectName> members(ObjectName client) {
        return group(client).members();
    }

    Group group(ObjectName client) {
        return Objects.requireNonNull(byPod.get(client));
    }

    private Answer answered(ObjectName followed, Trace trace) {
        var outcome = follower.outcome(trace);
        return new Answer(followed, outcomes.computeIfAbsent(outcome, each -> each));
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

        /// What holds for all but those that connections go to, each of which has its own answer.
        ///
        /// @param answer absent where there is nobody that it holds for
        private record Shared(@Nullable Answer answer, Map<ObjectName, Answer> others) {

            Answer of(ObjectName client) {
                var own = others.get(client);
                return own == null ? Objects.requireNonNull(answer) : own;
            }
        }

        List<ObjectName> members() {
            return members;
        }

        Answer answer(ObjectName client, Target target) {
            return shared(target).of(client);
        }

        /// Those that connections to one of the targets go to: their answers may be others than all the rest's.
        Set<ObjectName> others(List<Target> targets) {
            return targets.stream()
                    .flatMap(target -> shared(target).others().keySet().stream())
                    .collect(toCollection(HashSet::new));
        }

        /// Adds how all members' connections to the target end.
        void count(Target target, Map<Disposition, Long> counts) {
            var all = shared(target);
            if (all.answer() != null) {
                long together = (long) members.size() - all.others().size();
                counts.merge(all.answer().outcome().disposition(), together, Long::sum);
            }
            all.others().values().forEach(own -> counts.merge(own.outcome().disposition(), 1L, Long::sum));
        }

        private Shared shared(Target target) {
            var known = shared.get(target);
            return known == null ? share(target, _ -> {}) : known;
        }

        /// Tells what becomes of all members' connections to the target.
        void judge(Target target, Consumer<Judged> consumer) {
            share(target, consumer);
        }

        private Shared share(Target target, Consumer<Judged> consumer) {
            var tried = new LinkedHashMap<ObjectName, Trace>();
            for (var member : members) {
                var trace = follower.follow(member, target);
                var reached = reached(trace).stream()
                        .map(owners::get)
                        .filter(Objects::nonNull)
                        .collect(toCollection(LinkedHashSet::new));
                if (!reached.contains(member)) {
                    return keep(target, consumer, trace, reached, tried);
                }
                tried.put(member, trace);
            }
            return keep(target, consumer, null, new LinkedHashSet<>(members), tried);
        }

        /// @param trace what holds for all but `alone`; absent where those are all
        /// @param tried what was followed before
        private Shared keep(
                Target target,
                Consumer<Judged> consumer,
                @Nullable Trace trace,
                Set<ObjectName> alone,
                Map<ObjectName, Trace> tried) {
            Answer answer = null;
            if (trace != null) {
                answer = answered(trace.from(), trace);
                consumer.accept(new Judged(
                        members.stream()
                                .filter(member -> !alone.contains(member))
                                .toList(),
                        trace));
            }
            var others = new HashMap<ObjectName, Answer>();
            for (var member : alone) {
                var own = tried.containsKey(member)
                        ? Objects.requireNonNull(tried.get(member))
                        : follower.follow(member, target);
                others.put(member, answered(member, own));
                consumer.accept(new Judged(List.of(member), own));
            }
            var all = new Shared(answer, Map.copyOf(others));
            shared.put(target, all);
            return all;
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
