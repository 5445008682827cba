package dev.underpass.netfilter;

import dev.underpass.net.IpAddress;
import dev.underpass.net.IpAddress.Family;
import dev.underpass.net.IpPrefix;
import dev.underpass.netfilter.Statement.Ports;
import dev.underpass.netfilter.Statement.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The address and port that a translation's target chooses.
final class NewEnd {

    private static final IpAddress LOOPBACK = IpAddress.parse("127.0.0.1");
    private static final IpAddress LOOPBACK6 = IpAddress.parse("::1");

    private NewEnd() {}

    /// `ADDRESS . PORT`; ABSENT if a map has no element for the packet.
    static Value of(Target target, Endpoint old, Rule rule, Passage passage) {
        var place = switch (target) {
            case Target.To(var address, var _) -> address == null ? Value.of(old.address()) : address.in(passage, rule);
            case Target.Masquerade _ -> masquerade(passage);
            case Target.Redirect _ -> redirect(passage);
            case Target.NetMap(var network) -> Value.of(inside(network, old.address()));
        };
        return switch (place) {
            case Value.Address _ -> withPort(place, target.ports(), old.port(), rule, passage);
            case Value.Tuple tuple -> tuple;
            case Value.Missing missing -> missing;
            case Value.Numeric _, Value.Name _, Value.Drawn _ -> Value.Missing.UNKNOWN;
        };
    }

    private static Value withPort(Value address, @Nullable Ports ports, int port, Rule rule, Passage passage) {
        if (ports == null) {
            return new Value.Tuple(List.of(address, Value.of(port)));
        }
        var first = ports.first().in(passage, rule);
        if (!(first instanceof Value.Numeric)) {
            return first instanceof Value.Missing ? first : Value.Missing.UNKNOWN;
        }
        var last = ports.last() == null ? first : ports.last().in(passage, rule);
        boolean keeps = new Pattern.Between(first, last).covers(Value.of(port));
        return new Value.Tuple(List.of(address, keeps ? Value.of(port) : first));
    }

    private static Value masquerade(Passage passage) {
        return passage.out() == null
                ? Value.Missing.UNKNOWN
                : passage.surroundings()
                        .masqueradeSource(passage.packet(), passage.out())
                        .map(Value::of)
                        .orElse(Value.Missing.UNKNOWN);
    }

    /// The first address of the receiving device; of the loopback for what a process sends.
    private static Value redirect(Passage passage) {
        if (passage.hook() == Hook.OUTPUT) {
            return Value.of(passage.family() == Family.IPV4 ? LOOPBACK : LOOPBACK6);
        }
        return passage.in() == null
                ? Value.Missing.UNKNOWN
                : passage.surroundings()
                        .masqueradeSource(passage.packet(), passage.in())
                        .map(Value::of)
                        .orElse(Value.Missing.UNKNOWN);
    }

    /// The address with its first bits replaced by those of the network.
    private static IpAddress inside(IpPrefix network, IpAddress address) {
        var start = address.masked(network.length());
        return new IpAddress(
                address.family(),
                network.network().high() | (address.high() ^ start.high()),
                network.network().low() | (address.low() ^ start.low()));
    }
}
