package dev.underpass.netfilter;

import dev.underpass.net.IpAddress;
import dev.underpass.net.IpAddress.Family;
import dev.underpass.net.IpPrefix;
import dev.underpass.netfilter.Expression.Bits;
import dev.underpass.netfilter.Expression.Bits.Operator;
import dev.underpass.netfilter.Expression.Constant;
import dev.underpass.netfilter.Expression.Field;
import dev.underpass.netfilter.IptablesValues.Mark;
import dev.underpass.netfilter.RuleWords.Option;
import dev.underpass.netfilter.Statement.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a rule of iptables does (`-j`, `-g`).
final class IptablesTargets {

    private static final long ALL_ONES = 0xffffffffL;

    private final Family family;

    IptablesTargets(Family family) {
        this.family = family;
    }

    /// The actions of a target that is no chain of the table; none if it has no effect on where
    /// packets go.
    List<Statement> of(String target, List<Option> options) {
        try {
            return actions(target, options);
        } catch (IllegalArgumentException _) {
            return List.of(new Verdict.Unknown(target));
        }
    }

    private List<Statement> actions(String target, List<Option> options) {
        return switch (target) {
            case "ACCEPT" -> List.of(Verdict.Plain.ACCEPT);
            case "DROP" -> List.of(Verdict.Plain.DROP);
            case "RETURN" -> List.of(Verdict.Plain.RETURN);
            case "REJECT" -> List.of(new Verdict.Reject(rejection(options)));
            case "MARK" -> List.of(new Statement.SetMark(newMark(Selector.MARK, options)));
            case "CONNMARK" -> List.of(connectionMark(options));
            case "DNAT" ->
                List.of(new Statement.Translate(Manip.DESTINATION, to(argument(options, "--to-destination"))));
            case "SNAT" -> List.of(new Statement.Translate(Manip.SOURCE, to(argument(options, "--to-source"))));
            case "MASQUERADE" ->
                List.of(new Statement.Translate(Manip.SOURCE, new Target.Masquerade(toPorts(options))));
            case "REDIRECT" ->
                List.of(new Statement.Translate(Manip.DESTINATION, new Target.Redirect(toPorts(options))));
            case "NETMAP" ->
                List.of(new Statement.Translate(null, new Target.NetMap(IpPrefix.parse(argument(options, "--to")))));
            case "NOTRACK" -> List.of(Statement.Untrack.UNTRACK);
            case "CT" -> tracking(options);
            case "LOG", "NFLOG", "ULOG", "TRACE", "AUDIT", "TCPMSS", "TCPOPTSTRIP", "TOS", "DSCP", "ECN" -> List.of();
            case "CHECKSUM", "CLASSIFY", "TTL", "HL", "SET", "RATEEST", "IDLETIMER", "LED", "TEE" -> List.of();
            case "SECMARK", "CONNSECMARK", "" -> List.of();
            default -> List.of(new Verdict.Unknown(target));
        };
    }

    private String rejection(List<Option> options) {
        var given = find(options, "--reject-with");
        if (given != null) {
            return given.argument();
        }
        return family == Family.IPV4 ? "icmp-port-unreachable" : "icmp6-port-unreachable";
    }

