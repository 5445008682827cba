package dev.underpass.netfilter;

import dev.underpass.net.AddressType;
import dev.underpass.net.DeviceName;
import dev.underpass.net.IpAddress;
import dev.underpass.net.Packet;
import dev.underpass.net.Packet.Segment;
import dev.underpass.net.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A namespace for tests: some local addresses, one source for MASQUERADE, answers given in
/// advance.
final class Simulation implements Surroundings, Choices {

    static final DeviceName IN = new DeviceName("veth1");
    static final DeviceName OUT = new DeviceName("eth0");

    private final PacketFilter filter;
    private final Set<IpAddress> local;
    private final List<Integer> answers;
    private final List<String> questions = new ArrayList<>();
    private @Nullable IpAddress masqueradeSource;

    Simulation(Ruleset rules, Integer... answers) {
        this(rules, Conntrack.defaults(), answers);
    }

    Simulation(Ruleset rules, Conntrack settings, Integer... answers) {
        this.filter = new PacketFilter(rules, settings);
        this.local = Set.of(
                IpAddress.parse("10.6.212.101"), IpAddress.parse("fd00:10:6::101"), IpAddress.parse("127.0.0.1"));
        this.answers = new ArrayList<>(List.of(answers));
    }

    /// What MASQUERADE chooses; without it, nobody can tell.
    Simulation masqueradingAs(String address) {
        masqueradeSource = IpAddress.parse(address);
        return this;
    }

    /// `10.6.212.241:40000 > 10.233.42.26:80 SYN`.
    static Packet packet(String text) {
        var words = text.split(" ", -1);
        var source = words[0].lastIndexOf(':');
        var destination = words[2].lastIndexOf(':');
        var segment = Segment.valueOf(words[3]);
        return new Packet(
                IpAddress.parse(words[0].substring(0, source)),
                IpAddress.parse(words[2].substring(0, destination)),
                segment == Segment.DATAGRAM ? Protocol.UDP : Protocol.TCP,
                Integer.parseInt(words[0].substring(source + 1)),
                Integer.parseInt(words[2].substring(destination + 1)),
                segment,
                0);
    }

    /// PREROUTING, FORWARD and POSTROUTING, as far as the packet gets.
    HookOutcome forward(Packet packet) {
        var first = at(Hook.PREROUTING, Tracked.of(packet));
        var second = first instanceof HookOutcome.Accepted(var tracked, var _) ? at(Hook.FORWARD, tracked) : first;
        return second instanceof HookOutcome.Accepted(var tracked, var _) ? at(Hook.POSTROUTING, tracked) : second;
    }

    HookOutcome at(Hook hook, Tracked tracked) {
        return at(hook, tracked, IN, OUT);
    }

    /// The same with other devices, of which each hook knows its own.
    HookOutcome at(Hook hook, Tracked tracked, DeviceName in, DeviceName out) {
        boolean hasIn = hook != Hook.OUTPUT && hook != Hook.POSTROUTING;
        boolean hasOut = hook != Hook.PREROUTING && hook != Hook.INPUT;
        return filter.traverse(hook, tracked, hasIn ? in : null, hasOut ? out : null, this, this);
    }

    /// The packet that left the hook.
    static Tracked accepted(HookOutcome outcome) {
        if (outcome instanceof HookOutcome.Accepted(var tracked, var _)) {
            return tracked;
        }
        throw new AssertionError(summary(outcome));
    }

    /// In one line: the packet as it left, or what became of it and by which rule.
    static String summary(HookOutcome outcome) {
        return switch (outcome) {
            case HookOutcome.Accepted(var tracked, var _) -> tracked.toString();
            case HookOutcome.Dropped(var _, var by, var _) -> "dropped by " + by.line();
            case HookOutcome.Rejected(var _, var by, var with, var _) -> with + " by " + by.line();
        };
    }

    List<String> questions() {
        return questions;
    }

    PacketFilter filter() {
        return filter;
    }

    @Override
    public AddressType typeOf(IpAddress address) {
        return local.contains(address) ? AddressType.LOCAL : AddressType.UNICAST;
    }

    @Override
    public boolean isLocalOn(IpAddress address, DeviceName device) {
        return local.contains(address) && device.equals(OUT);
    }

    @Override
    public Optional<IpAddress> masqueradeSource(Packet packet, DeviceName out) {
        return Optional.ofNullable(masqueradeSource);
    }

    @Override
    public int choose(Kind kind, String rule, int alternatives) {
        questions.add(kind + " " + alternatives + " " + rule);
        return answers.isEmpty() ? 0 : answers.removeFirst();
    }
}
