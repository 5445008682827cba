package dev.underpass.netfilter;

import dev.underpass.net.AddressType;
import dev.underpass.net.DeviceName;
import dev.underpass.net.IpAddress;
import dev.underpass.net.Packet;
import dev.underpass.net.Packet.Segment;
import dev.underpass.net.Protocol;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What [Lab] does, as [PacketFilter] predicts it.
final class LabModel implements Surroundings, Choices {

    private static final DeviceName R0 = new DeviceName("r0");
    private static final DeviceName R1 = new DeviceName("r1");
    private static final DeviceName LO = new DeviceName("lo");
    private static final Map<IpAddress, DeviceName> ROUTER =
            Map.of(IpAddress.parse("10.1.0.1"), R0, IpAddress.parse("10.2.0.1"), R1, IpAddress.parse("127.0.0.1"), LO);
    private static final IpAddress CLIENT = IpAddress.parse("10.1.0.2");
    private static final Set<IpAddress> SERVER = Set.of(IpAddress.parse("10.2.0.2"), IpAddress.parse("10.2.0.3"));

    /// A packet after the first was answered by a refusal, which connect(2) may see or not.
    static final String REFUSED_LATER = "refused later";

    /// The packet is gone.
    private static final class Lost extends Exception {
        private static final long serialVersionUID = 1;
        private final boolean refused;

        Lost(boolean refused) {
            this.refused = refused;
        }
    }

    /// @param place the namespace where a packet ended
    private record Arrival(String place, Packet packet) {}

    private final PacketFilter filter;
    private boolean guessed;

    LabModel(Ruleset rules) {
        filter = new PacketFilter(rules, Conntrack.defaults());
    }

    /// Whether the prediction needed something that cannot be told.
    boolean guessed() {
        return guessed;
    }

    /// `refused`, `failed`, or the source and destination that the answering process sees.
    String predicted(String from, String question) {
        var words = question.split(" ", -1);
        boolean tcp = words[0].equals("tcp");
        var target = IpAddress.parse(words[2]);
        var first = new Packet(
                from.equals(Lab.CLIENT) ? CLIENT : routerSource(target),
                target,
                tcp ? Protocol.TCP : Protocol.UDP,
                Integer.parseInt(words[1]),
                Integer.parseInt(words[3]),
                tcp ? Segment.SYN : Segment.DATAGRAM,
                0);
        try {
            var seen = sent(from, first);
            return conversation(from, first, seen);
        } catch (Lost lost) {
            return lost.refused ? "refused" : "failed";
        }
    }

    private String conversation(String from, Packet first, Arrival seen) {
        var packet = seen.packet();
        try {
            if (first.segment() == Segment.SYN) {
                exchange(from, first, seen, Segment.SYN_ACK);
                expect(sent(from, as(first, Segment.ACK)), seen);
                exchange(from, first, seen, Segment.ACK);
            } else {
                exchange(from, first, seen, Segment.DATAGRAM);
            }
        } catch (Lost lost) {
            return lost.refused ? REFUSED_LATER : "failed";
        }
        return packet.source() + ":" + packet.sourcePort() + " " + packet.destination() + ":"
                + packet.destinationPort();
    }

    private void exchange(String from, Packet first, Arrival seen, Segment answer) throws Lost {
        var reply = Flow.of(seen.packet()).inverted();
        var packet = new Packet(
                reply.source(),
                reply.destination(),
                reply.protocol(),
                reply.sourcePort(),
                reply.destinationPort(),
                answer,
                0);
        var back = sent(seen.place(), packet);
        if (!back.place().equals(from)
                || !Flow.of(back.packet()).equals(Flow.of(first).inverted())) {
            throw new Lost(false);
        }
    }

    private static void expect(Arrival arrival, Arrival earlier) throws Lost {
        if (!arrival.place().equals(earlier.place())
                || !Flow.of(arrival.packet()).equals(Flow.of(earlier.packet()))) {
            throw new Lost(false);
        }
    }

    private static Packet as(Packet packet, Segment segment) {
        return new Packet(
                packet.source(),
                packet.destination(),
                packet.protocol(),
                packet.sourcePort(),
                packet.destinationPort(),
                segment,
                0);
    }

    private Arrival sent(String from, Packet packet) throws Lost {
        return switch (from) {
            case Lab.CLIENT -> received(Tracked.of(packet), R0);
            case Lab.SERVER -> received(Tracked.of(packet), R1);
            default -> {
                var tracked = at(Hook.OUTPUT, Tracked.of(packet), null, route(packet.destination()));
                var out = route(tracked.packet().destination());
                var left = at(Hook.POSTROUTING, tracked, null, out);
                yield out.equals(LO) ? received(left, LO) : outside(left.packet(), out);
            }
        };
    }

    private Arrival received(Tracked packet, DeviceName in) throws Lost {
        var tracked = at(Hook.PREROUTING, packet, in, null);
        if (ROUTER.containsKey(tracked.packet().destination())) {
            return new Arrival(Lab.ROUTER, at(Hook.INPUT, tracked, in, null).packet());
        }
        var out = route(tracked.packet().destination());
        return outside(
                at(Hook.POSTROUTING, at(Hook.FORWARD, tracked, in, out), in, out)
                        .packet(),
                out);
    }

    private static Arrival outside(Packet packet, DeviceName out) throws Lost {
        var place = out.equals(R0) ? Lab.CLIENT : Lab.SERVER;
        boolean known = out.equals(R0) ? packet.destination().equals(CLIENT) : isServer(packet.destination());
        boolean martian = out.equals(R0) ? packet.source().equals(CLIENT) : isServer(packet.source());
        if (!known || martian || LO.equals(ROUTER.get(packet.source()))) {
            throw new Lost(false);
        }
        return new Arrival(place, packet);
    }

    private static boolean isServer(IpAddress address) {
        return SERVER.contains(address) || address.toString().startsWith("10.9.0.");
    }

    private Tracked at(Hook hook, Tracked packet, @Nullable DeviceName in, @Nullable DeviceName out) throws Lost {
        return switch (filter.traverse(hook, packet, in, out, this, this)) {
            case HookOutcome.Accepted(var tracked, var _) -> tracked;
            case HookOutcome.Dropped _ -> throw new Lost(false);
            case HookOutcome.Rejected _ -> throw new Lost(true);
        };
    }

    private static DeviceName route(IpAddress destination) {
        if (ROUTER.containsKey(destination)) {
            return LO;
        }
        return destination.toString().startsWith("10.1.") ? R0 : R1;
    }

    private static IpAddress routerSource(IpAddress destination) {
        if (ROUTER.containsKey(destination)) {
            return destination;
        }
        return IpAddress.parse(route(destination).equals(R0) ? "10.1.0.1" : "10.2.0.1");
    }

    @Override
    public AddressType typeOf(IpAddress address) {
        return ROUTER.containsKey(address) ? AddressType.LOCAL : AddressType.UNICAST;
    }

    @Override
    public boolean isLocalOn(IpAddress address, DeviceName device) {
        return device.equals(ROUTER.get(address));
    }

    @Override
    public Optional<IpAddress> masqueradeSource(Packet packet, DeviceName out) {
        return switch (out.value()) {
            case "r0" -> Optional.of(IpAddress.parse("10.1.0.1"));
            case "r1" -> Optional.of(IpAddress.parse("10.2.0.1"));
            default -> Optional.empty();
        };
    }

    @Override
    public int choose(Kind kind, String rule, int alternatives) {
        guessed = true;
        return 0;
    }
}
