package dev.underpass.agent.netlink;

import dev.underpass.net.DeviceName;
import dev.underpass.net.InterfaceAddress;
import dev.underpass.net.IpAddress.Family;
import dev.underpass.net.Link;
import dev.underpass.net.Neighbour;
import dev.underpass.net.PolicyRule;
import dev.underpass.net.Route;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Links, addresses, rules, routes and neighbours of one network namespace over rtnetlink, and their changes.
public final class RouteSocket implements AutoCloseable {

    /// A kind of state that has changed.
    public enum Change {
        LINKS,
        ADDRESSES,
        ROUTES,
        NEIGHBOURS,
        RULES,
        SYSCTLS,
        NAMESPACES
    }

    private static final int GETLINK = 18;
    private static final int GETADDR = 22;
    private static final int GETROUTE = 26;
    private static final int GETNEIGH = 30;
    private static final int GETRULE = 34;
    private static final int GETNSID = 90;

    private static final int EXT_MASK = 29;
    private static final int SKIP_STATISTICS = 8;
    private static final byte NTF_PROXY = 8;

    /// LINK, NEIGH, IPV4_IFADDR, IPV4_ROUTE, IPV4_RULE, IPV6_IFADDR, IPV6_ROUTE, IPV6_RULE, IPV4_NETCONF,
    /// IPV6_NETCONF, NSID (`linux/rtnetlink.h`).
    private static final int[] GROUPS = {1, 3, 5, 7, 8, 9, 11, 19, 24, 25, 28};

    /// Since Linux 5.3.
    private static final int NEXTHOP_GROUP = 32;

    private final NetlinkSocket socket;
    private final EnumSet<Change> changes = EnumSet.noneOf(Change.class);
    private Map<Integer, DeviceName> devices = Map.of();
    private List<Long> devicePrints = List.of();

    private RouteSocket(NetlinkSocket socket) {
        this.socket = socket;
    }

    /// Opens one in the current thread's network namespace, where it stays.
    public static RouteSocket open(NetlinkBuffer buffer) throws NetlinkException {
        var socket = NetlinkSocket.open(NetlinkSocket.ROUTE, buffer);
        try {
            socket.checkStrictly();
            return new RouteSocket(socket);
        } catch (NetlinkException e) {
            socket.close();
            throw e;
        }
    }

    /// Follows changes from now on.
    public void follow() throws NetlinkException {
        socket.join(this::changed, GROUPS);
        try {
            socket.join(this::changed, NEXTHOP_GROUP);
        } catch (NetlinkException e) {
            if (e.errno() != Libc.EINVAL) {
                throw e;
            }
        }
    }

    private void changed(int type) {
        switch (type) {
            case 16, 17 -> changes.addAll(Set.of(Change.LINKS, Change.ADDRESSES, Change.ROUTES, Change.NEIGHBOURS));
            // Routes go with an address without a message of their own.
            case 20, 21 -> changes.addAll(Set.of(Change.ADDRESSES, Change.ROUTES));
            case 24, 25 -> changes.add(Change.ROUTES);
            case 28, 29 -> changes.add(Change.NEIGHBOURS);
            case 32, 33 -> changes.add(Change.RULES);
            case 80, 81 -> changes.add(Change.SYSCTLS);
            case 88, 89 -> changes.add(Change.NAMESPACES);
            // Routes go with a nexthop object without a message of their own.
            case 104, 105 -> changes.add(Change.ROUTES);
            default -> {
                // Nothing that is read.
            }
        }
    }

    /// What has changed since the last time somebody asked: everything, if messages were lost.
    public Set<Change> takeChanges() throws NetlinkException {
        socket.drain();
        if (socket.takeLost()) {
            changes.addAll(EnumSet.allOf(Change.class));
        }
        var taken = EnumSet.copyOf(changes);
        changes.clear();
        return taken;
    }

    /// Whether something has been heard while something else was read: the descriptor need not tell of it any more.
    public boolean pending() {
        return !changes.isEmpty() || socket.hasLost();
    }

    /// The descriptor, to wait on.
    public int fd() {
        return socket.fd();
    }

