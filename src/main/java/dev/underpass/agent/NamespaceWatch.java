package dev.underpass.agent;

import dev.underpass.agent.netlink.FilterSocket;
import dev.underpass.agent.netlink.ListenerSocket;
import dev.underpass.agent.netlink.NamespaceThread;
import dev.underpass.agent.netlink.NetlinkBuffer;
import dev.underpass.agent.netlink.NetlinkException;
import dev.underpass.agent.netlink.RouteSocket;
import dev.underpass.agent.netlink.RouteSocket.Change;
import dev.underpass.net.IpAddress.Family;
import dev.underpass.net.Link;
import dev.underpass.net.Neighbour;
import dev.underpass.net.NetworkState;
import dev.underpass.report.FilterReport;
import dev.underpass.report.Listener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Follows one network namespace: two descriptors in it to wait on, one to ask, and what was last read.
///
/// All methods but the constructor belong to the agent's thread.
final class NamespaceWatch implements AutoCloseable {

    private final NamespaceThread thread;
    private final NetlinkBuffer buffer;
    private final RouteSocket routes;
    private final FilterSocket filters;
    private final ListenerSocket sockets;
    private final Sysctls sysctls;

    private Path path;
    private NetworkState network = NetworkState.NOT_OBSERVED;
    private @Nullable List<Listener> listeners;
    private FilterReport filterReport = FilterReport.NOT_OBSERVED;
    private boolean filtersWanted = true;

    private NamespaceWatch(
            Path path,
            NamespaceThread thread,
            NetlinkBuffer buffer,
            RouteSocket routes,
            FilterSocket filters,
            ListenerSocket sockets) {
        this.path = path;
        this.thread = thread;
        this.buffer = buffer;
        this.routes = routes;
        this.filters = filters;
        this.sockets = sockets;
        this.sysctls = new Sysctls(thread);
    }

    /// Opens the descriptors and follows changes from then on; nothing is read yet.
    ///
    /// @throws IOException if the namespace cannot be entered
    static NamespaceWatch open(Path path, NamespaceThread thread, NetlinkBuffer buffer) throws IOException {
        return thread.in(path, () -> {
            var opened = new ArrayList<Runnable>();
            try {
                var routes = RouteSocket.open(buffer);
                opened.add(routes::close);
                var filters = FilterSocket.open(buffer);
                opened.add(filters::close);
                var sockets = ListenerSocket.open(buffer);
                opened.add(sockets::close);
                routes.follow();
                filters.follow();
                return new NamespaceWatch(path, thread, buffer, routes, filters, sockets);
            } catch (NetlinkException e) {
                opened.forEach(Runnable::run);
                throw e;
            }
        });
    }

    Path path() {
        return path;
    }

    /// The memory that its messages go through.
    NetlinkBuffer buffer() {
        return buffer;
    }

    /// The descriptors to wait on.
    List<Integer> descriptors() {
        return List.of(routes.fd(), filters.fd());
    }

    /// The same namespace has to be entered another way from now on.
    void reachedBy(Path newPath) {
        path = newPath;
    }

    /// By which numbers this namespace knows others, where it knows them.
    Map<Integer, String> numbersOf(Map<String, Path> others) throws IOException {
        var numbers = new HashMap<Integer, String>();
        for (var other : others.entrySet()) {
            int number = routes.numberOf(other.getValue());
            if (number >= 0) {
                numbers.put(number, other.getKey());
            }
        }
        return numbers;
    }

    NetworkState network() {
        return network;
    }

    FilterReport filterReport() {
        return filterReport;
    }

    @Nullable
    List<Listener> listeners() {
        return listeners;
    }

    /// Reads links, addresses, rules, routes and neighbours anew.
    void readAll() throws IOException {
        routes.takeChanges();
        read(EnumSet.allOf(Change.class), true);
    }

    /// How much of a namespace is read where no event has told of a change.
    enum Depth {
        /// Devices with their sysctls, and listening sockets.
        SOCKETS,
        /// Those sysctls of all devices besides whose changes the kernel does not tell.
        SILENT_SYSCTLS,
        /// Everything, and with it the ages of neighbours.
        ALL
    }

    /// Reads what no event tells of: sysctls of devices, which come with them, and listening sockets.
    ///
    /// @return what had changed besides, which is read as well
    Set<Change> readSlow(Depth depth) throws IOException {
        var told = routes.takeChanges();
        boolean all = depth == Depth.ALL || network.links() == null;
        var changes = all ? EnumSet.allOf(Change.class) : EnumSet.copyOf(told);
        if (!all && !routes.sameDevices()) {
            changes.add(Change.LINKS);
        }
        if (!changes.isEmpty()) {
            read(changes, true);
        }
        if (sysctls.read(path, told.contains(Change.SYSCTLS) ? Depth.ALL : depth)) {
            network = network.with(sysctls.all());
        }
        if (all || !sockets.sameListeners()) {
            listeners = kept(listeners, sockets.listeners());
        }
        return told;
    }

