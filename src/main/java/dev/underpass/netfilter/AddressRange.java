package dev.underpass.netfilter;

import dev.underpass.net.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A translation to any of several addresses: the kernel draws one by a hash of the connection.
final class AddressRange {

    /// More would be too many branches for a trace.
    private static final int MOST = 64;

    private AddressRange() {}

    /// An expression that is one of the addresses, by choice.
    ///
    /// @throws IllegalArgumentException if there are none, or more than 64
    static Expression drawn(IpAddress first, IpAddress last) {
        var entries = new ArrayList<Map.Entry<Pattern, Value>>();
        for (var address = first; ; address = address.next()) {
            if (entries.size() == MOST || Value.BY_ADDRESS.compare(address, last) > 0) {
                throw new IllegalArgumentException("not a range of few addresses: " + first + "-" + last);
            }
            entries.add(Map.entry(new Pattern.Exactly(Value.of(entries.size())), Value.of(address)));
            if (address.equals(last)) {
                return new Expression.Lookup(
                        new Expression.Draw(new Value.Drawn(entries.size(), 0)),
                        Elements.of(List.copyOf(entries), false, false));
            }
        }
    }
}
