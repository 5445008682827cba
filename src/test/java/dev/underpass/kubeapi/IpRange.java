package dev.underpass.kubeapi;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/// Addresses from one to another, as Spiderpool reads them: `10.6.0.0/16`, `10.6.0.1-10.6.0.9`, `10.6.0.7`. It knows
/// nothing of Underpass's own address types, as Spiderpool does not either.
record IpRange(int version, BigInteger first, BigInteger last) {

    static Optional<IpRange> cidr(String text) {
        int slash = text.indexOf('/');
        return slash < 0
                ? Optional.empty()
                : address(text.substring(0, slash)).flatMap(address -> around(address, text.substring(slash + 1)));
    }

    private static Optional<IpRange> around(IpRange address, String length) {
        int bits = address.version == 4 ? 32 : 128;
        if (!length.matches("\\d{1,3}") || Integer.parseInt(length) > bits) {
            return Optional.empty();
        }
        int free = bits - Integer.parseInt(length);
        var first = address.first.shiftRight(free).shiftLeft(free);
        var last = first.add(BigInteger.ONE.shiftLeft(free)).subtract(BigInteger.ONE);
        return Optional.of(new IpRange(address.version, first, last));
    }

    /// Of one address or two with a hyphen between them.
    static Optional<IpRange> range(String text) {
        var ends = text.split("-", -1);
        if (ends.length == 1) {
            return address(text);
        }
        var first = address(ends[0]);
        var last = address(ends[1]);
        return ends.length == 2
                        && first.isPresent()
                        && last.isPresent()
                        && first.get().version == last.get().version
                        && first.get().first.compareTo(last.get().first) <= 0
                ? Optional.of(new IpRange(first.get().version, first.get().first, last.get().first))
                : Optional.empty();
    }

    static Optional<IpRange> address(String text) {
        int version = text.contains(":") ? 6 : 4;
        if (!text.matches(version == 6 ? "[0-9a-fA-F:.]+" : "\\d{1,3}(\\.\\d{1,3}){3}")) {
            return Optional.empty();
        }
        try {
            var value = new BigInteger(1, InetAddress.getByName(text).getAddress());
            return Optional.of(new IpRange(version, value, value));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    boolean contains(IpRange other) {
        return version == other.version && first.compareTo(other.first) <= 0 && last.compareTo(other.last) >= 0;
    }

    boolean overlaps(IpRange other) {
        return version == other.version && first.compareTo(other.last) <= 0 && last.compareTo(other.first) >= 0;
    }
}