    /// The devices, with the sysctls of each.
    ///
    /// @param sysctls of all devices, by name
    public record Devices(List<Link> links, Map<String, String> sysctls) {}

    /// Reads the devices; addresses, routes and neighbours read later use their names.
    public Devices devices() throws NetlinkException {
        var sysctls = new HashMap<String, String>();
        var prints = new ArrayList<Long>();
        var raw = socket.dump("links", GETLINK, deviceRequest(), (_, message) -> {
            prints.add(message.print());
            return LinkDecoder.decode(message, sysctls);
        });
        devicePrints = List.copyOf(prints);
        var names = new HashMap<Integer, DeviceName>();
        raw.forEach(each -> names.put(each.link().index(), each.link().name()));
        devices = names;
        return new Devices(LinkDecoder.resolved(raw), sysctls);
    }

    private static ByteBuffer deviceRequest() {
        return NetlinkSocket.payload(16 + 8)
                .putShort(16, (short) 8)
                .putShort(18, (short) EXT_MASK)
                .putInt(20, SKIP_STATISTICS);
    }

    /// Whether the kernel says of the devices, and of the sysctls of each, what it said when they were last read.
    public boolean sameDevices() throws NetlinkException {
        return socket.prints("links", GETLINK, deviceRequest()).equals(devicePrints);
    }

    /// The addresses in the order of `ip addr`: device by device, IPv4 first.
    public List<InterfaceAddress> addresses(List<Link> links) throws NetlinkException {
        var all = socket.dump(
                "addresses",
                GETADDR,
                NetlinkSocket.payload(8),
                (_, message) -> AddressDecoder.address(message, devices));
        var byDevice = new HashMap<DeviceName, List<InterfaceAddress>>();
        all.forEach(each ->
                byDevice.computeIfAbsent(each.device(), _ -> new ArrayList<>()).add(each));
        var sorted = new ArrayList<InterfaceAddress>(all.size());
        links.forEach(link -> sorted.addAll(byDevice.getOrDefault(link.name(), List.of())));
        return sorted;
    }

    private static byte family(Family family) {
        return (byte) (family == Family.IPV4 ? Message.AF_INET : Message.AF_INET6);
    }

    public List<PolicyRule> rules(Family family) throws NetlinkException {
        var request = NetlinkSocket.payload(12).put(0, family(family));
        return socket.dump("rules", GETRULE, request, (_, message) -> RuleDecoder.decode(message));
    }

    /// The routes of all tables.
    public List<Route> routes(Family family) throws NetlinkException {
        var request = NetlinkSocket.payload(12).put(0, family(family));
        return socket.dump("routes", GETROUTE, request, (_, message) -> RouteDecoder.decode(message, family, devices));
    }

    public List<Neighbour> neighbours() throws NetlinkException {
        return neighbours(NetlinkSocket.payload(12));
    }

    /// Addresses that the namespace answers ARP and neighbour discovery for, `ip neigh show proxy`.
    public List<Neighbour> proxyNeighbours() throws NetlinkException {
        return neighbours(NetlinkSocket.payload(12).put(10, NTF_PROXY));
    }

    private List<Neighbour> neighbours(ByteBuffer request) throws NetlinkException {
        return socket.dump("neighbours", GETNEIGH, request, (_, message) -> AddressDecoder.neighbour(message, devices));
    }

    /// By which number this namespace knows another one; -1 if it does not.
    ///
    /// @throws IOException if the other namespace cannot be opened
    public int numberOf(Path namespace) throws IOException {
        int other = NamespaceThread.open(namespace);
        try {
            var request = NetlinkSocket.payload(4 + 8);
            request.putShort(4, (short) 8).putShort(6, (short) 3).putInt(8, other);
            return socket.request("namespace number", GETNSID, request, (_, message) -> number(message))
                    .getFirst();
        } finally {
            Libc.close(other);
        }
    }

    private static int number(Message message) {
        message.attributesAfter(4);
        while (message.next()) {
            if (message.type() == 1) {
                return message.valueI32();
            }
        }
        return -1;
    }

    @Override
    public void close() {
        socket.close();
    }
}
