package dev.underpass.netfilter;

import dev.underpass.net.IpAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How the words and numbers that stand for a field's values are to be read.
enum Kind {
    ADDRESS,
    NUMBER,
    NAME,
    PROTOCOL,
    FAMILY,
    CT_STATE,
    CT_STATUS,
    TCP_FLAGS;

    private static final Map<String, Integer> STATES = Map.of(
            "invalid", 1,
            "established", 2,
            "related", 4,
            "new", 8,
            "untracked", 64,
            "snat", Selector.SNAT_BIT,
            "dnat", Selector.DNAT_BIT);

    private static final Map<String, Integer> STATUSES =
            Map.of("expected", 1, "seen-reply", 2, "assured", 4, "confirmed", 8, "snat", 16, "dnat", 32);

    private static final Map<String, Integer> FLAGS =
            Map.of("fin", 1, "syn", 2, "rst", 4, "psh", 8, "ack", 16, "urg", 32, "ecn", 64, "cwr", 128);

    private static final Map<Long, String> PROTOCOLS = Map.of(
            1L, "icmp", 6L, "tcp", 17L, "udp", 33L, "dccp", 50L, "esp", 51L, "ah", 58L, "ipv6-icmp", 132L, "sctp");

    /// The kind of a data type of nft (`nft describe`).
    static Kind ofType(String type) {
        return switch (type) {
            case "ipv4_addr", "ipv6_addr" -> ADDRESS;
            case "inet_proto" -> PROTOCOL;
            case "inet_service", "mark", "integer" -> NUMBER;
            case "nf_proto", "ether_type" -> FAMILY;
            case "ct_state" -> CT_STATE;
            case "ct_status" -> CT_STATUS;
            case "tcp_flag" -> TCP_FLAGS;
            default -> NAME;
        };
    }

    /// Whether values are sets of bits, of which a rule may ask for any.
    boolean isBits() {
        return this == CT_STATE || this == CT_STATUS || this == TCP_FLAGS;
    }

    /// The value that a word or a number stands for; UNKNOWN where that cannot be told.
    Value value(@Nullable Object written) {
        return switch (written) {
            case Number number -> number(number.longValue());
            case String word -> word(word);
            case null, default -> Value.Missing.UNKNOWN;
        };
    }

    private Value number(long number) {
        return switch (this) {
            case PROTOCOL -> Value.of(PROTOCOLS.getOrDefault(number, Long.toString(number)));
            case NUMBER, CT_STATE, CT_STATUS, TCP_FLAGS -> Value.of(number);
            case ADDRESS, NAME, FAMILY -> Value.Missing.UNKNOWN;
        };
    }

    private Value word(String word) {
        return switch (this) {
            case ADDRESS -> address(word);
            case NAME -> Value.of(word);
            case PROTOCOL -> Value.of(word.equals("icmpv6") ? "ipv6-icmp" : word);
            case FAMILY -> Value.of(word.equals("ip") ? "ipv4" : word.equals("ip6") ? "ipv6" : word);
            case NUMBER -> Value.Missing.UNKNOWN;
            case CT_STATE -> bit(STATES.get(word));
            case CT_STATUS -> bit(STATUSES.get(word));
            case TCP_FLAGS -> bit(FLAGS.get(word));
        };
    }

    private static Value bit(@Nullable Integer bit) {
        return bit == null ? Value.Missing.UNKNOWN : Value.of(bit);
    }

    private static Value address(String word) {
        try {
            return Value.of(IpAddress.parse(word));
        } catch (IllegalArgumentException _) {
            return Value.Missing.UNKNOWN;
        }
    }
}
