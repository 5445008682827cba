package dev.underpass.netfilter;

import static dev.underpass.netfilter.IptablesValues.addresses;
import static dev.underpass.netfilter.IptablesValues.devices;
import static dev.underpass.netfilter.IptablesValues.masked;
import static dev.underpass.netfilter.IptablesValues.ports;
import static dev.underpass.netfilter.IptablesValues.tcpFlags;

import dev.underpass.net.IpAddress.Family;
import dev.underpass.net.Protocol;
import dev.underpass.netfilter.RuleWords.Group;
import dev.underpass.netfilter.RuleWords.Option;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The conditions of a rule of iptables (`iptables-extensions(8)`).
final class IptablesMatches {

    private static final Condition UNKNOWN = new Condition.Always(Truth.UNKNOWN);

    private final Family family;
    /// Rules repeat each other: the same options become the same conditions.
    private final Map<Group, List<Condition>> known = new HashMap<>();

    IptablesMatches(Family family) {
        this.family = family;
    }

    /// What the options of one module ask; options that we cannot read make it unknown.
    List<Condition> of(Group group) {
        return group.module().equals("comment") ? List.of() : known.computeIfAbsent(group, this::read);
    }

    private List<Condition> read(Group group) {
        var conditions = new ArrayList<Condition>();
        for (var option : group.options()) {
            conditions.addAll(readable(group, option));
        }
        if (group.options().isEmpty() && !isHarmlessAlone(group.module())) {
            conditions.add(UNKNOWN);
        }
        return List.copyOf(conditions);
    }

    private static boolean isHarmlessAlone(String module) {
        return switch (module) {
            case "", "tcp", "udp", "sctp", "icmp", "icmp6", "comment", "limit", "nfacct" -> true;
            default -> false;
        };
    }

    private List<Condition> readable(Group group, Option option) {
        try {
            return of(group, option).stream()
                    .map(condition -> option.inverted() ? new Condition.Not(condition) : condition)
                    .toList();
        } catch (IllegalArgumentException _) {
            return List.of(UNKNOWN);
        }
    }

    /// What an option asks before its inversion.
    ///
    /// @throws IllegalArgumentException if the option or its argument cannot be read
    private List<Condition> of(Group group, Option option) {
        return switch (group.module()) {
            case "" -> List.of(base(option));
            case "tcp" -> List.of(transport(option, Protocol.TCP));
            case "udp" -> List.of(transport(option, Protocol.UDP));
            case "sctp" -> List.of(transport(option, Protocol.SCTP));
            case "multiport" -> List.of(multiport(option));
            case "mark" -> List.of(mark(option, Selector.MARK));
            case "connmark" -> List.of(mark(option, Selector.CT_MARK));
            case "conntrack", "state" -> List.of(IptablesConntrack.condition(group, option));
            case "addrtype" -> addressType(group, option);
            case "iprange" -> List.of(range(option));
            case "comment", "nfacct" -> List.of();
            case "limit", "hashlimit", "connlimit" -> limit(option);
            case "statistic" -> IptablesLuck.statistic(group, option);
            case "recent" -> IptablesLuck.recent(option);
            default -> List.of(UNKNOWN);
        };
    }

    private Condition base(Option option) {
        return switch (option.name()) {
            case "-s", "--source" -> addresses(Selector.SOURCE, option.argument(), family);
            case "-d", "--destination" -> addresses(Selector.DESTINATION, option.argument(), family);
            case "-i", "--in-interface" -> devices(Selector.IN_DEVICE, option.argument());
            case "-o", "--out-interface" -> devices(Selector.OUT_DEVICE, option.argument());
            case "-p", "--protocol" -> IptablesValues.protocol(Selector.PROTOCOL, option.argument());
            case "-f", "--fragment" -> new Condition.Always(Truth.NO);
            default -> UNKNOWN;
        };
    }

    private static Condition transport(Option option, Protocol protocol) {
        var of = Set.of(protocol);
        return switch (option.name()) {
            case "--sport", "--source-port" ->
                ports(new Expression.Field(Selector.SOURCE_PORT, null, of), option.argument());
            case "--dport", "--destination-port" ->
                ports(new Expression.Field(Selector.DESTINATION_PORT, null, of), option.argument());
            case "--syn" -> tcpFlags("FIN,SYN,RST,ACK", "SYN");
            case "--tcp-flags" -> tcpFlags(option.argument(), option.arguments().getLast());
            default -> UNKNOWN;
        };
    }

    private static Condition multiport(Option option) {
        var source = Expression.Field.of(Selector.SOURCE_PORT);
        var destination = Expression.Field.of(Selector.DESTINATION_PORT);
        return switch (option.name()) {
            case "--sports", "--source-ports" -> ports(source, option.argument());
            case "--dports", "--destination-ports" -> ports(destination, option.argument());
            case "--ports" ->
                new Condition.Either(List.of(ports(source, option.argument()), ports(destination, option.argument())));
            default -> UNKNOWN;
        };
    }

    private static Condition mark(Option option, Selector selector) {
        return option.name().equals("--mark") ? masked(selector, option.argument()) : UNKNOWN;
    }

    private static List<Condition> addressType(Group group, Option option) {
        return switch (option.name()) {
            case "--src-type" -> List.of(addressType(Selector.SOURCE, group, option));
            case "--dst-type" -> List.of(addressType(Selector.DESTINATION, group, option));
            case "--limit-iface-in", "--limit-iface-out" -> List.of();
            default -> List.of(UNKNOWN);
        };
    }

    private static Condition addressType(Selector selector, Group group, Option option) {
        var names = group.options().stream().map(Option::name).toList();
        var patterns = Set.of(option.argument().toLowerCase(Locale.ROOT).split(",", -1)).stream()
                .<Pattern>map(type -> new Pattern.Exactly(Value.of(type)))
                .toArray(Pattern[]::new);
        return new Condition.OneOf(
                new Expression.TypeOf(
                        Expression.Field.of(selector),
                        names.contains("--limit-iface-in"),
                        names.contains("--limit-iface-out")),
                Elements.of(patterns));
    }

    private Condition range(Option option) {
        return switch (option.name()) {
            case "--src-range" -> IptablesValues.addressRange(Selector.SOURCE, option.argument());
            case "--dst-range" -> IptablesValues.addressRange(Selector.DESTINATION, option.argument());
            default -> UNKNOWN;
        };
    }

    /// Limits are taken as not reached: a rule up to one matches, a rule above one does not.
    private static List<Condition> limit(Option option) {
        return switch (option.name()) {
            case "--limit", "--hashlimit", "--hashlimit-upto", "--connlimit-upto" ->
                List.of(new Condition.Assumed(true, Phrases.LIMIT_NOT_REACHED));
            case "--hashlimit-above", "--connlimit-above" ->
                List.of(new Condition.Assumed(false, Phrases.LIMIT_NOT_REACHED));
            default -> List.of();
        };
    }
}
