package dev.underpass.report;

import dev.underpass.net.InterfaceAddress;
import dev.underpass.net.IpAddress;
import dev.underpass.net.Link;
import dev.underpass.net.Neighbour;
import dev.underpass.net.NetworkState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// Writes links, addresses, rules, routes, neighbours and sysctls as `ip -j` prints them.
final class NetworkWriter {

    private final JsonGenerator json;

    NetworkWriter(JsonGenerator json) {
        this.json = json;
    }

    /// The sections that differ from the base; all without one.
    void network(NetworkState state, @Nullable NetworkState known) {
        boolean all = known == null;
        var base = known == null ? NetworkState.NOT_OBSERVED : known;
        var routes = new RouteWriter(json);
        section("links", state.links(), base.links(), all, this::link);
        if (all || !Objects.equals(state.addresses(), base.addresses())) {
            addresses(state.addresses());
        }
        section("rules", state.rules(), base.rules(), all, routes::rule);
        section("rules6", state.rules6(), base.rules6(), all, routes::rule);
        section("routes", state.routes(), base.routes(), all, routes::route);
        section("routes6", state.routes6(), base.routes6(), all, routes::route);
        section("neighbours", state.neighbours(), base.neighbours(), all, this::neighbour);
        section("proxyNeighbours", state.proxyNeighbours(), base.proxyNeighbours(), all, this::neighbour);
        if (all || !Objects.equals(state.sysctls(), base.sysctls())) {
            sysctls(state);
        }
    }

    private <T> void section(
            String name, @Nullable List<T> items, @Nullable List<T> base, boolean always, Consumer<T> fields) {
        if (!always && Objects.equals(items, base)) {
            return;
        }
        if (items == null) {
            json.writeNullProperty(name);
            return;
        }
        json.writeArrayPropertyStart(name);
        for (var item : items) {
            json.writeStartObject();
            fields.accept(item);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void link(Link link) {
        json.writeNumberProperty("ifindex", link.index());
        if (link.peerName() != null) {
            json.writeStringProperty("link", link.peerName().value());
        }
        if (link.peerIndex() != null) {
            json.writeNumberProperty("link_index", link.peerIndex());
        }
        json.writeStringProperty("ifname", link.name().value());
        json.writeArrayPropertyStart("flags");
        link.flags().stream().sorted().forEach(json::writeString);
        json.writeEndArray();
        json.writeNumberProperty("mtu", link.mtuBytes());
        if (link.master() != null) {
            json.writeStringProperty("master", link.master().value());
        }
        json.writeStringProperty("operstate", link.operState());
        json.writeStringProperty("group", link.group());
        if (link.address() != null) {
            json.writeStringProperty("address", link.address().text());
        }
        if (link.peerNamespace() != null) {
            json.writeNumberProperty("link_netnsid", link.peerNamespace());
        }
        if (!link.kind().isEmpty()) {
            kind(link);
        }
    }

    private void kind(Link link) {
        json.writeObjectPropertyStart("linkinfo");
        json.writeStringProperty("info_kind", link.kind());
        if (!link.mode().isEmpty() || link.vlan() != null) {
            json.writeObjectPropertyStart("info_data");
            if (!link.mode().isEmpty()) {
                json.writeStringProperty("mode", link.mode());
            }
            if (link.vlan() != null) {
                json.writeNumberProperty("id", link.vlan());
            }
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private void addresses(@Nullable List<InterfaceAddress> addresses) {
        var byDevice = addresses == null
                ? null
                : List.copyOf(addresses.stream()
                        .collect(Collectors.groupingBy(
                                InterfaceAddress::device, LinkedHashMap::new, Collectors.toList()))
                        .values());
        section("addresses", byDevice, null, true, own -> {
            json.writeStringProperty("ifname", own.getFirst().device().value());
            section("addr_info", own, null, true, this::address);
        });
    }

    private void address(InterfaceAddress address) {
        boolean four = address.family() == IpAddress.Family.IPV4;
        json.writeStringProperty("family", four ? "inet" : "inet6");
        json.writeStringProperty("local", address.local().toString());
        if (!address.subnet().contains(address.local())) {
            json.writeStringProperty("address", address.subnet().network().toString());
        }
        json.writeNumberProperty("prefixlen", address.subnet().length());
        json.writeStringProperty("scope", address.scope().toString());
        address.flags().stream().sorted().forEach(flag -> json.writeBooleanProperty(flag, true));
    }

    private void neighbour(Neighbour neighbour) {
        json.writeStringProperty("dst", neighbour.address().toString());
        json.writeStringProperty("dev", neighbour.device().value());
        if (neighbour.lladdr() != null) {
            json.writeStringProperty("lladdr", neighbour.lladdr().text());
        }
        if (neighbour.ageSeconds() != null) {
            json.writeNumberProperty("confirmed", neighbour.ageSeconds());
        }
        json.writeArrayPropertyStart("state");
        json.writeString(neighbour.state());
        json.writeEndArray();
    }

    private void sysctls(NetworkState state) {
        if (state.sysctls() == null) {
            json.writeNullProperty("sysctls");
            return;
        }
        json.writeObjectPropertyStart("sysctls");
        state.sysctls().entrySet().stream()
                .sorted(java.util.Map.Entry.comparingByKey())
                .forEach(entry -> json.writeStringProperty(entry.getKey(), entry.getValue()));
        json.writeEndObject();
    }
}