    private static @Nullable Option find(List<Option> options, String name) {
        return options.stream()
                .filter(option -> option.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static String argument(List<Option> options, String name) {
        var option = find(options, name);
        if (option == null) {
            throw new IllegalArgumentException("no " + name);
        }
        return option.argument();
    }

    private static List<Statement> tracking(List<Option> options) {
        if (find(options, "--notrack") != null) {
            return List.of(Statement.Untrack.UNTRACK);
        }
        boolean zoned = options.stream().anyMatch(option -> option.name().startsWith("--zone"));
        return zoned ? List.of(new Verdict.Unknown("a zone of connection tracking")) : List.of();
    }

    /// The mark after `--set-xmark V/M` (clear M, then exclusive-or V) and its shorthands.
    private static Expression newMark(Selector selector, List<Option> options) {
        for (var option : options) {
            switch (option.name()) {
                case "--set-xmark" -> {
                    var mark = Mark.parse(option.argument());
                    return changed(selector, mark.mask(), mark.value());
                }
                case "--set-mark" -> {
                    var mark = Mark.parse(option.argument());
                    return changed(selector, mark.mask() | mark.value(), mark.value());
                }
                case "--and-mark" -> {
                    return changed(selector, ~IptablesValues.number(option.argument()) & ALL_ONES, 0);
                }
                case "--or-mark" -> {
                    long bits = IptablesValues.number(option.argument());
                    return changed(selector, bits, bits);
                }
                case "--xor-mark" -> {
                    return changed(selector, 0, IptablesValues.number(option.argument()));
                }
                default -> {}
            }
        }
        throw new IllegalArgumentException("no mark");
    }

    private static Expression changed(Selector selector, long cleared, long flipped) {
        return new Bits(kept(selector, ~cleared & ALL_ONES), Operator.XOR, new Constant(Value.of(flipped)));
    }

    private static Expression kept(Selector selector, long bits) {
        return new Bits(Field.of(selector), Operator.AND, new Constant(Value.of(bits)));
    }

    private static Statement connectionMark(List<Option> options) {
        boolean save = find(options, "--save-mark") != null;
        boolean restore = find(options, "--restore-mark") != null;
        if (!save && !restore) {
            return new Statement.SetConnectionMark(newMark(Selector.CT_MARK, options));
        }
        long packetMask = mask(options, "--nfmask");
        long connectionMask = mask(options, "--ctmask");
        var packet = kept(Selector.MARK, save ? packetMask : ~packetMask & ALL_ONES);
        var connection = kept(Selector.CT_MARK, save ? ~connectionMask & ALL_ONES : connectionMask);
        var mixed = new Bits(packet, Operator.XOR, connection);
        return save ? new Statement.SetConnectionMark(mixed) : new Statement.SetMark(mixed);
    }

    private static long mask(List<Option> options, String name) {
        var own = find(options, name);
        var both = own == null ? find(options, "--mask") : own;
        return both == null ? ALL_ONES : IptablesValues.number(both.argument());
    }

    private static Statement.@Nullable Ports toPorts(List<Option> options) {
        var ports = find(options, "--to-ports");
        return ports == null ? null : ports(ports.argument());
    }

    private static Statement.Ports ports(String text) {
        int slash = text.indexOf('/');
        int dash = text.indexOf('-');
        if (slash >= 0) {
            throw new IllegalArgumentException("shifted ports: " + text);
        }
        return dash < 0
                ? new Statement.Ports(port(text), null)
                : new Statement.Ports(port(text.substring(0, dash)), port(text.substring(dash + 1)));
    }

    private static Expression port(String text) {
        int port = Integer.parseInt(text);
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("no port: " + text);
        }
        return new Constant(Value.of(port));
    }

    /// `10.0.0.1:80`, `10.0.0.1-10.0.0.9`, `:8000-8010`, `[2001:db8::1]:80`.
    private static Target to(String text) {
        int bracket = text.lastIndexOf(']');
        boolean bare = bracket < 0 && text.indexOf(':') != text.lastIndexOf(':');
        int colon = bare ? -1 : text.indexOf(':', Math.max(bracket, 0));
        var addresses =
                (colon < 0 ? text : text.substring(0, colon)).replace("[", "").replace("]", "");
        return new Target.To(
                addresses.isEmpty() ? null : addresses(addresses), colon < 0 ? null : ports(text.substring(colon + 1)));
    }

    private static Expression addresses(String text) {
        int dash = text.indexOf('-');
        if (dash < 0) {
            return new Constant(Value.of(IpAddress.parse(text)));
        }
        return AddressRange.drawn(IpAddress.parse(text.substring(0, dash)), IpAddress.parse(text.substring(dash + 1)));
    }
}
