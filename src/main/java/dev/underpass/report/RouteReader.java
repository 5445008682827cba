package dev.underpass.report;

import dev.underpass.net.IpAddress;
import dev.underpass.net.IpAddress.Family;
import dev.underpass.net.IpPrefix;
import dev.underpass.net.NextHop;
import dev.underpass.net.PolicyRule;
import dev.underpass.net.PolicyRule.Action;
import dev.underpass.net.PolicyRule.Range;
import dev.underpass.net.Protocol;
import dev.underpass.net.Route;
import dev.underpass.net.Scope;
import dev.underpass.net.TableId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads `ip -j route show table all` and `ip -j rule`.
final class RouteReader {

    private RouteReader() {}

    /// A route of the family, empty for one of the other: `ip -j route show table all` lists both.
    static Optional<Route> route(Fields fields, Family family) throws ReportFormatException {
        if (family != family(fields)) {
            return Optional.empty();
        }
        return Optional.of(new Route(
                fields.value("type", Route.Type.UNICAST, text -> Route.Type.valueOf(text.toUpperCase(Locale.ROOT))),
                fields.value("dst", text -> prefix(text, family)),
                fields.value("table", TableId.MAIN, TableId::new),
                nextHops(fields),
                fields.value("scope", Scope.GLOBAL, Scope::parse),
                fields.optional("prefsrc", IpAddress::parse),
                fields.number("metric", 0),
                fields.integer("tos", 0),
                fields.text("protocol", ""),
                fields.text("pref", "")));
    }

    /// Only IPv6 routes have a router preference.
    private static Family family(Fields fields) throws ReportFormatException {
        boolean six = fields.present("pref")
                || fields.text("dst", "").contains(":")
                || fields.text("gateway", "").contains(":")
                || fields.text("prefsrc", "").contains(":");
        return six ? Family.IPV6 : Family.IPV4;
    }

    private static IpPrefix prefix(String text, Family family) {
        if (text.equals("default") || text.equals("all")) {
            return IpPrefix.parse(family == Family.IPV4 ? "0.0.0.0/0" : "::/0");
        }
        return IpPrefix.parse(text);
    }

    private static List<NextHop> nextHops(Fields fields) throws ReportFormatException {
        var several = fields.optionalList("nexthops", RouteReader::nextHop);
        return several == null ? List.of(nextHop(fields)) : several;
    }

    private static NextHop nextHop(Fields fields) throws ReportFormatException {
        var via = fields.optionalObject("via");
        return new NextHop(
                fields.optionalDevice("dev"),
                via == null ? fields.optional("gateway", IpAddress::parse) : via.value("host", IpAddress::parse),
                fields.integer("weight", 1),
                Set.copyOf(fields.texts("flags")));
    }

    static PolicyRule rule(Fields fields, Family family) throws ReportFormatException {
        return new PolicyRule(fields.number("priority", 0), selector(fields, family), action(fields));
    }

    private static PolicyRule.Selector selector(Fields fields, Family family) throws ReportFormatException {
        int mark = (int) fields.number("fwmark", 0);
        int mask = (int) fields.number("fwmask", fields.present("fwmark") ? 0xffffffffL : 0);
        return new PolicyRule.Selector(
                fields.has("not"),
                selectorPrefix(fields, "src", family),
                selectorPrefix(fields, "dst", family),
                fields.integer("tos", 0),
                mark,
                mask,
                fields.optionalDevice("iif"),
                fields.optionalDevice("oif"),
                fields.has("l3mdev"),
                range(fields, "uid_start", "uid_end", "uidrange"),
                fields.optional("ipproto", RouteReader::protocolNumber),
                range(fields, "sport_start", "sport_end", "sport"),
                range(fields, "dport_start", "dport_end", "dport"));
    }

    private static @Nullable IpPrefix selectorPrefix(Fields fields, String field, Family family)
            throws ReportFormatException {
        var text = fields.optionalText(field);
        if (text == null || text.equals("all")) {
            return null;
        }
        int length = fields.integer(field + "len", family.bits());
        return fields.value(field, address -> IpPrefix.around(IpAddress.parse(address), length));
    }

    private static @Nullable Range range(Fields fields, String first, String last, String single)
            throws ReportFormatException {
        if (fields.present(single)) {
            long value = fields.number(single, 0);
            return new Range(value, value);
        }
        return fields.present(first) ? new Range(fields.number(first, 0), fields.number(last, 0)) : null;
    }

    private static Integer protocolNumber(String text) {
        return switch (text) {
            case "icmp" -> 1;
            case "ipv6-icmp" -> 58;
            case "tcp", "udp", "sctp" -> Protocol.parse(text).number();
            default -> Integer.decode(text);
        };
    }

    private static Action action(Fields fields) throws ReportFormatException {
        if (fields.present("goto")) {
            return new Action.Goto(fields.number("goto", 0));
        }
        if (fields.has("nop")) {
            return new Action.Nop();
        }
        if (fields.present("action")) {
            return new Action.Refuse(fields.value("action", text -> Route.Type.valueOf(text.toUpperCase(Locale.ROOT))));
        }
        if (fields.present("table")) {
            return new Action.Lookup(
                    fields.value("table", TableId::new),
                    fields.integer("suppress_prefixlen", -1),
                    fields.optionalText("suppress_ifgroup"));
        }
        if (fields.has("l3mdev")) {
            return new Action.LookupL3mdev();
        }
        throw fields.error("table", "a rule without table, goto or action");
    }
}
