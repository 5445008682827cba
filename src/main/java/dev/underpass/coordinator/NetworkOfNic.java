package dev.underpass.coordinator;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.Pod;
import dev.underpass.cluster.SpiderpoolResources.NetworkAttachment;
import dev.underpass.coordinator.PodNetwork.Nic;
import dev.underpass.coordinator.PodNetwork.Role;
import dev.underpass.report.JsonText;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which NetworkAttachmentDefinition each of a Pod's NICs is of.
final class NetworkOfNic {

    private NetworkOfNic() {}

    static NetworkAttachment of(ClusterSnapshot snapshot, Pod pod, PodNetwork network, Nic nic) {
        var device = nic.device().value();
        boolean first = nic.equals(network.nics(Role.UNDERLAY).getFirst());
        var name = pod.networks().stream()
                .filter(each -> each.device().equals(device))
                .map(Pod.AttachedNetwork::name)
                .findFirst()
                .or(() -> Optional.ofNullable(pod.annotations().get(Pod.DEFAULT_NETWORK))
                        .filter(_ -> first && network.isUnderlay()))
                .orElseThrow(() -> new Unpredictable(Phrases.UNKNOWN_NETWORK.with(device)));
        return EffectiveSettings.named(snapshot, name).orElseThrow(() -> new Refusal(Phrases.NO_ATTACHMENT.with(name)));
    }

    /// Whether the plugins beside the coordinator are the same, so that they make the same NIC.
    static boolean samePlugins(NetworkAttachment one, NetworkAttachment other) {
        return one.config().equals(other.config()) || plugins(one).equals(plugins(other));
    }

    private static Object plugins(NetworkAttachment attachment) {
        try {
            var tree = new JsonText(attachment.config()).tree();
            return tree.get("plugins") instanceof List<?> plugins
                    ? plugins.stream()
                            .filter(each ->
                                    !(each instanceof Map<?, ?> plugin && "coordinator".equals(plugin.get("type"))))
                            .toList()
                    : tree;
        } catch (IllegalArgumentException _) {
            return attachment.config();
        }
    }
}
