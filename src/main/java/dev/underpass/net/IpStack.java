package dev.underpass.net;

import static java.util.stream.Collectors.groupingBy;

import dev.underpass.net.RouteDecision.Reason;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The IP stack of one network namespace: what its kernel decides, from what was read of it.
///
/// Every method throws [NotObservedException] where a section that it needs is missing.
public final class IpStack {

    private final NetworkState state;
    private final Sysctls sysctls;
    private final UsableHops hops = new UsableHops(this);
    private final Map<DeviceName, Link> links;
    private final List<Link> byIndex;
    private final Map<IpAddress, List<Neighbour>> neighbours;
    private final Map<IpAddress.Family, Fib> fibs = new EnumMap<>(IpAddress.Family.class);

    public IpStack(NetworkState state) {
        this.state = state;
        this.sysctls = new Sysctls(state.sysctls());
        this.byIndex = state.links() == null
                ? List.of()
                : state.links().stream()
                        .sorted(Comparator.comparingInt(Link::index))
                        .toList();
        this.links = new LinkedHashMap<>();
        byIndex.forEach(link -> links.put(link.name(), link));
        this.neighbours = state.neighbours() == null
                ? Map.of()
                : state.neighbours().stream().collect(groupingBy(Neighbour::address));
    }

    private IpStack(IpStack other, IpAddress.Family family, Fib fib) {
        this.state = other.state;
        this.sysctls = other.sysctls;
        this.links = other.links;
        this.byIndex = other.byIndex;
        this.neighbours = other.neighbours;
        this.fibs.put(family, fib);
    }

    public NetworkState state() {
        return state;
    }

    public Sysctls sysctls() {
        return sysctls;
    }

    /// The devices by index.
    public List<Link> links() {
        observed(state.links(), "links");
        return byIndex;
    }

    public Optional<Link> link(DeviceName name) {
        observed(state.links(), "links");
        return Optional.ofNullable(links.get(name));
    }

    public List<InterfaceAddress> addresses() {
        return observed(state.addresses(), "addresses");
    }

    public boolean hasAddress(DeviceName device, IpAddress.Family family) {
        return addresses().stream().anyMatch(a -> a.device().equals(device) && a.family() == family);
    }

    public List<Neighbour> neighbours() {
        return observed(state.neighbours(), "neighbours");
    }

    public Optional<Neighbour> neighbour(IpAddress address, DeviceName device) {
        observed(state.neighbours(), "neighbours");
        return neighbours.getOrDefault(address, List.of()).stream()
                .filter(entry -> entry.device().equals(device))
                .findFirst();
    }

    /// The rules and tables of a family.
    public synchronized Fib fib(IpAddress.Family family) {
        var fib = fibs.get(family);
        if (fib == null) {
            boolean four = family == IpAddress.Family.IPV4;
            fib = new Fib(
                    observed(four ? state.rules() : state.rules6(), four ? "rules" : "rules6"),
                    observed(four ? state.routes() : state.routes6(), four ? "routes" : "routes6"),
                    hops::usable,
                    hops::answers);
            fibs.put(family, fib);
        }
        return fib;
    }

    private static <T> T observed(@Nullable T section, String name) {
        if (section == null) {
            throw new NotObservedException(Phrases.SECTION.with(name));
        }
        return section;
    }

    /// What an address is to this namespace: `local`, `broadcast` … or else `unicast`.
    public AddressType typeOf(IpAddress address) {
        return fib(address.family())
                .local(address)
                .map(route -> AddressType.valueOf(route.type().name()))
                .orElse(AddressType.UNICAST);
    }

    public boolean isLocal(IpAddress address) {
        return typeOf(address) == AddressType.LOCAL;
    }

    public boolean isLocalOn(IpAddress address, DeviceName device) {
        return fib(address.family())
                .local(address)
                .filter(route -> route.type() == Route.Type.LOCAL)
                .filter(route -> route.uses(device))
                .isPresent();
    }

