package dev.underpass.coordinator;

import dev.underpass.coordinator.PodNetwork.Nic;
import dev.underpass.coordinator.PodNetwork.Role;
import dev.underpass.net.DeviceName;
import dev.underpass.net.IpAddress;
import dev.underpass.net.IpPrefix;
import dev.underpass.net.Neighbour;
import dev.underpass.net.TableId;
import dev.underpass.words.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The coordinator, as of v1.2.1, at work in one Pod's namespace: called once for each NIC whose network chains it.
///
/// What was never recorded of it is [Unpredictable].
final class CoordinatorRun {

    private static final TableId FIRST_TABLE = new TableId("100");

    private final PodBase base;
    private final Function<IpAddress, List<IpAddress>> nodeAddresses;
    private final Function<DeviceName, PodLeg> legs;
    private final List<Neighbour> neighbours = new ArrayList<>();
    private @Nullable PodLeg leg;
    private @Nullable EffectiveSettings underlay;
    private @Nullable EffectiveSettings last;

    /// @param nodeAddresses the node's addresses towards one of the Pod's, the nearest first
    /// @param legs the pair that leads to the node by a device
    CoordinatorRun(
            PodBase base, Function<IpAddress, List<IpAddress>> nodeAddresses, Function<DeviceName, PodLeg> legs) {
        this.base = base;
        this.nodeAddresses = nodeAddresses;
        this.legs = legs;
    }

    /// The pair of devices that leads to the node; null when nothing was done.
    @Nullable
    PodLeg leg() {
        return leg;
    }

    /// The pair, if the coordinator made it for the Pod.
    @Nullable
    PodLeg veth() {
        if (underlay == null || leg == null) {
            return null;
        }
        var mtu = underlay.vethMtu().value();
        return mtu.isEmpty() ? leg : leg.withMtu(Integer.parseInt(mtu));
    }

    /// The settings that the Pod's first NIC got, if that is on the underlay and was given a leg.
    @Nullable
    EffectiveSettings underlay() {
        return underlay;
    }

    /// The settings of the last call that did something.
    @Nullable
    EffectiveSettings last() {
        return last;
    }

    List<Neighbour> neighbours() {
        return neighbours;
    }

    /// Does what one call does.
    ///
    /// @throws Refusal where the call would fail
    void add(Nic nic, EffectiveSettings settings) {
        int number = base.nics().indexOf(nic);
        switch (mode(number, nic, settings)) {
            case "underlay" -> {
                if (number == 0) {
                    firstOnUnderlay(nic, settings);
                } else {
                    furtherOnUnderlay(number, nic, settings);
                }
            }
            case "overlay" -> besideOverlay(number, nic, settings);
            default -> {
                // The mode says that nothing is to be done.
            }
        }
    }

    private String mode(int number, Nic nic, EffectiveSettings settings) {
        var mode = settings.mode().value();
        boolean haveLeg = underlay != null;
        return switch (mode) {
            case "disable" -> mode;
            case "auto" -> number == 0 || haveLeg ? "underlay" : "overlay";
            case "underlay" -> {
                if (number > 0 && !haveLeg) {
                    throw new Refusal(Phrases.NO_VETH0.with(nic.device()));
                }
                yield mode;
            }
            case "overlay" -> {
                if (number == 0 || haveLeg) {
                    throw new Refusal(Phrases.NO_FURTHER_NIC.with(nic.device()));
                }
                yield mode;
            }
            default -> throw new Refusal(Sentence.line("unknown tuneMode: " + mode));
        };
    }

    private static TableId table(int number) {
        return new TableId(Integer.toString(100 + number));
    }

    private void firstOnUnderlay(Nic nic, EffectiveSettings settings) {
        if (!List.of("", nic.device().value())
                .contains(settings.podDefaultRouteNic().value())) {
            throw new Unpredictable(Phrases.DEFAULT_NIC_IN_UNDERLAY.with(
                    settings.podDefaultRouteNic().value()));
        }
        underlay = settings;
        last = settings;
        var veth = legs.apply(PodLeg.VETH0);
        leg = veth;
        for (var lines : base.families()) {
            var own = nic.address(lines.family()).orElseThrow();
            nodeRoutes(lines, own, veth, TableId.MAIN, table(1));
            lines.add(everything(own), gateway(own), veth.device(), own, FIRST_TABLE);
            hijack(lines, own, veth, TableId.MAIN, settings);
            lines.markRule(FIRST_TABLE);
        }
    }

