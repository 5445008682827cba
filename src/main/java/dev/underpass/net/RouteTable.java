package dev.underpass.net;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One routing table of one family, ready for longest-prefix lookups.
final class RouteTable {

    /// By prefix length, the longest first, then by network.
    private final Map<Integer, Map<IpAddress, List<Route>>> byLength;

    private final @Nullable Route absent;

    /// @param routes in the kernel's order; those of the same prefix and metric keep it
    RouteTable(List<Route> routes) {
        this.absent = null;
        this.byLength = new TreeMap<>(Comparator.reverseOrder());
        for (var route : routes) {
            byLength.computeIfAbsent(route.destination().length(), _ -> new HashMap<>())
                    .computeIfAbsent(route.destination().network(), _ -> new ArrayList<>())
                    .add(route);
        }
        var order = Comparator.comparingInt(Route::typeOfService).reversed().thenComparingLong(Route::metric);
        byLength.values().forEach(networks -> networks.values().forEach(same -> same.sort(order)));
    }

    private RouteTable(RouteTable other, Route absent) {
        this.byLength = other.byLength;
        this.absent = absent;
    }

    /// The same table as it would be if one of its lines were deleted.
    RouteTable without(Route route) {
        return new RouteTable(this, route);
    }

    /// The routes that contain the address, in the order in which the kernel tries them.
    List<Route> candidates(IpAddress address) {
        var found = new ArrayList<Route>();
        byLength.forEach((length, networks) -> found.addAll(networks.getOrDefault(address.masked(length), List.of())));
        found.remove(absent);
        return found;
    }
}
