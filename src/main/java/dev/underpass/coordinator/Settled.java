package dev.underpass.coordinator;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.CoordinatorSettings;
import dev.underpass.cluster.SpiderpoolResources.Coordinator;
import dev.underpass.cluster.SpiderpoolResources.MultusConfig;
import dev.underpass.cluster.SpiderpoolResources.NetworkAttachment;
import dev.underpass.coordinator.CidrDiscovery.Range;
import dev.underpass.net.IpPrefix;
import dev.underpass.words.Sentence;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A cluster after Spiderpool's controllers took note of an edit: the SpiderCoordinator's status has the ranges that
/// are found now, and SpiderMultusConfigs' networks are written again.
///
/// @param doubt why the ranges cannot be told; absent when they can
public record Settled(ClusterSnapshot snapshot, @Nullable Sentence doubt) {

    /// Works out what the controllers write.
    public static Settled of(ClusterSnapshot now, ClusterSnapshot edited) {
        var attachments = attachments(now, edited);
        var old = first(now);
        var coordinator = first(edited);
        if (old.isEmpty() && coordinator.isPresent() && coordinator.get().serviceCidrs() == null) {
            return found(edited, coordinator.get(), attachments);
        }
        boolean told = coordinator.isEmpty() || old.isEmpty() || !sameStatus(old.get(), coordinator.get());
        if (told) {
            return new Settled(with(edited, edited.spiderpool().coordinators(), attachments), null);
        }
        var before = CidrDiscovery.of(now, type(old.get()));
        var after = CidrDiscovery.of(edited, type(coordinator.get()));
        var services = moved(coordinator.get().serviceCidrs(), before.services(), after.services());
        var pods = moved(coordinator.get().overlayPodCidrs(), before.overlayPods(), after.overlayPods());
        var lost = after.overlayPods().isEmpty()
                && !before.overlayPods().isEmpty()
                && !after.podCidrType().equals("none");
        var settled = new Coordinator(
                coordinator.get().name(),
                coordinator.get().settings(),
                coordinator.get().phase(),
                coordinator.get().reason(),
                pods,
                services);
        var all = new ArrayList<>(edited.spiderpool().coordinators());
        all.set(0, settled);
        return new Settled(with(edited, all, attachments), lost ? Phrases.NO_RANGES.with(after.podCidrType()) : null);
    }

    /// A new one gets everything that can be found.
    private static Settled found(ClusterSnapshot edited, Coordinator made, List<NetworkAttachment> attachments) {
        var found = CidrDiscovery.of(edited, type(made));
        var all = new ArrayList<>(edited.spiderpool().coordinators());
        all.set(
                0,
                new Coordinator(
                        made.name(),
                        made.settings(),
                        "Synced",
                        null,
                        found.overlayPods().stream().map(Range::prefix).toList(),
                        found.services().stream().map(Range::prefix).toList()));
        var doubt = found.services().isEmpty() ? Phrases.NO_SERVICE_RANGES.with() : null;
        return new Settled(with(edited, all, attachments), doubt);
    }

    private static ClusterSnapshot with(
            ClusterSnapshot snapshot, List<Coordinator> coordinators, List<NetworkAttachment> attachments) {
        return snapshot.with(snapshot.spiderpool().with(coordinators, attachments), snapshot.cni());
    }

    private static Optional<Coordinator> first(ClusterSnapshot snapshot) {
        return snapshot.spiderpool().coordinators().stream().findFirst();
    }

    private static boolean sameStatus(Coordinator a, Coordinator b) {
        return Objects.equals(a.serviceCidrs(), b.serviceCidrs())
                && Objects.equals(a.overlayPodCidrs(), b.overlayPodCidrs())
                && Objects.equals(a.phase(), b.phase());
    }

    private static String type(Coordinator coordinator) {
        var type = coordinator.settings().podCidrType();
        return type == null ? "auto" : type;
    }

    /// What the status has stays as it is but for the ranges that came or went.
    private static @Nullable List<IpPrefix> moved(
            @Nullable List<IpPrefix> status, List<Range> before, List<Range> after) {
        var old = before.stream().map(Range::prefix).toList();
        var found = after.stream().map(Range::prefix).toList();
        if (status == null || old.equals(found)) {
            return status;
        }
        var result = new LinkedHashSet<>(status);
        old.stream().filter(range -> !found.contains(range)).forEach(result::remove);
        found.stream().filter(range -> !old.contains(range)).forEach(result::add);
        return List.copyOf(result);
    }

    private static List<NetworkAttachment> attachments(ClusterSnapshot now, ClusterSnapshot edited) {
        var written = edited.spiderpool().networkAttachments().stream()
                .map(each -> written(now, edited, each))
                .flatMap(Optional::stream);
        var made = edited.spiderpool().multusConfigs().stream()
                .filter(config -> edited.spiderpool().networkAttachments().stream()
                        .noneMatch(each -> each.name().equals(config.name())))
                .filter(config -> !now.spiderpool().multusConfigs().contains(config))
                .map(config -> new NetworkAttachment(
                        config.name(), config.cniType(), null, coordinator(config), config.plugins()));
        return Stream.concat(written, made).toList();
    }

    /// A network follows its SpiderMultusConfig, unless it was edited itself.
    private static Optional<NetworkAttachment> written(
            ClusterSnapshot now, ClusterSnapshot edited, NetworkAttachment attachment) {
        var old = config(now, attachment);
        var config = config(edited, attachment);
        boolean untouched = now.spiderpool().networkAttachments().contains(attachment);
        if (!untouched || old.equals(config)) {
            return Optional.of(attachment);
        }
        return config.map(each -> new NetworkAttachment(
                attachment.name(),
                attachment.mainPlugin(),
                attachment.master(),
                coordinator(each),
                old.map(MultusConfig::plugins).equals(Optional.of(each.plugins()))
                        ? attachment.config()
                        : each.plugins()));
    }

    private static Optional<MultusConfig> config(ClusterSnapshot snapshot, NetworkAttachment attachment) {
        return snapshot.spiderpool().multusConfigs().stream()
                .filter(config -> config.name().equals(attachment.name()))
                .findFirst();
    }

    private static @Nullable CoordinatorSettings coordinator(MultusConfig config) {
        if (!config.enableCoordinator()) {
            return null;
        }
        return config.coordinator() == null ? CoordinatorSettings.EMPTY : config.coordinator();
    }
}
