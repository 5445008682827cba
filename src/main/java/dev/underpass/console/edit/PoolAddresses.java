package dev.underpass.console.edit;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.SpiderpoolResources.IpPool;
import dev.underpass.console.InvalidInputException;
import dev.underpass.console.RefusedException;
import dev.underpass.console.objects.Kinds;
import dev.underpass.diagnosis.edit.AddressRange;
import dev.underpass.diagnosis.edit.AddressRanges;
import dev.underpass.net.IpAddress;
import dev.underpass.report.Fields;
import dev.underpass.report.ReportFormatException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What each address of a SpiderIPPool is: its `ips`, its gateway, and those that Pods got from it.
public final class PoolAddresses {

    private static final int MOST = 1000;

    private final IpPool pool;
    private final Holders holders;
    private final List<Holders.Held> held;
    private final AddressRanges all;
    private final AddressRanges excluded;
    private final AddressRanges reserved;

    /// What an address is; the first of those that hold.
    public enum State {
        /// Two Pods have it, or a Pod and the gateway.
        CONFLICT,
        ALLOCATED,
        GATEWAY,
        EXCLUDED,
        RESERVED,
        FREE;

        @JsonValue
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// One address.
    ///
    /// @param pod who has it, `namespace/name`; absent when nobody has
    /// @param device the NIC in the Pod
    /// @param others the further Pods that have it
    public record AddressView(
            String address,
            State state,
            @Nullable String pod,
            @JsonProperty("interface") @Nullable String device,
            List<String> others) {}

    /// A run of addresses that are the same.
    public record StateRange(AddressRange range, State state) {}

    /// A part of the addresses.
    ///
    /// @param total how many there are, of any size
    /// @param next the address that the next part begins with, absent at the end
    record AddressPage(
            List<AddressView> items,
            BigInteger total,
            @JsonProperty("continue") @Nullable String next) {}

    /// The addresses of a pool.
    ///
    /// @param object the pool itself, whose status tells what Spiderpool gave away
    /// @throws RefusedException if it cannot be read
    public static PoolAddresses of(ClusterSnapshot cluster, ObjectNode object) {
        return new PoolAddresses(cluster, read(object), object);
    }

    /// The pool that an object is.
    ///
    /// @throws RefusedException if it cannot be read
    public static IpPool read(ObjectNode object) {
        try {
            return Kinds.IP_POOL.reader().read(Fields.of(object, ""));
        } catch (ReportFormatException e) {
            throw new RefusedException(HttpStatus.UNPROCESSABLE_CONTENT, "unreadable-object", e.reason()).at(e.place());
        }
    }

    private PoolAddresses(ClusterSnapshot cluster, IpPool pool, JsonNode object) {
        var family = pool.subnet().network().family();
        this.pool = pool;
        var ranges = parsed(pool.ips().stream());
        this.holders = Holders.of(pool, ranges, object, cluster.spiderpool().endpoints());
        this.held = holders.of(family);
        this.excluded = parsed(pool.excludedIps().stream());
        this.reserved = parsed(cluster.spiderpool().reservedIps().stream().flatMap(each -> each.ips().stream()));
        var single = Stream.concat(held.stream().map(Holders.Held::address), Stream.ofNullable(pool.gateway()))
                .filter(address -> address.family() == family)
                .filter(address -> !ranges.contains(address))
                .map(address -> new AddressRange(address, address));
        this.all =
                AddressRanges.of(Stream.concat(ranges.ranges().stream(), single).toList());
    }

    private AddressRanges parsed(Stream<String> ranges) {
        return AddressRanges.parse(ranges.toList()).of(pool.subnet().network().family());
    }

    /// @param from the address to begin with; empty for the first
    /// @throws InvalidInputException if the part cannot be
    AddressPage page(int limit, String from) {
        if (limit < 1 || limit > MOST) {
            throw new InvalidInputException("limit", "not between 1 and " + MOST + ": " + limit);
        }
        var found = all.from(start(from)).limit(limit + 1L).toList();
        var next = found.size() > limit ? found.getLast().toString() : null;
        return new AddressPage(found.stream().limit(limit).map(this::view).toList(), all.size(), next);
    }

