package dev.underpass.report;

import dev.underpass.net.IpAddress.Family;
import dev.underpass.net.IpPrefix;
import dev.underpass.net.NextHop;
import dev.underpass.net.PolicyRule;
import dev.underpass.net.PolicyRule.Action;
import dev.underpass.net.PolicyRule.Range;
import dev.underpass.net.Route;
import dev.underpass.net.Scope;
import dev.underpass.net.TableId;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// Writes routes and rules as `ip -j route` and `ip -j rule` print them.
final class RouteWriter {

    private final JsonGenerator json;

    RouteWriter(JsonGenerator json) {
        this.json = json;
    }

    void route(Route route) {
        if (route.type() != Route.Type.UNICAST) {
            json.writeStringProperty("type", route.type().toString());
        }
        json.writeStringProperty("dst", route.isDefault() ? "default" : text(route.destination()));
        if (route.nextHops().size() == 1) {
            nextHop(route.nextHops().getFirst(), route.family());
        }
        if (!route.table().equals(TableId.MAIN)) {
            json.writeStringProperty("table", route.table().name());
        }
        if (!route.protocol().isEmpty()) {
            json.writeStringProperty("protocol", route.protocol());
        }
        if (!route.scope().equals(Scope.GLOBAL)) {
            json.writeStringProperty("scope", route.scope().toString());
        }
        if (route.preferredSource() != null) {
            json.writeStringProperty("prefsrc", route.preferredSource().toString());
        }
        if (route.metric() != 0) {
            json.writeNumberProperty("metric", route.metric());
        }
        if (route.typeOfService() != 0) {
            json.writeStringProperty("tos", hex(route.typeOfService()));
        }
        if (!route.preference().isEmpty()) {
            json.writeStringProperty("pref", route.preference());
        }
        if (route.nextHops().size() != 1) {
            nextHops(route);
        }
    }

    private void nextHops(Route route) {
        json.writeArrayPropertyStart("nexthops");
        for (var hop : route.nextHops()) {
            json.writeStartObject();
            nextHop(hop, route.family());
            json.writeNumberProperty("weight", hop.weight());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void nextHop(NextHop hop, Family family) {
        if (hop.gateway() != null && hop.gateway().family() != family) {
            json.writeObjectPropertyStart("via");
            json.writeStringProperty("family", hop.gateway().family() == Family.IPV6 ? "inet6" : "inet");
            json.writeStringProperty("host", hop.gateway().toString());
            json.writeEndObject();
        } else if (hop.gateway() != null) {
            json.writeStringProperty("gateway", hop.gateway().toString());
        }
        if (hop.device() != null) {
            json.writeStringProperty("dev", hop.device().value());
        }
        json.writeArrayPropertyStart("flags");
        hop.flags().stream().sorted().forEach(json::writeString);
        json.writeEndArray();
    }

    private static String text(IpPrefix prefix) {
        boolean host = prefix.length() == prefix.network().family().bits();
        return host ? prefix.network().toString() : prefix.toString();
    }

    private static String hex(int number) {
        return "0x" + Integer.toHexString(number);
    }

    void rule(PolicyRule rule) {
        json.writeNumberProperty("priority", rule.priority());
        selector(rule.selector());
        switch (rule.action()) {
            case Action.Lookup(var table, var length, var group) -> {
                json.writeStringProperty("table", table.name());
                if (length >= 0) {
                    json.writeNumberProperty("suppress_prefixlen", length);
                }
                if (group != null) {
                    json.writeStringProperty("suppress_ifgroup", group);
                }
            }
            case Action.LookupL3mdev _ -> json.writeNullProperty("l3mdev");
            case Action.Goto(var priority) -> json.writeNumberProperty("goto", priority);
            case Action.Nop _ -> json.writeNullProperty("nop");
            case Action.Refuse(var type) -> json.writeStringProperty("action", type.toString());
        }
    }

    private void selector(PolicyRule.Selector selector) {
        if (selector.inverted()) {
            json.writeNullProperty("not");
        }
        json.writeStringProperty(
                "src",
                selector.from() == null ? "all" : selector.from().network().toString());
        if (selector.from() != null) {
            json.writeNumberProperty("srclen", selector.from().length());
        }
        if (selector.to() != null) {
            json.writeStringProperty("dst", selector.to().network().toString());
            json.writeNumberProperty("dstlen", selector.to().length());
        }
        if (selector.typeOfService() != 0) {
            json.writeStringProperty("tos", hex(selector.typeOfService()));
        }
        if (selector.markMask() != 0) {
            json.writeStringProperty("fwmark", hex(selector.mark()));
            json.writeStringProperty("fwmask", hex(selector.markMask()));
        }
        name("iif", selector.incoming());
        name("oif", selector.outgoing());
        range("uid_start", "uid_end", selector.uids());
        if (selector.protocol() != null) {
            json.writeStringProperty("ipproto", selector.protocol().toString());
        }
        range("sport_start", "sport_end", selector.sourcePorts());
        range("dport_start", "dport_end", selector.destinationPorts());
    }

    private void name(String field, @Nullable Object device) {
        if (device != null) {
            json.writeStringProperty(field, device.toString());
        }
    }

    private void range(String first, String last, @Nullable Range range) {
        if (range != null) {
            json.writeNumberProperty(first, range.first());
            json.writeNumberProperty(last, range.last());
        }
    }
}
