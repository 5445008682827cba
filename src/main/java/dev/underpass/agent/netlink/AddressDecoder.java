package dev.underpass.agent.netlink;

import dev.underpass.net.DeviceName;
import dev.underpass.net.InterfaceAddress;
import dev.underpass.net.IpAddress;
import dev.underpass.net.IpPrefix;
import dev.underpass.net.Neighbour;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Decodes `RTM_NEWADDR` and `RTM_NEWNEIGH`, `rtnetlink(7)`.
final class AddressDecoder {

    private static final int ADDRESS_HEADER = 8;
    private static final int IFA_ADDRESS = 1;
    private static final int IFA_LOCAL = 2;
    private static final int IFA_FLAGS = 8;

    private static final int SECONDARY = 1;
    private static final int PERMANENT = 0x80;

    /// By bit.
    private static final List<String> FLAGS = List.of(
            "secondary",
            "nodad",
            "optimistic",
            "dadfailed",
            "homeaddress",
            "deprecated",
            "tentative",
            "permanent",
            "mngtmpaddr",
            "noprefixroute",
            "autojoin",
            "stable-privacy");

    /// Few combinations occur, and each again and again; IPv6 has a name of its own for one.
    private static final Map<Integer, Set<String>> FOUR = new ConcurrentHashMap<>();

    private static final Map<Integer, Set<String>> SIX = new ConcurrentHashMap<>();

    private AddressDecoder() {}

    /// Null for an address whose device has gone meanwhile.
    static @Nullable InterfaceAddress address(Message message, Map<Integer, DeviceName> devices) {
        int family = message.u8(0);
        int length = message.u8(1);
        int flags = message.u8(2);
        int scope = message.u8(3);
        var device = devices.get(message.i32(4));
        IpAddress peer = null;
        IpAddress local = null;
        message.attributesAfter(ADDRESS_HEADER);
        while (message.next()) {
            switch (message.type()) {
                case IFA_ADDRESS -> peer = message.valueAddress();
                case IFA_LOCAL -> local = message.valueAddress();
                case IFA_FLAGS -> flags = message.valueI32();
                default -> {
                    // Lifetimes, label, broadcast address.
                }
            }
        }
        var own = local != null ? local : peer;
        var around = peer != null ? peer : local;
        if (device == null || own == null || around == null) {
            return null;
        }
        return new InterfaceAddress(
                device,
                own,
                IpPrefix.around(around, length),
                Shared.scope(scope),
                (family == Message.AF_INET6 ? SIX : FOUR)
                        .computeIfAbsent(flags, each -> flags(each, family == Message.AF_INET6)));
    }

    private static Set<String> flags(int flags, boolean six) {
        var names = new HashSet<String>();
        for (int bit = 0; bit < FLAGS.size(); bit++) {
            int mask = 1 << bit;
            boolean set = (flags & mask) != 0;
            if (mask == PERMANENT) {
                if (!set) {
                    names.add("dynamic");
                }
            } else if (set) {
                names.add(mask == SECONDARY && six ? "temporary" : FLAGS.get(bit));
            }
        }
        return Set.copyOf(names);
    }

    private static final int NEIGHBOUR_HEADER = 12;
    private static final int NDA_DST = 1;
    private static final int NDA_LLADDR = 2;
    private static final int NDA_CACHEINFO = 3;
    private static final int TICKS_PER_SECOND = 100;
    private static final int NUD_NONE = 0;
    private static final int NUD_NOARP = 0x40;
    private static final int NUD_PERMANENT = 0x80;
    private static final int NTF_PROXY = 8;
    private static final int NTF_EXT_LEARNED = 0x10;

    /// Null for entries that `ip neigh` does not print either: those without a state, and of devices without ARP.
    static @Nullable Neighbour neighbour(Message message, Map<Integer, DeviceName> devices) {
        int family = message.u8(0);
        var device = devices.get(message.i32(4));
        int state = message.u16(8);
        int flags = message.u8(10);
        boolean shown = (state != NUD_NONE && state != NUD_NOARP) || (flags & (NTF_PROXY | NTF_EXT_LEARNED)) != 0;
        if (device == null || !shown || (family != Message.AF_INET && family != Message.AF_INET6)) {
            return null;
        }
        IpAddress destination = null;
        dev.underpass.net.MacAddress lladdr = null;
        Long age = null;
        message.attributesAfter(NEIGHBOUR_HEADER);
        while (message.next()) {
            switch (message.type()) {
                case NDA_DST -> destination = message.valueAddress();
                case NDA_LLADDR -> lladdr = message.valueMac();
                case NDA_CACHEINFO -> age = message.valueU32() / TICKS_PER_SECOND;
                default -> {
                    // Probes, protocol.
                }
            }
        }
        boolean cached = state != NUD_PERMANENT && (flags & NTF_PROXY) == 0;
        return destination == null
                ? null
                : new Neighbour(destination, device, lladdr, state(state), cached ? age : null);
    }

    private static String state(int state) {
        return switch (state) {
            case 1 -> "INCOMPLETE";
            case 2 -> "REACHABLE";
            case 4 -> "STALE";
            case 8 -> "DELAY";
            case 0x10 -> "PROBE";
            case 0x20 -> "FAILED";
            case NUD_NOARP -> "NOARP";
            case NUD_PERMANENT -> "PERMANENT";
            default -> "NONE";
        };
    }
}
