package dev.underpass.diagnosis;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.ObjectName;
import dev.underpass.cluster.Pod;
import dev.underpass.coordinator.Recreation;
import dev.underpass.coordinator.Recreation.Outcome;
import dev.underpass.coordinator.Settled;
import dev.underpass.diagnosis.RecreatedPod.Effect;
import dev.underpass.diagnosis.RecreatedPod.LineChange;
import dev.underpass.diagnosis.RecreatedPod.LineChange.Where;
import dev.underpass.diagnosis.edit.PoolRoom;
import dev.underpass.report.PodReport;
import dev.underpass.words.Sentence;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A cluster in which everything that an edit concerns was restarted.
///
/// @param running the edited cluster before anything was restarted
/// @param restarted the cluster in which the stale Pods were made anew, and nothing was edited
/// @param snapshot the cluster afterwards; Pods that cannot start or cannot be told are in it as they are now
/// @param pods what the edit changes for Pods that are made anew
/// @param stale of these, the Pods that would differ from today although nothing were edited
/// @param kubeProxy whether kube-proxy is to be restarted
/// @param doubt why Services' rules cannot be told; absent when they can
record Rebuilt(
        ClusterSnapshot running,
        ClusterSnapshot restarted,
        ClusterSnapshot snapshot,
        List<RecreatedPod> pods,
        List<ObjectName> stale,
        boolean kubeProxy,
        @Nullable Sentence doubt) {

    static Rebuilt of(Analysis before, ClusterSnapshot edited) {
        var settled = Settled.of(before.snapshot(), edited);
        var proxy = ProxyEdit.between(before.snapshot(), edited);
        var nodes = new Nodes(before.snapshot(), settled);
        before.pods().forEach(nodes::rebuild);
        PoolRoom.after(before.snapshot(), edited).forEach(nodes::displace);
        return new Rebuilt(
                settled.snapshot(),
                before.snapshot().withReports(nodes.plain.reports(Optional.empty())),
                settled.snapshot().withReports(nodes.edited.reports(proxy.edit())),
                nodes.pods,
                nodes.stale,
                proxy.edit().isPresent() || proxy.doubt() != null,
                proxy.doubt());
    }

    /// What makes the Pod anew, or the Pod itself.
    static String workload(Pod pod) {
        var name = pod.name();
        var workload = pod.workload();
        return workload == null ? "Pod " + name : workload.replaceFirst(" ", " " + name.namespace() + "/");
    }

    /// The nodes while one Pod after the other is made anew.
    private static final class Nodes {

        private final ClusterSnapshot now;
        private final Settled settled;
        private final MadeAnew edited;
        private final MadeAnew plain;
        private final List<RecreatedPod> pods = new ArrayList<>();
        private final List<ObjectName> stale = new ArrayList<>();

        Nodes(ClusterSnapshot now, Settled settled) {
            this.now = now;
            this.settled = settled;
            this.edited = new MadeAnew(now.reports());
            this.plain = new MadeAnew(now.reports());
        }

        void rebuild(PodAnalysis pod) {
            var report = report(pod);
            if (!pod.network().hasUnderlay() || report == null) {
                return;
            }
            var host = NodeReportOf.host(now, pod.network().node());
            var old = Recreation.of(now, now, pod.pod(), pod.network(), report.network(), host);
            var outcome = Recreation.of(now, settled.snapshot(), pod.pod(), pod.network(), report.network(), host);
            if (old.equals(outcome) && !(outcome instanceof Outcome.Unknown && touched())) {
                return;
            }
            if (old instanceof Outcome.Made made
                    && !LineChanges.between(report.network(), made.pod(), Where.POD)
                            .isEmpty()) {
                stale.add(pod.pod().name());
                plain.put(pod, report, made);
            }
            pods.add(new RecreatedPod(pod.pod().name(), Rebuilt.workload(pod.pod()), effect(pod, report, outcome)));
        }

        /// The Pod gets another address of its pool, if there is one left.
        void displace(PoolRoom room) {
            var known =
                    pods.stream().filter(pod -> pod.pod().equals(room.pod())).findFirst();
            var workload = known.map(RecreatedPod::workload).orElseGet(() -> workload(room.pod()));
            var effect = displaced(room, known.map(RecreatedPod::effect).orElse(new Effect.Differs(List.of())));
            pods.removeIf(pod -> pod.pod().equals(room.pod()));
            pods.add(new RecreatedPod(room.pod(), workload, effect));
        }

        private static Effect displaced(PoolRoom room, Effect known) {
            int wanted = room.wanted();
            if (room.free().signum() == 0) {
                return new Effect.CannotStart(Phrases.POOL_EXHAUSTED.with(room.pool()));
            }
            if (room.free().compareTo(BigInteger.valueOf(wanted)) < 0) {
                return new Effect.Unknown(Phrases.POOL_SHORT.with(room.pool(), room.free(), wanted));
            }
            if (!(known instanceof Effect.Differs(var lines))) {
                return known;
            }
            var changes = new ArrayList<>(lines);
            changes.add(new LineChange(false, Where.POD, "address " + room.address()));
            changes.add(new LineChange(
                    true, Where.POD, "address: one of %d free ones of %s".formatted(room.free(), room.pool())));
            return new Effect.Differs(changes);
        }

        private String workload(ObjectName name) {
            return now.pods().stream()
                    .filter(pod -> pod.name().equals(name))
                    .findFirst()
                    .map(Rebuilt::workload)
                    .orElse("Pod " + name);
        }

        /// Whether the edit is about what the coordinator goes by.
        private boolean touched() {
            var before = now.spiderpool();
            var after = settled.snapshot().spiderpool();
            return !before.coordinators().equals(after.coordinators())
                    || !before.networkAttachments().equals(after.networkAttachments())
                    || !before.ipPools().equals(after.ipPools());
        }

        private Effect effect(PodAnalysis pod, PodReport report, Outcome outcome) {
            if (settled.doubt() != null) {
                return new Effect.Unknown(settled.doubt());
            }
            return switch (outcome) {
                case Outcome.Refused(var reason) -> new Effect.CannotStart(reason);
                case Outcome.Unknown(var reason) -> new Effect.Unknown(reason);
                case Outcome.Made made -> {
                    var lines = new ArrayList<>(LineChanges.between(report.network(), made.pod(), Where.POD));
                    lines.addAll(edited.put(pod, report, made));
                    yield new Effect.Differs(lines);
                }
            };
        }

        private @Nullable PodReport report(PodAnalysis pod) {
            return NodeReportOf.pod(now, pod.network().node(), pod.pod().name()).orElse(null);
        }
    }
}
