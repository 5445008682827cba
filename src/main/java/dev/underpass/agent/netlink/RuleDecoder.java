package dev.underpass.agent.netlink;

import dev.underpass.net.DeviceName;
import dev.underpass.net.IpAddress;
import dev.underpass.net.IpPrefix;
import dev.underpass.net.PolicyRule;
import dev.underpass.net.PolicyRule.Action;
import dev.underpass.net.PolicyRule.Range;
import dev.underpass.net.Route;
import org.jspecify.annotations.Nullable;

/// Decodes `RTM_NEWRULE` (`linux/fib_rules.h`) into what `ip rule` prints.
final class RuleDecoder {

    private static final int HEADER = 12;
    private static final int DST = 1;
    private static final int SRC = 2;
    private static final int IIFNAME = 3;
    private static final int GOTO = 4;
    private static final int PRIORITY = 6;
    private static final int FWMARK = 10;
    private static final int SUPPRESS_IFGROUP = 13;
    private static final int SUPPRESS_PREFIXLEN = 14;
    private static final int TABLE = 15;
    private static final int FWMASK = 16;
    private static final int OIFNAME = 17;
    private static final int L3MDEV = 19;
    private static final int UID_RANGE = 20;
    private static final int IP_PROTO = 22;
    private static final int SPORT_RANGE = 23;
    private static final int DPORT_RANGE = 24;

    private static final int INVERT = 2;

    private @Nullable IpAddress from;
    private @Nullable IpAddress to;
    private @Nullable DeviceName incoming;
    private @Nullable DeviceName outgoing;
    private long target;
    private long priority;
    private int mark;
    private int markMask;
    private int suppressGroup = -1;
    private int suppressPrefixLength = -1;
    private int table;
    private boolean l3mdev;
    private @Nullable Range uids;
    private @Nullable Integer protocol;
    private @Nullable Range sourcePorts;
    private @Nullable Range destinationPorts;

    private RuleDecoder() {}

    static PolicyRule decode(Message message) {
        return new RuleDecoder().decoded(message);
    }

    private PolicyRule decoded(Message message) {
        int toLength = message.u8(1);
        int fromLength = message.u8(2);
        int typeOfService = message.u8(3);
        table = message.u8(4);
        int action = message.u8(7);
        boolean inverted = (message.i32(8) & INVERT) != 0;
        message.attributesAfter(HEADER);
        while (message.next()) {
            attribute(message);
        }
        var selector = new PolicyRule.Selector(
                inverted,
                from == null ? null : IpPrefix.around(from, fromLength),
                to == null ? null : IpPrefix.around(to, toLength),
                typeOfService,
                mark,
                markMask,
                incoming,
                outgoing,
                l3mdev,
                uids,
                protocol,
                sourcePorts,
                destinationPorts);
        return new PolicyRule(priority, selector, action(action));
    }

    private void attribute(Message message) {
        switch (message.type()) {
            case DST -> to = message.valueAddress();
            case SRC -> from = message.valueAddress();
            case IIFNAME -> incoming = new DeviceName(message.valueText());
            case OIFNAME -> outgoing = new DeviceName(message.valueText());
            case GOTO -> target = message.valueU32();
            case PRIORITY -> priority = message.valueU32();
            case FWMARK -> mark = message.valueI32();
            case FWMASK -> markMask = message.valueI32();
            case SUPPRESS_IFGROUP -> suppressGroup = message.valueI32();
            case SUPPRESS_PREFIXLEN -> suppressPrefixLength = message.valueI32();
            case TABLE -> table = message.valueI32();
            case L3MDEV -> l3mdev = message.valueU8() != 0;
            case UID_RANGE ->
                uids = new Range(
                        Integer.toUnsignedLong(message.valueI32(0)), Integer.toUnsignedLong(message.valueI32(1)));
            case IP_PROTO -> protocol = message.valueU8();
            case SPORT_RANGE -> sourcePorts = ports(message.value());
            case DPORT_RANGE -> destinationPorts = ports(message.value());
            default -> {
                // Flow, tunnel, who made it.
            }
        }
    }

    private static Range ports(Message range) {
        return new Range(range.u16(0), range.u16(2));
    }

    private Action action(int action) {
        return switch (action) {
            case 2 -> new Action.Goto(target);
            case 3 -> new Action.Nop();
            case 6 -> new Action.Refuse(Route.Type.BLACKHOLE);
            case 7 -> new Action.Refuse(Route.Type.UNREACHABLE);
            case 8 -> new Action.Refuse(Route.Type.PROHIBIT);
            default ->
                l3mdev
                        ? new Action.LookupL3mdev()
                        : new Action.Lookup(
                                Shared.table(table),
                                suppressPrefixLength,
                                suppressGroup == -1 ? null : group(suppressGroup));
        };
    }

    private static String group(int number) {
        return number == 0 ? "default" : Integer.toUnsignedString(number);
    }
}
