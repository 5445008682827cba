package dev.underpass.console.web;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.NodeName;
import dev.underpass.cluster.ObjectName;
import dev.underpass.cluster.SpiderpoolResources.MultusConfig;
import dev.underpass.cluster.SpiderpoolResources.NetworkAttachment;
import dev.underpass.diagnosis.edit.NetworkUse;
import dev.underpass.diagnosis.edit.Setting;
import dev.underpass.net.DeviceName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A network that Pods can be attached to: a NetworkAttachmentDefinition, the SpiderMultusConfig it is made of, or
/// both.
///
/// @param attachment absent while Spiderpool has made none
/// @param multus absent where people wrote the attachment themselves
/// @param chain what its configuration chains
/// @param overrides the settings that it gives the coordinator
/// @param master on how many nodes its parent device is; absent without one
/// @param pods those that use it
record NetworkRow(
        ObjectName name,
        @Nullable NetworkAttachment attachment,
        @Nullable MultusConfig multus,
        CniChain chain,
        List<OwnSetting> overrides,
        @Nullable Master master,
        List<ObjectName> pods) {

    /// A setting of the coordinator that the network gives.
    record OwnSetting(String field, String value) {}

    /// The device on the nodes that the network's NICs hang on.
    ///
    /// @param on the nodes that have it
    /// @param missing those that have not
    /// @param unknown those of which no device is known
    record Master(String device, List<NodeName> on, List<NodeName> missing, List<NodeName> unknown) {}

    /// All networks by name.
    static List<NetworkRow> all(ClusterSnapshot snapshot) {
        var attachments = byName(snapshot.spiderpool().networkAttachments().stream(), NetworkAttachment::name);
        var multus = byName(snapshot.spiderpool().multusConfigs().stream(), MultusConfig::name);
        var names = new TreeSet<>(attachments.keySet());
        names.addAll(multus.keySet());
        return names.stream()
                .map(name -> of(snapshot, name, attachments.get(name), multus.get(name)))
                .toList();
    }

    private static <T> Map<ObjectName, T> byName(Stream<T> objects, Function<T, ObjectName> name) {
        return objects.collect(Collectors.toMap(name, each -> each, (first, again) -> first));
    }

    private static NetworkRow of(
            ClusterSnapshot snapshot,
            ObjectName name,
            @Nullable NetworkAttachment attachment,
            @Nullable MultusConfig multus) {
        var settings = attachment != null ? attachment.coordinator() : multus != null ? multus.coordinator() : null;
        var overrides = new ArrayList<OwnSetting>();
        if (settings != null) {
            for (var setting : Setting.ALL) {
                setting.in(settings).ifPresent(value -> overrides.add(new OwnSetting(setting.field(), value)));
            }
        }
        var master = attachment == null ? null : attachment.master();
        return new NetworkRow(
                name,
                attachment,
                multus,
                CniChain.of(attachment == null ? "" : attachment.config()),
                overrides,
                master == null ? null : master(snapshot, master),
                NetworkUse.of(snapshot, name).all());
    }

    private static Master master(ClusterSnapshot snapshot, DeviceName device) {
        var on = new ArrayList<NodeName>();
        var missing = new ArrayList<NodeName>();
        var unknown = new ArrayList<NodeName>();
        snapshot.nodes().stream()
                .map(node -> node.name())
                .sorted(Comparator.comparing(NodeName::value))
                .forEach(node -> {
                    var has = has(snapshot, node, device);
                    (has.isEmpty() ? unknown : has.get() ? on : missing).add(node);
                });
        return new Master(device.value(), on, missing, unknown);
    }

    private static Optional<Boolean> has(ClusterSnapshot snapshot, NodeName node, DeviceName device) {
        return Optional.ofNullable(snapshot.reports().get(node))
                .map(report -> report.host().namespace().network().links())
                .map(links -> links.stream().anyMatch(link -> link.name().equals(device)));
    }

    /// Whether its configuration chains the coordinator.
    public boolean coordinated() {
        return attachment != null ? attachment.coordinator() != null : multus != null && multus.enableCoordinator();
    }

    /// The plugin that makes the NIC.
    public String plugin() {
        return attachment != null
                ? attachment.mainPlugin()
                : Objects.requireNonNull(multus).cniType();
    }

    /// The pools that it names and that are not there.
    public Set<String> missingPools(ClusterSnapshot snapshot) {
        var missing = new HashSet<>(chain.pools());
        snapshot.spiderpool().ipPools().forEach(pool -> missing.remove(pool.name()));
        return missing;
    }
}
