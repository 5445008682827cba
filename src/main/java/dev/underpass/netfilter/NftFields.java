package dev.underpass.netfilter;

import dev.underpass.net.IpAddress.Family;
import dev.underpass.net.Protocol;
import dev.underpass.netfilter.Expression.Constant;
import dev.underpass.netfilter.Expression.Field;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The fields that nft names: of headers, of the packet, of its connection, of routing.
final class NftFields {

    private static final Expression NOWHERE = new Constant(Value.Missing.ABSENT);

    private NftFields() {}

    /// `ip daddr`, `tcp dport`, or raw bits of a header.
    static Expression payload(Map<String, ?> content) {
        var field = Tree.textOrEmpty(content, "field");
        return switch (Tree.textOrEmpty(content, "protocol")) {
            case "ip" -> new Field(network(field, "protocol"), Family.IPV4, Set.of());
            case "ip6" -> new Field(network(field, "nexthdr"), Family.IPV6, Set.of());
            case "tcp" -> new Field(transport(field), null, Set.of(Protocol.TCP));
            case "udp" -> new Field(transport(field), null, Set.of(Protocol.UDP));
            case "sctp" -> new Field(transport(field), null, Set.of(Protocol.SCTP));
            case "th" -> Field.of(transport(field));
            case "icmp", "icmpv6", "dccp", "udplite", "esp", "ah", "comp", "igmp" -> NOWHERE;
            case "" -> raw(content);
            default -> Expression.Opaque.UNKNOWN;
        };
    }

    private static Selector network(String field, String protocol) {
        return switch (field) {
            case "saddr" -> Selector.SOURCE;
            case "daddr" -> Selector.DESTINATION;
            default -> field.equals(protocol) ? Selector.PROTOCOL : Selector.UNREPORTED;
        };
    }

    private static Selector transport(String field) {
        return switch (field) {
            case "sport" -> Selector.SOURCE_PORT;
            case "dport" -> Selector.DESTINATION_PORT;
            case "flags" -> Selector.TCP_FLAGS;
            default -> Selector.UNREPORTED;
        };
    }

    private static Expression raw(Map<String, ?> content) {
        boolean port = Tree.textOrEmpty(content, "base").equals("th") && Tree.number(content, "len") == 16;
        long offset = Tree.number(content, "offset");
        return port && (offset == 0 || offset == 16)
                ? Field.of(offset == 0 ? Selector.SOURCE_PORT : Selector.DESTINATION_PORT)
                : Expression.Opaque.UNKNOWN;
    }

    static Expression meta(String key) {
        return switch (key) {
            case "l4proto" -> Field.of(Selector.PROTOCOL);
            case "mark" -> Field.of(Selector.MARK);
            case "iifname", "iif" -> Field.of(Selector.IN_DEVICE);
            case "oifname", "oif" -> Field.of(Selector.OUT_DEVICE);
            case "nfproto", "protocol" -> Field.of(Selector.FAMILY);
            default -> Expression.Opaque.UNKNOWN;
        };
    }

    /// `ct state`, `ct original ip daddr`.
    static Expression connection(Map<String, ?> content) {
        var key = Tree.textOrEmpty(content, "key");
        var direction = Tree.textOrEmpty(content, "dir");
        var selector = direction.isEmpty() ? connection(key) : tuple(key, direction.equals("reply"));
        if (selector == null) {
            return Expression.Opaque.UNKNOWN;
        }
        var family = key.startsWith("ip6 ") ? Family.IPV6 : key.startsWith("ip ") ? Family.IPV4 : null;
        return new Field(selector, family, Set.of());
    }

    private static @Nullable Selector connection(String key) {
        return switch (key) {
            case "state" -> Selector.CT_STATE;
            case "status" -> Selector.CT_STATUS;
            case "mark" -> Selector.CT_MARK;
            case "direction" -> Selector.CT_DIRECTION;
            case "protocol" -> Selector.CT_PROTOCOL;
            default -> null;
        };
    }

    private static @Nullable Selector tuple(String key, boolean reply) {
        return switch (key) {
            case "saddr", "ip saddr", "ip6 saddr" -> reply ? Selector.CT_REPLY_SOURCE : Selector.CT_SOURCE;
            case "daddr", "ip daddr", "ip6 daddr" -> reply ? Selector.CT_REPLY_DESTINATION : Selector.CT_DESTINATION;
            case "proto-src" -> reply ? Selector.CT_REPLY_SOURCE_PORT : Selector.CT_SOURCE_PORT;
            case "proto-dst" -> reply ? Selector.CT_REPLY_DESTINATION_PORT : Selector.CT_DESTINATION_PORT;
            case "protocol" -> Selector.CT_PROTOCOL;
            default -> null;
        };
    }

    /// `fib daddr . iif type`.
    static Expression routing(Map<String, ?> content) {
        var flags = Tree.items(content.get("flags"));
        boolean plain = Set.of("saddr", "daddr", "iif", "oif").containsAll(flags);
        if (!Tree.textOrEmpty(content, "result").equals("type") || !plain) {
            return Expression.Opaque.UNKNOWN;
        }
        var address = Field.of(flags.contains("saddr") ? Selector.SOURCE : Selector.DESTINATION);
        return new Expression.TypeOf(address, flags.contains("iif"), flags.contains("oif"));
    }
}
