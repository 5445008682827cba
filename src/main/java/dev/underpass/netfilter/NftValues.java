package dev.underpass.netfilter;

import dev.underpass.net.IpAddress;
import dev.underpass.net.IpPrefix;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Single values as nft writes them in JSON.
final class NftValues {

    private NftValues() {}

    /// A word, a number, or several words of which each is a bit.
    static Value scalar(@Nullable Object node, Kind kind) {
        var several = node instanceof List<?> ? node : Tree.content(node, "|");
        if (several == null || !kind.isBits()) {
            return kind.value(node);
        }
        long bits = 0;
        for (var word : Tree.items(several)) {
            if (!(scalar(word, kind) instanceof Value.Numeric(var bit))) {
                return Value.Missing.UNKNOWN;
            }
            bits |= bit;
        }
        return Value.of(bits);
    }

    /// What a word or a number means where nothing says its type.
    static Value untyped(@Nullable Object node) {
        return switch (node) {
            case Number number -> Value.of(number.longValue());
            case String word -> {
                var address = Kind.ADDRESS.value(word);
                yield address instanceof Value.Missing ? Value.of(word) : address;
            }
            case null, default -> Value.Missing.UNKNOWN;
        };
    }

    /// `{"addr": "10.0.0.0", "len": 8}`; null if it is none of addresses.
    static @Nullable Pattern prefix(Map<String, ?> node) {
        if (Kind.ADDRESS.value(node.get("addr")) instanceof Value.Address(IpAddress address)
                && node.get("len") instanceof Number length
                && length.intValue() >= 0
                && length.intValue() <= address.family().bits()) {
            return new Pattern.Within(IpPrefix.around(address, length.intValue()));
        }
        return null;
    }
}
