package dev.underpass.agent.netlink;

import dev.underpass.net.IpAddress;
import dev.underpass.net.IpAddress.Family;
import dev.underpass.net.Scope;
import dev.underpass.net.TableId;
import org.jspecify.annotations.Nullable;

/// The objects of small numbers, and of addresses seen lately: thousands of routes have the same few tables, scopes
/// and gateways.
final class Shared {

    private static final int SIZE = 256;
    private static final Scope[] SCOPES = new Scope[SIZE];
    private static final TableId[] TABLES = new TableId[SIZE];

    /// Threads may overwrite each other's, which costs another object and nothing else.
    private static final @Nullable IpAddress[] ADDRESSES = new IpAddress[SIZE];

    static {
        for (int i = 0; i < SIZE; i++) {
            SCOPES[i] = new Scope(i);
            TABLES[i] = new TableId(Integer.toString(i));
        }
    }

    private Shared() {}

    static Scope scope(int number) {
        return SCOPES[number & 0xff];
    }

    static IpAddress address(Family family, long high, long low) {
        int at = slot(high ^ low);
        var known = ADDRESSES[at];
        if (known != null && known.high() == high && known.low() == low && known.family() == family) {
            return known;
        }
        var fresh = new IpAddress(family, high, low);
        ADDRESSES[at] = fresh;
        return fresh;
    }

    /// Addresses of one subnet differ in their last bits, IPv4's are the first 32.
    private static int slot(long bits) {
        long folded = bits ^ bits >>> 32;
        return (int) (folded ^ folded >>> 8 ^ folded >>> 16) & SIZE - 1;
    }

    static TableId table(int number) {
        return number >= 0 && number < SIZE ? TABLES[number] : new TableId(Integer.toUnsignedString(number));
    }
}
