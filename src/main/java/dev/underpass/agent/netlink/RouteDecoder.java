package dev.underpass.agent.netlink;

import dev.underpass.net.DeviceName;
import dev.underpass.net.IpAddress;
import dev.underpass.net.IpAddress.Family;
import dev.underpass.net.IpPrefix;
import dev.underpass.net.NextHop;
import dev.underpass.net.Route;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Decodes `RTM_NEWROUTE`, `rtnetlink(7)`, into what `ip route show table all` prints.
final class RouteDecoder {

    private static final int HEADER = 12;
    private static final int DST = 1;
    private static final int OIF = 4;
    private static final int GATEWAY = 5;
    private static final int PRIORITY = 6;
    private static final int PREFSRC = 7;
    private static final int MULTIPATH = 9;
    private static final int TABLE = 15;
    private static final int VIA = 18;
    private static final int PREF = 20;

    private static final int CLONED = 0x200;
    private static final int NEXTHOP_HEADER = 8;

    private static final Route.Type[] TYPES = {
        Route.Type.UNICAST,
        Route.Type.UNICAST,
        Route.Type.LOCAL,
        Route.Type.BROADCAST,
        Route.Type.ANYCAST,
        Route.Type.MULTICAST,
        Route.Type.BLACKHOLE,
        Route.Type.UNREACHABLE,
        Route.Type.PROHIBIT,
        Route.Type.THROW
    };

    private static final Map<Integer, String> PROTOCOLS = Map.ofEntries(
            Map.entry(0, "unspec"),
            Map.entry(1, "redirect"),
            Map.entry(2, "kernel"),
            Map.entry(3, ""),
            Map.entry(4, "static"),
            Map.entry(8, "gated"),
            Map.entry(9, "ra"),
            Map.entry(10, "mrt"),
            Map.entry(11, "zebra"),
            Map.entry(12, "bird"),
            Map.entry(13, "dnrouted"),
            Map.entry(14, "xorp"),
            Map.entry(15, "ntk"),
            Map.entry(16, "dhcp"),
            Map.entry(18, "keepalived"),
            Map.entry(42, "babel"),
            Map.entry(99, "openr"),
            Map.entry(186, "bgp"),
            Map.entry(187, "isis"),
            Map.entry(188, "ospf"),
            Map.entry(189, "rip"),
            Map.entry(192, "eigrp"));

    private static final Map<Integer, String> FLAGS = Map.of(
            1, "dead",
            2, "pervasive",
            4, "onlink",
            8, "offload",
            0x10, "linkdown",
            0x20, "unresolved",
            0x40, "trap",
            0x4000, "rt_offload",
            0x8000, "rt_trap",
            0x20000000, "rt_offload_failed");

    private static final List<String> PREFERENCES = List.of("medium", "high", "invalid", "low");

    private final Family family;
    private final Map<Integer, DeviceName> devices;
    private @Nullable IpAddress destination;
    private @Nullable IpAddress gateway;
    private @Nullable IpAddress preferredSource;
    private int device;
    private long metric;
    private int table;
    private String preference = "";
    private @Nullable List<NextHop> several;

    private RouteDecoder(Family family, Map<Integer, DeviceName> devices) {
        this.family = family;
        this.devices = devices;
    }

    /// Null for a route that only caches another one.
    static @Nullable Route decode(Message message, Family family, Map<Integer, DeviceName> devices) {
        boolean cloned = (message.i32(8) & CLONED) != 0;
        return cloned ? null : new RouteDecoder(family, devices).decoded(message);
    }

    private Route decoded(Message message) {
        int length = message.u8(1);
        int typeOfService = message.u8(3);
        table = message.u8(4);
        int protocol = message.u8(5);
        int scope = message.u8(6);
        int type = message.u8(7);
        int flags = message.i32(8);
        message.attributesAfter(HEADER);
        while (message.next()) {
            attribute(message);
        }
        var to = destination == null ? Shared.address(family, 0, 0) : destination;
        var only = new NextHop(device == 0 ? null : name(device), gateway, 1, flags(flags));
        return new Route(
                TYPES[type < TYPES.length ? type : 0],
                IpPrefix.around(to, length),
                Shared.table(table),
                several == null ? List.of(only) : several,
                Shared.scope(scope),
                preferredSource,
                metric,
                typeOfService,
                protocol(protocol),
                preference);
    }

    private static String protocol(int number) {
        var name = PROTOCOLS.get(number);
        return name == null ? Integer.toString(number) : name;
    }

    private void attribute(Message message) {
        switch (message.type()) {
            case DST -> destination = message.valueAddress();
            case OIF -> device = message.valueI32();
            case GATEWAY -> gateway = message.valueAddress();
            case PRIORITY -> metric = message.valueU32();
            case PREFSRC -> preferredSource = message.valueAddress();
            case TABLE -> table = message.valueI32();
            case VIA -> gateway = message.valueVia();
            case PREF -> preference = PREFERENCES.get(message.valueU8() & 3);
            case MULTIPATH -> several = nextHops(message.value());
            default -> {
                // Metrics, flow, cache information.
            }
        }
    }

    private DeviceName name(int index) {
        var name = devices.get(index);
        return name == null ? new DeviceName("if" + index) : name;
    }

    private List<NextHop> nextHops(Message hops) {
        var result = new ArrayList<NextHop>();
        int end = hops.length();
        for (int at = 0; at + NEXTHOP_HEADER <= end; ) {
            int length = hops.u16(at);
            if (length < NEXTHOP_HEADER || at + length > end) {
                break;
            }
            result.add(nextHop(hops.part(at, at + length)));
            at += Message.aligned(length);
        }
        return result;
    }

    private NextHop nextHop(Message hop) {
        int flags = hop.u8(2);
        int weight = hop.u8(3) + 1;
        int index = hop.i32(4);
        IpAddress via = null;
        hop.attributesAfter(NEXTHOP_HEADER);
        while (hop.next()) {
            switch (hop.type()) {
                case GATEWAY -> via = hop.valueAddress();
                case VIA -> via = hop.valueVia();
                default -> {
                    // Encapsulation, flow.
                }
            }
        }
        return new NextHop(index == 0 ? null : name(index), via, weight, flags(flags));
    }

    private static Set<String> flags(int flags) {
        if (flags == 0) {
            return Set.of();
        }
        var names = new HashSet<String>();
        FLAGS.forEach((mask, name) -> {
            if ((flags & mask) != 0) {
                names.add(name);
            }
        });
        return names;
    }
}