    /// How many links, addresses, rules, routes and neighbours there are.
    int objects() {
        return Stream.of(
                        network.links(),
                        network.addresses(),
                        network.rules(),
                        network.rules6(),
                        network.routes(),
                        network.routes6(),
                        network.neighbours(),
                        network.proxyNeighbours())
                .filter(Objects::nonNull)
                .mapToInt(List::size)
                .sum();
    }

    /// Whether something has been heard that is not read yet, of which no descriptor tells any more.
    boolean pending() {
        return routes.pending() || filters.pending();
    }

    /// Reads what has changed since the last time.
    ///
    /// @param ready the descriptors that can be read
    /// @return what that was
    Set<Change> readChanges(Set<Integer> ready) throws IOException {
        if (!ready.contains(routes.fd()) && !routes.pending()) {
            return Set.of();
        }
        var changes = routes.takeChanges();
        if (changes.contains(Change.SYSCTLS)) {
            sysctls.read(path, Depth.ALL);
        }
        if (!changes.isEmpty()) {
            read(changes, false);
        }
        return changes;
    }

    private void read(Set<Change> changes, boolean ages) throws IOException {
        var before = network;
        boolean devices = changes.contains(Change.LINKS) || changes.contains(Change.SYSCTLS);
        var links = devices || before.links() == null ? kept(before.links(), readDevices()) : before.links();
        boolean neighbours = changes.contains(Change.NEIGHBOURS);
        boolean rules = changes.contains(Change.RULES);
        boolean routing = changes.contains(Change.ROUTES);
        network = new NetworkState(
                links,
                changes.contains(Change.ADDRESSES)
                        ? kept(before.addresses(), routes.addresses(links))
                        : before.addresses(),
                rules ? kept(before.rules(), routes.rules(Family.IPV4)) : before.rules(),
                rules ? kept(before.rules6(), routes.rules(Family.IPV6)) : before.rules6(),
                routing ? kept(before.routes(), routes.routes(Family.IPV4)) : before.routes(),
                routing ? kept(before.routes6(), routes.routes(Family.IPV6)) : before.routes6(),
                neighbours ? latest(before.neighbours(), routes.neighbours(), ages) : before.neighbours(),
                neighbours ? kept(before.proxyNeighbours(), routes.proxyNeighbours()) : before.proxyNeighbours(),
                sysctls.all());
    }

    /// What was read earlier, where it is the same: one of it in memory, whoever holds which report.
    private static <T> T kept(@Nullable T before, T now) {
        return before != null && before.equals(now) ? before : now;
    }

    private List<Link> readDevices() throws NetlinkException {
        var devices = routes.devices();
        sysctls.ofDevices(devices.sysctls());
        return devices.links();
    }

    /// Traffic makes entries age and be confirmed all the time: without another change, the earlier list stays.
    static List<Neighbour> latest(@Nullable List<Neighbour> before, List<Neighbour> now, boolean ages) {
        return before != null && (before.equals(now) || (!ages && shape(before).equals(shape(now)))) ? before : now;
    }

    private static Set<String> shape(List<Neighbour> neighbours) {
        return neighbours.stream()
                .map(each -> each.address() + " " + each.device() + " " + each.lladdr() + " " + each.permanent() + " "
                        + each.valid())
                .collect(Collectors.toSet());
    }

    /// Whether the packet filter has changed, or was never read, since the last time somebody asked.
    ///
    /// @param ready the descriptors that can be read
    boolean takeFiltersWanted(Set<Integer> ready) throws NetlinkException {
        boolean told = ready.contains(filters.fd()) || filters.pending();
        boolean wanted = (told && filters.takeChanged()) || filtersWanted;
        filtersWanted = false;
        return wanted;
    }

    /// Has the packet filter read, changed or not.
    void wantFilters() {
        filtersWanted = true;
    }

    /// Which rule sets there are.
    FilterReader.Present presentFilters() throws IOException {
        // A namespace starts with rule set number 1, which is empty.
        boolean nftables = filters.generation() != 1;
        return thread.in(
                path,
                () -> new FilterReader.Present(
                        nftables, hasLegacyTables("ip_tables_names"), hasLegacyTables("ip6_tables_names")));
    }

    private static boolean hasLegacyTables(String file) throws IOException {
        var names = Path.of("/proc/thread-self/net", file);
        return Files.exists(names) && !Files.readString(names).isBlank();
    }

    void filters(FilterReport report) {
        filterReport = report;
    }

    @Override
    public void close() {
        routes.close();
        filters.close();
        sockets.close();
    }
}
