package dev.underpass.coordinator;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.CoordinatorSettings;
import dev.underpass.cluster.ObjectName;
import dev.underpass.cluster.Pod;
import dev.underpass.cluster.SpiderpoolResources.Coordinator;
import dev.underpass.cluster.SpiderpoolResources.Endpoint;
import dev.underpass.cluster.SpiderpoolResources.NetworkAttachment;
import dev.underpass.net.DeviceName;
import dev.underpass.net.IpAddress;
import dev.underpass.net.IpPrefix;
import dev.underpass.words.Sentence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The coordinator's settings that hold for a Pod today, each with where it comes from.
///
/// @param network the NetworkAttachmentDefinition of the Pod's first underlay NIC, if it is known
/// @param coordinated whether that network chains the coordinator
/// @param cidrs what is to be steered to the node
/// @param gateways where each NIC's own default route leads
public record EffectiveSettings(
        @Nullable ObjectName network,
        boolean coordinated,
        Setting<String> mode,
        Setting<String> podCidrType,
        Setting<Integer> hostRuleTable,
        Setting<String> podDefaultRouteNic,
        Setting<Integer> podRpFilter,
        Setting<Boolean> tunePodRoutes,
        Setting<String> vethMtu,
        Setting<String> vethLinkAddress,
        Setting<List<String>> hijackCidrs,
        List<Cidr> cidrs,
        List<Gateway> gateways) {

    /// The gateway that Spiderpool gave to a NIC.
    public record Gateway(DeviceName device, IpAddress address) {}

    /// A value and the resource that gives it.
    public record Setting<T>(String name, T value, Sentence source) {}

    /// A range whose packets go to the node, and the resource that says so.
    ///
    /// @param services whether it is one of Services
    /// @param came when it came, where that is known and was after the Pod was made
    public record Cidr(
            IpPrefix prefix,
            Sentence source,
            boolean services,
            @Nullable Instant came) {}

    public EffectiveSettings {
        cidrs = List.copyOf(cidrs);
        gateways = List.copyOf(gateways);
    }

    public List<Setting<?>> all() {
        return List.of(
                mode,
                podCidrType,
                hostRuleTable,
                podDefaultRouteNic,
                podRpFilter,
                tunePodRoutes,
                vethMtu,
                vethLinkAddress);
    }

    public List<Cidr> cidrs(IpAddress.Family family) {
        return cidrs.stream()
                .filter(cidr -> cidr.prefix().network().family() == family)
                .toList();
    }

    /// Works the settings out: what the network's configuration gives wins over the SpiderCoordinator, field by field.
    public static EffectiveSettings of(ClusterSnapshot snapshot, Pod pod) {
        return of(snapshot, pod, snapshot.spiderpool().endpoints());
    }

    /// The same, where the Pod's SpiderEndpoints are known already.
    public static EffectiveSettings of(ClusterSnapshot snapshot, Pod pod, List<Endpoint> endpoints) {
        return of(snapshot, pod, network(snapshot, pod), endpoints);
    }

    /// The same for one NIC of the Pod, which may have a network of its own.
    static EffectiveSettings of(ClusterSnapshot snapshot, Pod pod, Optional<NetworkAttachment> network) {
        return of(snapshot, pod, network, snapshot.spiderpool().endpoints());
    }

    private static EffectiveSettings of(
            ClusterSnapshot snapshot, Pod pod, Optional<NetworkAttachment> network, List<Endpoint> endpoints) {
        var coordinator = snapshot.spiderpool().coordinators().stream().findFirst();
        var layers = new Layers(coordinator.orElse(null), network.orElse(null));
        boolean coordinated = network.map(attachment -> attachment.coordinator() != null)
                .orElse(snapshot.spiderpool().networkAttachments().isEmpty());
        return new EffectiveSettings(
                network.map(NetworkAttachment::name).orElse(null),
                coordinated,
                layers.setting("mode", CoordinatorSettings::mode, "auto"),
                layers.setting("podCIDRType", CoordinatorSettings::podCidrType, "auto"),
                layers.setting("hostRuleTable", CoordinatorSettings::hostRuleTable, 500),
                layers.setting("podDefaultRouteNIC", CoordinatorSettings::podDefaultRouteNic, ""),
                layers.setting("podRPFilter", CoordinatorSettings::podRpFilter, 0),
                layers.setting("tunePodRoutes", CoordinatorSettings::tunePodRoutes, true),
                layers.setting("vethMTU", each -> text(each.vethMtu()), ""),
                layers.setting("vethLinkAddress", CoordinatorSettings::vethLinkAddress, ""),
                hijack(layers),
                cidrs(coordinator.orElse(null), layers, new LaterRanges(snapshot, pod)),
                gateways(pod, endpoints));
    }

    private static List<Gateway> gateways(Pod pod, List<Endpoint> endpoints) {
        var gateways = new ArrayList<Gateway>();
        endpoints.stream()
                .filter(endpoint -> endpoint.pod().equals(pod.name()))
                .flatMap(endpoint -> endpoint.allocations().stream())
                .forEach(each -> {
                    Optional.ofNullable(each.ipv4Gateway())
                            .ifPresent(gateway -> gateways.add(new Gateway(each.device(), gateway)));
                    Optional.ofNullable(each.ipv6Gateway())
                            .ifPresent(gateway -> gateways.add(new Gateway(each.device(), gateway)));
                });
        return gateways;
    }

    /// The network of the first NIC if that is on the underlay, else of the first extra one.
    private static Optional<NetworkAttachment> network(ClusterSnapshot snapshot, Pod pod) {
        var names = new ArrayList<String>();
        Optional.ofNullable(pod.annotations().get(Pod.DEFAULT_NETWORK)).ifPresent(names::add);
        pod.networks().forEach(network -> names.add(network.name()));
        return names.stream().flatMap(name -> named(snapshot, name).stream()).findFirst();
    }

    /// The network of that name; without a namespace, the first one.
    static Optional<NetworkAttachment> named(ClusterSnapshot snapshot, String name) {
        return snapshot.spiderpool().networkAttachments().stream()
                .filter(each -> each.name().toString().equals(name)
                        || (!name.contains("/") && each.name().name().equals(name)))
                .findFirst();
    }

    private static List<Cidr> cidrs(@Nullable Coordinator coordinator, Layers layers, LaterRanges later) {
        var cidrs = new ArrayList<Cidr>();
        if (coordinator != null && coordinator.serviceCidrs() != null) {
            coordinator
                    .serviceCidrs()
                    .forEach(p -> cidrs.add(new Cidr(p, layers.status(".serviceCIDR"), true, later.services(p))));
        }
        if (coordinator != null && coordinator.overlayPodCidrs() != null) {
            coordinator
                    .overlayPodCidrs()
                    .forEach(p -> cidrs.add(new Cidr(p, layers.status(".overlayPodCIDR"), false, later.seen(p))));
        }
        var hijack = hijack(layers);
        for (var text : hijack.value()) {
            IpPrefix.read(text)
                    .ifPresent(prefix -> cidrs.add(new Cidr(prefix, hijack.source(), false, later.seen(prefix))));
        }
        return cidrs;
    }

    private static Setting<List<String>> hijack(Layers layers) {
        return layers.setting("hijackCIDR", CoordinatorSettings::hijackCidrs, List.of());
    }

    /// An entry of hijackCIDR that is no range.
    Optional<String> unreadable() {
        return hijackCidrs.value().stream()
                .filter(text -> IpPrefix.read(text).isEmpty())
                .findFirst();
    }

    private static @Nullable String text(@Nullable Integer number) {
        return number == null ? null : number.toString();
    }

    private record Layers(
            @Nullable Coordinator coordinator, @Nullable NetworkAttachment network) {

        <T> Setting<T> setting(String name, Function<CoordinatorSettings, @Nullable T> field, T byDefault) {
            if (network != null && network.coordinator() != null) {
                var value = field.apply(network.coordinator());
                if (value != null) {
                    return new Setting<>(name, value, Phrases.NETWORK.with(network.name()));
                }
            }
            if (coordinator != null) {
                var value = field.apply(coordinator.settings());
                if (value != null) {
                    return new Setting<>(name, value, Sentence.line("SpiderCoordinator " + coordinator.name()));
                }
            }
            return new Setting<>(name, byDefault, Phrases.BUILT_IN.with());
        }

        Sentence status(String field) {
            return Sentence.line(
                    "SpiderCoordinator %s status%s".formatted(coordinator == null ? "" : coordinator.name(), field));
        }
    }
}
