package dev.underpass.net;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// One routing table of one family, ready for longest-prefix lookups.
final class RouteTable {

    /// By prefix length, the longest first, then by network.
    private final Map<Integer, Map<IpAddress, List<Route>>> byLength = new TreeMap<>(Comparator.reverseOrder());

    /// @param routes in the kernel's order; those of the same prefix and metric keep it
    RouteTable(List<Route> routes) {
        for (var route : routes) {
            byLength.computeIfAbsent(route.destination().length(), _ -> new HashMap<>())
                    .computeIfAbsent(route.destination().network(), _ -> new ArrayList<>())
                    .add(route);
        }
        var order = Comparator.comparingInt(Route::typeOfService).reversed().thenComparingLong(Route::metric);
        byLength.values().forEach(networks -> networks.values().forEach(same -> same.sort(order)));
    }

    /// The routes that contain the address, in the order in which the kernel tries them.
    List<Route> candidates(IpAddress address) {
        var found = new ArrayList<Route>();
        byLength.forEach((length, networks) -> found.addAll(networks.getOrDefault(address.masked(length), List.of())));
        return found;
    }
}