    private IpAddress start(String from) {
        var family = pool.subnet().network().family();
        try {
            var start = from.isEmpty() ? new IpAddress(family, 0, 0) : IpAddress.parse(from);
            if (start.family() == family) {
                return start;
            }
        } catch (IllegalArgumentException _) {
            // Said below, together with addresses of the other family.
        }
        throw new InvalidInputException("continue", "not a value that an answer gave: '" + from + "'");
    }

    /// All that belong to the pool.
    public AddressRanges all() {
        return all;
    }

    /// What one address is, which need not belong to the pool.
    public AddressView view(IpAddress address) {
        var pods = holders.of(address);
        var first = pods.isEmpty() ? null : pods.getFirst();
        return new AddressView(
                address.toString(),
                state(address, pods.size()),
                first == null ? null : first.pod(),
                first == null || first.device().isEmpty() ? null : first.device(),
                pods.stream().skip(1).map(Holders.Holder::pod).toList());
    }

    private State state(IpAddress address, int pods) {
        var gateway = address.equals(pool.gateway());
        if (pods > 1 || (pods == 1 && gateway)) {
            return State.CONFLICT;
        }
        if (pods == 1) {
            return State.ALLOCATED;
        }
        if (gateway) {
            return State.GATEWAY;
        }
        if (excluded.contains(address)) {
            return State.EXCLUDED;
        }
        return reserved.contains(address) ? State.RESERVED : State.FREE;
    }

    /// The first addresses that a Pod has, in their order.
    public List<AddressView> held(int most) {
        return held.stream().limit(most).map(each -> view(each.address())).toList();
    }

    /// The Pods that have addresses, `namespace/name`, once for each.
    public Stream<String> pods() {
        return held.stream().flatMap(each -> each.holders().stream().map(Holders.Holder::pod));
    }

    /// How many Pods have addresses, each for every one.
    public int holders() {
        return held.stream().mapToInt(each -> each.holders().size()).sum();
    }

    /// The allocated addresses whose Pod is none of those that are known.
    ///
    /// @param known whether a Pod is, by `namespace/name`
    public AddressRanges leaked(Predicate<String> known) {
        return AddressRanges.of(single(held.stream()
                .filter(each -> state(each.address(), each.holders().size()) == State.ALLOCATED)
                .filter(each -> !known.test(each.holders().getFirst().pod()))
                .map(Holders.Held::address)
                .toList()));
    }

    /// All addresses as runs of the same state, in their order; of a pool of any size.
    public List<StateRange> ranges() {
        var result = new ArrayList<StateRange>();
        var taken = new EnumMap<State, List<IpAddress>>(State.class);
        held.forEach(each -> taken.computeIfAbsent(
                        state(each.address(), each.holders().size()), _ -> new ArrayList<>())
                .add(each.address()));
        Stream.ofNullable(pool.gateway())
                .filter(gateway -> all.contains(gateway) && holders.of(gateway).isEmpty())
                .forEach(gateway -> taken.put(State.GATEWAY, List.of(gateway)));
        var rest = all;
        for (var of : taken.entrySet()) {
            var its = AddressRanges.of(single(of.getValue()));
            add(result, of.getKey(), its);
            rest = rest.minus(its);
        }
        var allowed = rest.minus(excluded);
        add(result, State.EXCLUDED, rest.intersection(excluded));
        add(result, State.RESERVED, allowed.intersection(reserved));
        add(result, State.FREE, allowed.minus(reserved));
        result.sort(Comparator.comparing(each -> each.range().first(), AddressRange.ORDER));
        return result;
    }

    private static List<AddressRange> single(List<IpAddress> addresses) {
        return addresses.stream()
                .map(address -> new AddressRange(address, address))
                .toList();
    }

    private static void add(List<StateRange> result, State state, AddressRanges ranges) {
        ranges.ranges().forEach(range -> result.add(new StateRange(range, state)));
    }
}
