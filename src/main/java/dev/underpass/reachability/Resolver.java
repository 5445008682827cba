package dev.underpass.reachability;

import dev.underpass.net.IpAddress;
import dev.underpass.net.MacAddress;
import dev.underpass.net.Neighbour;
import dev.underpass.net.NotObservedException;
import dev.underpass.net.Packet;
import dev.underpass.net.Scope;
import dev.underpass.netfilter.Choices;
import dev.underpass.words.Sentence;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Finds who gets a frame: by the sender's neighbour table, else by asking with ARP or NDP.
final class Resolver {

    private final World world;
    private final Choices choices;
    private final Map<Learnt, MacAddress> learnt;

    /// An address that a namespace got to know by being asked on a device.
    record Learnt(Port port, IpAddress address) {}

    /// Made for one connection.
    ///
    /// @param learnt what namespaces learn from questions while the connection lasts
    Resolver(World world, Choices choices, Map<Learnt, MacAddress> learnt) {
        this.learnt = learnt;
        this.world = world;
        this.choices = choices;
    }

    /// Who gets the packet that a namespace sends out of a device towards a next hop.
    Resolution resolve(Port from, IpAddress nextHop, Packet packet) {
        var link = from.link();
        if (!link.running()) {
            return new Resolution.Lost(End.Cause.LINK_DOWN, nextHop, link.toString(), Phrases.NOT_RUNNING.with(from));
        }
        if (isTunnel(from)) {
            return throughTunnel(from, nextHop);
        }
        var audience = world.wiring().audience(from);
        var entry = entry(from, nextHop);
        if (link.noArp() && entry.filter(Neighbour::permanent).isEmpty()) {
            return new Resolution.Lost(End.Cause.WRONG_MAC, nextHop, link.toString(), Phrases.NOARP.with());
        }
        return entry.filter(Neighbour::valid)
                .map(known -> byEntry(from, known, audience, packet))
                .orElseGet(() -> byAsking(from, nextHop, audience, packet));
    }

    /// The sender's entry; one that it learnt by being asked replaces what is not permanent.
    private Optional<Neighbour> entry(Port from, IpAddress nextHop) {
        var device = from.link().name();
        var reported = from.host().stack().neighbour(nextHop, device);
        var mac = learnt.get(new Learnt(from, nextHop));
        return mac == null || reported.filter(Neighbour::permanent).isPresent()
                ? reported
                : Optional.of(new Neighbour(nextHop, device, mac, "STALE", null));
    }

    private static boolean isTunnel(Port port) {
        return switch (port.link().kind()) {
            case "ipip", "sit", "gre", "wireguard", "tun" -> true;
            default -> false;
        };
    }

    /// A tunnel hands the packet to the node that has the next hop's address; the tunnel is assumed to work.
    private Resolution throughTunnel(Port from, IpAddress nextHop) {
        var peer = world.owner(nextHop)
                .filter(Host::isNode)
                .flatMap(host -> host.stack().link(from.link().name()).map(link -> new Port(host, link)))
                .orElseThrow(() -> new NotObservedException(Phrases.TUNNEL_END.with(from)));
        return new Resolution.To(
                peer, from.link().toString(), Phrases.TUNNEL.with(peer.host().place()), true);
    }

    private Resolution byEntry(Port from, Neighbour entry, Audience audience, Packet packet) {
        var mac = Objects.requireNonNull(entry.lladdr());
        var owner = heardBy(audience, mac, packet);
        if (owner.filter(port -> port.host().stack().isLocal(entry.address())).isEmpty()) {
            refuseUnseen(entry.address());
        }
        if (owner.isPresent()) {
            var overFabric = audience.fabric()
                    && !owner.get().host().node().equals(from.host().node());
            return new Resolution.To(owner.get(), entry.toString(), Phrases.HAS_MAC.with(owner.get(), mac), overFabric);
        }
        if (audience.fabric() && !world.isDevice(mac)) {
            boolean foreign = world.router().has(entry.address()) || !world.knows(entry.address());
            if (foreign || world.router().owns(mac)) {
                return outside(from, entry, mac);
            }
        }
        var lost = entry.permanent() ? Phrases.NOBODY_HAS_PERMANENT_MAC : Phrases.NOBODY_HAS_MAC;
        return new Resolution.Lost(End.Cause.WRONG_MAC, entry.address(), entry.toString(), lost.with(from, mac));
    }

    /// Where somebody should have the address of whom nothing was read, silence of all others says nothing.
    private void refuseUnseen(IpAddress address) {
        world.unseen(address).ifPresent(place -> {
            throw new NotObservedException(Phrases.UNSEEN.with(place, address));
        });
    }

    private Resolution outside(Port from, Neighbour entry, MacAddress mac) {
        if (world.router().owns(mac)) {
            return new Resolution.ToRouter(entry.toString(), Phrases.GATEWAY_HAS_MAC.with(mac));
        }
        if (world.router().has(entry.address())) {
            return new Resolution.Lost(
                    End.Cause.WRONG_MAC,
                    entry.address(),
                    entry.toString(),
                    Phrases.GATEWAY_HAS_OTHER_MAC.with(from, mac));
        }
        return new Resolution.Lost(
                End.Cause.UNKNOWN_FABRIC, entry.address(), entry.toString(), Phrases.STRANGER.with(entry.address()));
    }

    /// The one device in reach that takes frames to the address; ipvlan siblings share it and are told apart by IP.
    private static Optional<Port> heardBy(Audience audience, MacAddress mac, Packet packet) {
        var ports = audience.withAddress(mac);
        if (ports.size() <= 1) {
            return ports.stream().findFirst();
        }
        var owners = ports.stream()
                .filter(port -> port.host().stack().isLocal(packet.destination()))
                .toList();
        if (owners.size() == 1) {
            return Optional.of(owners.getFirst());
        }
        throw new NotObservedException(Phrases.MAC_UNSURE.with(ports, mac));
    }