    /// Where a packet of this namespace's own sockets goes (`ip_route_output_key`, `ip6_route_output`).
    public RouteDecision output(Flow flow) {
        boolean four = flow.destination().family() == IpAddress.Family.IPV4;
        if (four && flow.source() != null && !isLocal(flow.source())) {
            return new RouteDecision.Refuse(Reason.NO_SOURCE, "", Phrases.NOT_OWN_SOURCE.with(flow.source()));
        }
        return switch (fib(flow.destination().family()).lookup(flow)) {
            case FibResult.Found found -> sent(found, flow);
            case FibResult.Refused refused -> refuse(refused);
            case FibResult.NoRoute _ -> noRoute(flow);
        };
    }

    /// Where a new connection goes, and from which address.
    ///
    /// IPv6 forgets a lookup that failed, and looks again with an address of any device (`ip6_dst_lookup_tail`).
    public RouteDecision connect(Flow flow) {
        var decision = output(flow.withSource(null));
        var destination = flow.destination();
        if (destination.family() == IpAddress.Family.IPV4 || !(decision instanceof RouteDecision.Refuse)) {
            return decision;
        }
        var source = sourceSelection().select6(null, destination);
        return source.map(address -> output(flow.withSource(address))).orElse(decision);
    }

    private RouteDecision sent(FibResult.Found found, Flow flow) {
        var source = flow.source() == null ? sourceFor(found, flow.destination()) : Optional.of(flow.source());
        return switch (found.route().type()) {
            case LOCAL, ANYCAST -> new RouteDecision.Deliver(found, source.orElse(flow.destination()));
            case UNICAST ->
                source.<RouteDecision>map(address -> new RouteDecision.Send(found, address))
                        .orElseGet(() -> new RouteDecision.Refuse(
                                Reason.NO_SOURCE, found.route().toString(), Phrases.NO_SOURCE.with()));
            default -> new RouteDecision.Refuse(Reason.NO_ROUTE, found.route().toString(), Phrases.NOT_UNICAST.with());
        };
    }

    /// The source address that the kernel gives to packets that leave by the route.
    public Optional<IpAddress> sourceFor(FibResult.Found found, IpAddress destination) {
        var route = found.route();
        if (route.preferredSource() != null) {
            return Optional.of(route.preferredSource());
        }
        if (route.type() == Route.Type.LOCAL) {
            return Optional.of(destination);
        }
        var hop = found.nextHops().getFirst();
        if (hop.device() == null) {
            return Optional.empty();
        }
        return route.family() == IpAddress.Family.IPV6
                ? sourceSelection().select6(hop.device(), destination)
                : sourceSelection().select(hop.device(), sameFamily(hop.gateway()), route.scope());
    }

    private static @Nullable IpAddress sameFamily(@Nullable IpAddress gateway) {
        return gateway == null || gateway.family() == IpAddress.Family.IPV6 ? null : gateway;
    }

    /// The same namespace after `ip route del` of a line that a lookup here has found.
    public IpStack without(Route route) {
        return new IpStack(this, route.family(), fib(route.family()).without(route));
    }

    /// The same namespace after `ip route append`.
    public IpStack with(Route route) {
        return new IpStack(state.with(route));
    }

    /// The address that MASQUERADE and ARP use on a device towards a next hop.
    public Optional<IpAddress> sourceTowards(DeviceName device, IpAddress nextHop, Scope scope) {
        return nextHop.family() == IpAddress.Family.IPV6
                ? sourceSelection().select6(device, nextHop)
                : sourceSelection().select(device, nextHop, scope);
    }

    private SourceSelection sourceSelection() {
        return new SourceSelection(addresses(), sysctls);
    }

    /// Where a packet that came in by a device goes (`ip_route_input`, `ip6_route_input`).
    public RouteDecision input(Packet packet, DeviceName incoming) {
        return packet.family() == IpAddress.Family.IPV4 ? input4(packet, incoming) : input6(packet, incoming);
    }

