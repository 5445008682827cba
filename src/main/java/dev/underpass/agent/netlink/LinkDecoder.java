package dev.underpass.agent.netlink;

import dev.underpass.net.DeviceName;
import dev.underpass.net.Link;
import dev.underpass.net.MacAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Decodes `RTM_NEWLINK`, `rtnetlink(7)`, into what `ip -d link` prints.
final class LinkDecoder {

    /// A device, with the numbers that stand for other devices until all are known.
    record RawLink(Link link, int lower, int master) {}

    private static final int HEADER = 16;
    private static final int ADDRESS = 1;
    private static final int IFNAME = 3;
    private static final int MTU = 4;
    private static final int LINK = 5;
    private static final int MASTER = 10;
    private static final int OPERSTATE = 16;
    private static final int LINKINFO = 18;
    private static final int AF_SPEC = 26;
    private static final int GROUP = 27;
    private static final int LINK_NETNSID = 37;
    private static final int INFO_KIND = 1;
    private static final int INFO_DATA = 2;

    private static final List<String> OPERSTATES =
            List.of("UNKNOWN", "NOTPRESENT", "DOWN", "LOWERLAYERDOWN", "TESTING", "DORMANT", "UP");

    private static final int UP = 1;
    private static final int RUNNING = 0x40;

    /// By bit; those that `ip link` does not print are empty.
    private static final List<String> FLAGS = List.of(
            "UP",
            "BROADCAST",
            "DEBUG",
            "LOOPBACK",
            "POINTOPOINT",
            "NOTRAILERS",
            "",
            "NOARP",
            "PROMISC",
            "ALLMULTI",
            "MASTER",
            "SLAVE",
            "MULTICAST",
            "PORTSEL",
            "AUTOMEDIA",
            "DYNAMIC",
            "LOWER_UP",
            "DORMANT",
            "ECHO");

    /// Few combinations occur, and each again and again.
    private static final Map<Integer, Set<String>> FLAG_SETS = new ConcurrentHashMap<>();

    private int lower;
    private int master;
    private String kind = "";
    private String mode = "";
    private @Nullable Integer vlan;
    private @Nullable MacAddress address;
    private @Nullable DeviceName name;
    private @Nullable Integer peerNamespace;
    private int mtuBytes;
    private String operState = "UNKNOWN";
    private String group = "default";
    private @Nullable Message families;

    private LinkDecoder() {}

    /// @param sysctls where the device's parameters are put, too
    static RawLink decode(Message message, Map<String, String> sysctls) {
        return new LinkDecoder().decoded(message, sysctls);
    }

    private RawLink decoded(Message message, Map<String, String> sysctls) {
        int index = message.i32(4);
        int flags = message.i32(8);
        message.attributesAfter(HEADER);
        while (message.next()) {
            attribute(message);
        }
        var device = Objects.requireNonNull(name, "a device without a name");
        if (families != null) {
            DeviceSysctls.decode(device, families, sysctls);
        }
        boolean elsewhere = peerNamespace != null;
        var link = new Link(
                index,
                device,
                kind,
                FLAG_SETS.computeIfAbsent(flags, LinkDecoder::flags),
                operState,
                address,
                mtuBytes,
                elsewhere && lower != 0 ? lower : null,
                null,
                peerNamespace,
                mode,
                vlan,
                null,
                group);
        return new RawLink(link, elsewhere ? 0 : lower, master);
    }

    private void attribute(Message message) {
        switch (message.type()) {
            case ADDRESS -> address = message.valueMac();
            case IFNAME -> name = new DeviceName(message.valueText().intern());
            case MTU -> mtuBytes = message.valueI32();
            case LINK -> lower = message.valueI32();
            case MASTER -> master = message.valueI32();
            case OPERSTATE -> operState = OPERSTATES.get(Math.min(message.valueU8(), OPERSTATES.size() - 1));
            case GROUP -> group = message.valueI32() == 0 ? "default" : Long.toString(message.valueU32());
            case LINK_NETNSID -> peerNamespace = message.valueI32();
            case LINKINFO -> info(message.value());
            case AF_SPEC -> families = message.value();
            default -> {
                // Counters, queues and the like.
            }
        }
    }

    private void info(Message info) {
        while (info.next()) {
            if (info.type() == INFO_KIND) {
                kind = info.valueText().intern();
            } else if (info.type() == INFO_DATA) {
                data(info.value());
            }
        }
    }

    /// The first attribute of each of these kinds is what matters.
    private void data(Message data) {
        while (data.next()) {
            if (data.type() != 1) {
                continue;
            }
            switch (kind) {
                case "macvlan", "macvtap" -> mode = macvlanMode(data.valueI32());
                case "ipvlan", "ipvtap" -> mode = List.of("l2", "l3", "l3s").get(Math.min(data.valueU16(), 2));
                case "vlan" -> vlan = data.valueU16();
                default -> {
                    // Nothing that the path of a packet depends on.
                }
            }
        }
    }

    private static String macvlanMode(int mode) {
        return switch (mode) {
            case 1 -> "private";
            case 2 -> "vepa";
            case 4 -> "bridge";
            case 8 -> "passthru";
            case 16 -> "source";
            default -> Integer.toString(mode);
        };
    }

    private static Set<String> flags(int flags) {
        var names = new HashSet<String>();
        if ((flags & UP) != 0 && (flags & RUNNING) == 0) {
            names.add("NO-CARRIER");
        }
        for (int bit = 0; bit < FLAGS.size(); bit++) {
            if ((flags & 1 << bit) != 0 && !FLAGS.get(bit).isEmpty()) {
                names.add(FLAGS.get(bit));
            }
        }
        return Set.copyOf(names);
    }

    /// The devices with the names of those that they hang on.
    static List<Link> resolved(List<RawLink> raw) {
        var byIndex = new HashMap<Integer, Link>();
        raw.forEach(each -> byIndex.put(each.link().index(), each.link()));
        return raw.stream()
                .map(each -> resolved(each, byIndex.get(each.lower()), byIndex.get(each.master())))
                .toList();
    }

    private static Link resolved(RawLink raw, @Nullable Link lower, @Nullable Link master) {
        var link = raw.link();
        if (lower == null && master == null) {
            return link;
        }
        boolean down = lower != null && !lower.up();
        return new Link(
                link.index(),
                link.name(),
                link.kind(),
                down ? withMasterDown(link.flags()) : link.flags(),
                link.operState(),
                link.address(),
                link.mtuBytes(),
                link.peerIndex(),
                lower == null ? null : lower.name(),
                link.peerNamespace(),
                link.mode(),
                link.vlan(),
                master == null ? null : master.name(),
                link.group());
    }

    private static Set<String> withMasterDown(Set<String> flags) {
        var all = new HashSet<>(flags);
        all.add("M-DOWN");
        return all;
    }
}