    private Resolution byAsking(Port from, IpAddress nextHop, Audience audience, Packet packet) {
        var asker = askingAddress(from, nextHop, packet);
        var answers = new LinkedHashSet<Port>();
        for (var port : audience.mayAnswer(nextHop)) {
            boolean heard = asker.map(address -> AddressAnswer.answers(port, nextHop, address))
                    .orElseGet(() -> AddressAnswer.answersProbe(port, nextHop));
            if (heard) {
                answers.add(port);
            }
        }
        boolean gateway = audience.fabric() && world.router().has(nextHop);
        var contest = "who answers first for the gateway's %s: it or %s".formatted(nextHop, answers);
        if (gateway && (answers.isEmpty() || choices.choose(Choices.Kind.UNKNOWN_RULE, contest, 2) == 0)) {
            return new Resolution.ToRouter(nextHop + " dev " + from.link().name(), Phrases.GATEWAY_ANSWERS.with());
        }
        return answered(from, nextHop, audience, answers, asker);
    }

    private Resolution answered(
            Port from, IpAddress nextHop, Audience audience, Set<Port> answers, Optional<IpAddress> asker) {
        var what =
                nextHop.family() == IpAddress.Family.IPV4 ? Sentence.line("ARP") : Phrases.NEIGHBOUR_DISCOVERY.with();
        if (!answers.isEmpty()) {
            var port = winner(nextHop, answers);
            var own = from.link().address();
            if (own != null) {
                asker.ifPresent(address -> learnt.put(new Learnt(port, address), own));
            }
            var overFabric =
                    audience.fabric() && !port.host().node().equals(from.host().node());
            return new Resolution.To(
                    port,
                    "%s dev %s".formatted(nextHop, from.link().name()),
                    Phrases.ANSWERS.with(port, what),
                    overFabric);
        }
        refuseUnseen(nextHop);
        return audience.fabric() && !world.knows(nextHop)
                ? stranger(from, nextHop, what)
                : new Resolution.Lost(
                        End.Cause.NO_NEIGHBOUR,
                        nextHop,
                        "%s dev %s".formatted(nextHop, from.link().name()),
                        Phrases.NOBODY_ANSWERS.with(from, what, nextHop));
    }

    /// Nobody can tell whether the network outside has the address, but for a kernel that asked in vain.
    private Resolution stranger(Port from, IpAddress nextHop, Sentence what) {
        var failed = entry(from, nextHop).filter(Neighbour::failed);
        return failed.map(entry -> new Resolution.Lost(
                        End.Cause.SILENT_FABRIC,
                        nextHop,
                        entry.toString(),
                        Phrases.SILENT_STRANGER.with(nextHop, from, what)))
                .orElseGet(() -> new Resolution.Lost(
                        End.Cause.UNKNOWN_FABRIC,
                        nextHop,
                        "%s dev %s".formatted(nextHop, from.link().name()),
                        Phrases.STRANGER.with(nextHop)));
    }

    /// The first answer wins, which may be any device's: a namespace answers on all of them for all its addresses.
    private Port winner(IpAddress address, Set<Port> answers) {
        var ordered = answers.stream()
                .sorted(Comparator.comparing(port ->
                        !port.host().stack().isLocalOn(address, port.link().name())))
                .toList();
        if (ordered.size() == 1) {
            return ordered.getFirst();
        }
        var question = "who answers first for %s: %s".formatted(address, ordered);
        return ordered.get(choices.choose(Choices.Kind.UNKNOWN_RULE, question, ordered.size()));
    }

    /// The address that the question carries (`arp_solicit`): the packet's source if it is the asker's own.
    private static Optional<IpAddress> askingAddress(Port from, IpAddress nextHop, Packet packet) {
        var stack = from.host().stack();
        var device = from.link().name();
        if (nextHop.family() == IpAddress.Family.IPV6) {
            return Optional.of(nextHop);
        }
        int announce = stack.sysctls().arpAnnounce(device);
        boolean ownSource = packet.family() == nextHop.family() && stack.isLocal(packet.source());
        if (ownSource && (announce == 0 || (announce == 1 && sharesSubnet(from, packet.source(), nextHop)))) {
            return Optional.of(packet.source());
        }
        return stack.sourceTowards(device, nextHop, Scope.LINK);
    }

    private static boolean sharesSubnet(Port from, IpAddress source, IpAddress nextHop) {
        return from.host().stack().addresses().stream()
                .anyMatch(address ->
                        address.local().equals(source) && address.subnet().contains(nextHop));
    }

    /// Who gets a packet that the router sends to an address of a subnet that it knows.
    Resolution fromRouter(IpAddress destination, Packet packet) {
        var leg = world.router().legTowards(destination);
        var answers = new LinkedHashSet<Port>();
        for (var port : world.wiring().fromFabric().mayAnswer(destination)) {
            if (AddressAnswer.answers(port, destination, leg.orElse(destination))) {
                answers.add(port);
            }
        }
        return answered(destination, answers, packet);
    }

    private Resolution answered(IpAddress destination, Set<Port> answers, Packet packet) {
        if (!answers.isEmpty()) {
            var port = winner(destination, answers);
            return new Resolution.To(port, "who-has " + destination, Phrases.ANSWERS_GATEWAY.with(port), true);
        }
        refuseUnseen(destination);
        var cause = world.knows(destination) ? End.Cause.NO_NEIGHBOUR : End.Cause.UNKNOWN_FABRIC;
        return new Resolution.Lost(
                cause, destination, "who-has " + destination, Phrases.NOBODY_ANSWERS_GATEWAY.with(destination, packet));
    }
}