    private RouteDecision input4(Packet packet, DeviceName incoming) {
        if (LOOPBACK.contains(packet.destination()) || LOOPBACK.contains(packet.source())) {
            if (!sysctls.routeLocalnet(incoming)) {
                return new RouteDecision.Refuse(
                        Reason.MARTIAN_DESTINATION,
                        "route_localnet=0 on " + incoming,
                        Phrases.LOOPBACK_FROM_OUTSIDE.with());
            }
        }
        return switch (fib(IpAddress.Family.IPV4).lookup(Flow.into(packet, incoming))) {
            case FibResult.Refused refused -> refuse(refused);
            case FibResult.NoRoute _ -> noRoute(Flow.into(packet, incoming));
            case FibResult.Found found -> arrived4(found, packet, incoming);
        };
    }

    private static final IpPrefix LOOPBACK = IpPrefix.parse("127.0.0.0/8");

    private RouteDecision arrived4(FibResult.Found found, Packet packet, DeviceName incoming) {
        var reversePath = new ReversePath(this);
        return switch (found.route().type()) {
            case LOCAL ->
                reversePath
                        .check(packet, incoming, null)
                        .<RouteDecision>map(refuse -> refuse)
                        .orElseGet(() -> new RouteDecision.Deliver(found, packet.source()));
            case UNICAST -> {
                if (!sysctls.forwarding(incoming)) {
                    yield notForwarding("net.ipv4.conf.%s.forwarding = 0".formatted(incoming), packet, incoming);
                }
                yield reversePath
                        .check(packet, incoming, found.nextHops().getFirst().device())
                        .<RouteDecision>map(refuse -> refuse)
                        .orElseGet(() -> new RouteDecision.Send(found, packet.source()));
            }
            default ->
                new RouteDecision.Refuse(
                        Reason.MARTIAN_DESTINATION, found.route().toString(), Phrases.NOT_CONNECTABLE.with());
        };
    }

    private RouteDecision input6(Packet packet, DeviceName incoming) {
        if (sysctls.value(Sysctls.key("ipv6", incoming, "disable_ipv6"), 0) != 0) {
            return new RouteDecision.Refuse(
                    Reason.NOT_FORWARDING, "disable_ipv6=1 on " + incoming, Phrases.NO_IPV6.with());
        }
        return switch (fib(IpAddress.Family.IPV6).lookup(Flow.into(packet, incoming))) {
            case FibResult.Refused refused -> refuse(refused);
            case FibResult.NoRoute _ -> noRoute(Flow.into(packet, incoming));
            case FibResult.Found found -> {
                if (found.route().type() != Route.Type.UNICAST) {
                    yield new RouteDecision.Deliver(found, packet.source());
                }
                yield sysctls.forwarding6(incoming)
                        ? new RouteDecision.Send(found, packet.source())
                        : notForwarding("net.ipv6.conf.all.forwarding = 0", packet, incoming);
            }
        };
    }

    private static RouteDecision notForwarding(String line, Packet packet, DeviceName incoming) {
        return new RouteDecision.Refuse(
                Reason.NOT_FORWARDING, line, Phrases.NOT_FORWARDED.with(packet.destination(), incoming));
    }

    private static RouteDecision refuse(FibResult.Refused refused) {
        var reason = switch (refused.type()) {
            case BLACKHOLE -> Reason.BLACKHOLE;
            case PROHIBIT -> Reason.PROHIBIT;
            default -> Reason.UNREACHABLE;
        };
        return new RouteDecision.Refuse(reason, refused.line(), Phrases.REFUSES.with());
    }

    private static RouteDecision noRoute(Flow flow) {
        return new RouteDecision.Refuse(Reason.NO_ROUTE, "", Phrases.NO_ROUTE.with(flow.destination()));
    }
}
