package dev.underpass.reachability;

import dev.underpass.net.IpAddress;
import dev.underpass.net.IpPrefix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Ranges of addresses, each once: two addresses that the same ones hold are not told apart by any of them.
final class Ranges {

    private static final Comparator<IpAddress> IN_ORDER = Comparator.comparing(IpAddress::family)
            .thenComparing(IpAddress::high, Long::compareUnsigned)
            .thenComparing(IpAddress::low, Long::compareUnsigned);

    private final Set<String> known = new HashSet<>();
    private final List<IpPrefix> prefixes = new ArrayList<>();
    private final List<Span> spans = new ArrayList<>();

    private record Span(IpAddress first, IpAddress last) {

        boolean contains(IpAddress address) {
            return first.family() == address.family()
                    && IN_ORDER.compare(first, address) <= 0
                    && IN_ORDER.compare(address, last) <= 0;
        }
    }

    /// @param text `10.0.0.0/8` or `10.0.0.1-10.0.0.9`; what is neither is no range of addresses
    void add(String text) {
        if (!known.add(text)) {
            return;
        }
        try {
            int dash = text.indexOf('-');
            if (dash < 0) {
                prefixes.add(IpPrefix.parse(text));
            } else {
                spans.add(
                        new Span(IpAddress.parse(text.substring(0, dash)), IpAddress.parse(text.substring(dash + 1))));
            }
        } catch (IllegalArgumentException _) {
            unread.add(text);
        }
    }

    private final List<String> unread = new ArrayList<>();

    /// Those that look like ranges and cannot be read: with one of them nobody can tell who is in it.
    List<String> unread() {
        return unread;
    }

    void add(IpPrefix prefix) {
        if (known.add(prefix.toString())) {
            prefixes.add(prefix);
        }
    }

    /// The ranges that hold the address.
    List<String> holding(IpAddress address) {
        var found = new ArrayList<String>();
        prefixes.stream()
                .filter(prefix -> prefix.contains(address))
                .map(IpPrefix::toString)
                .forEach(found::add);
        spans.stream()
                .filter(span -> span.contains(address))
                .map(Span::toString)
                .forEach(found::add);
        return found;
    }
}
