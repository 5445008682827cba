package dev.underpass.console.redaction;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// What iproute2 tells of one network namespace, with other addresses. Interfaces keep their names.
final class NetworkShape {

    private static final Set<String> TABLES = Set.of("main", "local", "default", "unspec", "all");

    private final Leaves leaves;

    NetworkShape(Leaves leaves) {
        this.leaves = leaves;
    }

    Shape.OfObject shape() {
        return new Shape.OfObject()
                .with("links", link())
                .with("addresses", addresses())
                .with(Shape.each(this::rule), "rules", "rules6")
                .with(route(), "routes", "routes6")
                .with(neighbour(), "neighbours", "proxyNeighbours")
                .with("sysctls", value -> value)
                .with("ipvs", ipvs())
                .with(
                        "listeners",
                        new Shape.OfObject().with("address", leaves.address()).with(leaves.word(), "protocol", "port"));
    }

    private Shape link() {
        return new Shape.OfObject()
                .with(
                        leaves.word(),
                        "ifindex",
                        "link",
                        "link_index",
                        "ifname",
                        "mtu",
                        "master",
                        "operstate",
                        "link_netnsid")
                .with("flags", Shape.each(leaves.word()))
                .with(
                        "group",
                        Shape.text(text -> isNumber(text) || text.equals("default")
                                ? text
                                : leaves.pseudonyms().name(NameKind.WORD, text)))
                .with("address", leaves.mac())
                .with(
                        "linkinfo",
                        new Shape.OfObject()
                                .with("info_kind", leaves.word())
                                .with("info_data", new Shape.OfObject().with(leaves.word(), "mode", "id")));
    }

    private Shape addresses() {
        var address = new Shape.OfObject()
                .with(leaves.word(), "family", "prefixlen", "scope")
                .with(leaves.address(), "local", "address");
        return new Shape.OfObject().with("ifname", leaves.word()).with("addr_info", Shape.each(value -> {
            var changed = address.of(value);
            if (changed instanceof ObjectNode fields) {
                value.properties().stream()
                        .filter(each -> each.getValue().isBoolean())
                        .forEach(each -> fields.set(each.getKey(), each.getValue()));
            }
            return changed;
        }));
    }

    private Shape route() {
        var hop = new Shape.OfObject()
                .with("gateway", leaves.address())
                .with("via", new Shape.OfObject().with("family", leaves.word()).with("host", leaves.address()))
                .with(leaves.word(), "dev", "weight")
                .with("flags", Shape.each(leaves.word()));
        return new Shape.OfObject()
                .with(leaves.word(), "type", "protocol", "scope", "metric", "tos", "pref", "dev")
                .with("table", Shape.text(this::table))
                .with(leaves.address(), "dst", "prefsrc", "gateway")
                .with("via", new Shape.OfObject().with("family", leaves.word()).with("host", leaves.address()))
                .with("flags", Shape.each(leaves.word()))
                .with("nexthops", hop);
    }

    private String table(String name) {
        return isNumber(name) || TABLES.contains(name)
                ? name
                : leaves.pseudonyms().name(NameKind.WORD, name);
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(Character::isDigit);
    }

    /// A rule writes the lengths of its prefixes beside them.
    private @Nullable JsonNode rule(JsonNode rule) {
        var result = new Shape.OfObject()
                .with(
                        leaves.word(),
                        "priority",
                        "srclen",
                        "dstlen",
                        "suppress_prefixlen",
                        "suppress_ifgroup",
                        "l3mdev",
                        "goto",
                        "nop",
                        "action",
                        "not",
                        "tos",
                        "fwmark",
                        "fwmask",
                        "iif",
                        "oif",
                        "uid_start",
                        "uid_end",
                        "ipproto",
                        "sport_start",
                        "sport_end",
                        "dport_start",
                        "dport_end")
                .with("table", Shape.text(this::table))
                .of(rule);
        if (result instanceof ObjectNode fields) {
            prefix(rule, fields, "src", "srclen");
            prefix(rule, fields, "dst", "dstlen");
        }
        return result;
    }

    private void prefix(JsonNode rule, ObjectNode result, String field, String length) {
        var text = rule.path(field).asString("");
        if (!text.isEmpty()) {
            var changed = rule.has(length)
                    ? leaves.address()
                            .of(StringNode.valueOf(
                                    text + "/" + rule.path(length).asInt(0)))
                    : leaves.address().of(StringNode.valueOf(text));
            result.put(field, changed == null ? text : changed.asString().split("/", 2)[0]);
        }
    }

    private Shape neighbour() {
        return new Shape.OfObject()
                .with("dst", leaves.address())
                .with(leaves.word(), "dev", "confirmed")
                .with("state", Shape.each(leaves.word()))
                .with("lladdr", leaves.mac());
    }

    private Shape ipvs() {
        return new Shape.OfObject()
                .with("address", leaves.address())
                .with(leaves.word(), "port", "protocol", "scheduler", "persistenceSeconds")
                .with(
                        "realServers",
                        new Shape.OfObject()
                                .with("address", leaves.address())
                                .with(leaves.word(), "port", "weight", "forward"));
    }
}