    private void furtherOnUnderlay(int number, Nic nic, EffectiveSettings settings) {
        if (number > 1 || !settings.tunePodRoutes().value()) {
            throw new Unpredictable(
                    (settings.tunePodRoutes().value() ? Phrases.UNDERLAY_NIC : Phrases.UNTUNED_UNDERLAY_NIC)
                            .with(nic.device(), number + 1));
        }
        last = settings;
        var veth = java.util.Objects.requireNonNull(leg);
        for (var lines : base.families()) {
            var first = base.nics().getFirst().address(lines.family()).orElseThrow();
            hijack(lines, first, veth, table(number), settings);
            ownTable(lines, nic, table(number));
        }
    }

    /// The NIC's default route moves to a table of its own, which its address leads to.
    private static void ownTable(FamilyLines lines, Nic nic, TableId table) {
        lines.moveDefaults(nic.device(), table);
        lines.copySubnets(nic.device(), table);
        nic.address(lines.family()).ifPresent(address -> lines.sourceRule(address, table));
    }

    private void besideOverlay(int number, Nic nic, EffectiveSettings settings) {
        var first = base.nics().getFirst();
        if (first.role() != Role.OVERLAY || number > 2) {
            throw new Unpredictable(Phrases.OVERLAY_NIC.with(nic.device(), number + 1));
        }
        last = settings;
        var pair = legs.apply(first.device());
        leg = pair;
        for (var lines : base.families()) {
            var own = first.address(lines.family()).orElseThrow();
            var steered = number == 1 ? TableId.MAIN : table(number);
            if (number == 1) {
                nodeRoutes(lines, own, pair, TableId.MAIN, table(number));
            } else {
                nodeRoutes(lines, own, pair, table(number));
            }
            hijack(lines, own, pair, steered, settings);
            tune(lines, number, nic, settings);
        }
    }

    private void tune(FamilyLines lines, int number, Nic nic, EffectiveSettings settings) {
        var first = base.nics().getFirst();
        var wanted = settings.podDefaultRouteNic().value();
        boolean six = lines.family() == IpAddress.Family.IPV6;
        boolean usual = wanted.isEmpty() || wanted.equals(first.device().value());
        if (!settings.tunePodRoutes().value()) {
            unrecorded(six || number > 1, Phrases.UNTUNED.with());
        } else if (usual) {
            ownTable(lines, nic, table(number));
            if (number == 1) {
                lines.copyDefaults(first.device(), FIRST_TABLE);
                first.address(lines.family()).ifPresent(own -> lines.sourceRule(own, FIRST_TABLE));
            }
        } else {
            unrecorded(six || number > 1 || !wanted.equals(nic.device().value()), Phrases.DEFAULT_NIC.with(wanted));
            lines.moveDefaults(first.device(), table(number));
            lines.copyOthers(first.device(), table(number));
            first.address(lines.family()).ifPresent(own -> lines.sourceRule(own, table(number)));
        }
    }

    private static void unrecorded(boolean is, Sentence what) {
        if (is) {
            throw new Unpredictable(what);
        }
    }

    private void nodeRoutes(FamilyLines lines, IpAddress own, PodLeg pair, TableId... tables) {
        for (var address : nodeAddresses.apply(own)) {
            for (var table : tables) {
                lines.add(IpPrefix.around(address, address.family().bits()), null, pair.device(), own, table);
            }
            var known = neighbours.stream().anyMatch(entry -> entry.address().equals(address));
            if (!known) {
                neighbours.add(new Neighbour(address, pair.device(), pair.nodeMac(), "PERMANENT", null));
            }
        }
    }

    private void hijack(FamilyLines lines, IpAddress own, PodLeg pair, TableId table, EffectiveSettings settings) {
        for (var cidr : settings.cidrs(lines.family())) {
            lines.add(cidr.prefix(), gateway(own), pair.device(), own, table);
        }
    }

    private IpAddress gateway(IpAddress own) {
        return nodeAddresses.apply(own).stream()
                .findFirst()
                .orElseThrow(() -> new Unpredictable(Phrases.NO_NODE_ADDRESS.with(own)));
    }

    private static IpPrefix everything(IpAddress address) {
        return IpPrefix.around(address, 0);
    }
}
