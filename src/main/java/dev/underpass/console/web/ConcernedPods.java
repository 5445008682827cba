package dev.underpass.console.web;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.ObjectName;
import dev.underpass.cluster.Pod;
import dev.underpass.cluster.SpiderpoolResources.NetworkAttachment;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.edit.EditedKind;
import dev.underpass.diagnosis.PodAnalysis;
import dev.underpass.diagnosis.edit.NetworkUse;
import dev.underpass.diagnosis.edit.Setting;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The Pods whose NICs are set up by what was changed.
final class ConcernedPods {

    private static final String SPEC = "spec.";
    /// Spiderpool's controller reads it of the SpiderCoordinator; networks have no say in it.
    private static final String OF_THE_CONTROLLER = "podCIDRType";

    private ConcernedPods() {}

    static Stream<PodAnalysis> of(ClusterView cluster, ChangeRow row) {
        var all = cluster.analysis().pods().stream();
        if (row.kind().equals(EditedKind.RESERVED_IP.kind().kind())) {
            // Which addresses are not given away any more matters to those alone who ask for one.
            return Stream.empty();
        }
        if (row.kind().equals(EditedKind.MULTUS_CONFIG.kind().kind())) {
            var use = NetworkUse.of(cluster.analysis().snapshot(), ObjectName.parse(row.name()));
            var users = Set.copyOf(use.all());
            return all.filter(pod -> users.contains(pod.pod().name()));
        }
        if (row.kind().equals(EditedKind.IP_POOL.kind().kind())) {
            return all.filter(pod -> cluster.pools(pod.pod().name()).contains(row.name()));
        }
        var heeding = heeding(cluster.analysis().snapshot(), settings(row));
        return all.filter(pod -> pod.network().hasUnderlay() && heeds(pod.pod(), heeding));
    }

    /// The coordinator's settings that were changed; none where more was changed than networks can say otherwise.
    private static List<Setting> settings(ChangeRow row) {
        var fields = row.fields().stream().map(ObjectDiff.Field::field).toList();
        var settings = Setting.ALL.stream()
                .filter(each -> fields.contains(SPEC + each.field()))
                .filter(each -> !each.field().equals(OF_THE_CONTROLLER))
                .toList();
        return settings.size() == fields.size() ? settings : List.of();
    }

    /// Whether each network, by its name and, without its namespace, the first of a name, heeds the SpiderCoordinator
    /// in one of the settings at least: not where it says all of them itself, nor without the coordinator.
    private static Map<String, Boolean> heeding(ClusterSnapshot now, List<Setting> settings) {
        var heeding = new HashMap<String, Boolean>();
        for (var network : now.spiderpool().networkAttachments()) {
            boolean heeds = heeds(network, settings);
            heeding.put(network.name().toString(), heeds);
            heeding.putIfAbsent(network.name().name(), heeds);
        }
        return heeding;
    }

    private static boolean heeds(NetworkAttachment network, List<Setting> settings) {
        var own = network.coordinator();
        return own != null
                && (settings.isEmpty()
                        || settings.stream().anyMatch(each -> each.in(own).isEmpty()));
    }

    /// Where none of its networks is known, nothing says that it does not.
    private static boolean heeds(Pod pod, Map<String, Boolean> heeding) {
        var known = Stream.concat(
                        Optional.ofNullable(pod.annotations().get(Pod.DEFAULT_NETWORK)).stream(),
                        pod.networks().stream().map(Pod.AttachedNetwork::name))
                .filter(heeding::containsKey)
                .toList();
        return known.isEmpty() || known.stream().anyMatch(heeding::get);
    }
}
