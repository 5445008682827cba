package dev.underpass.console.redaction;

import dev.underpass.net.IpAddress;

/// All addresses from one to another of the same family.
record AddressRange(IpAddress first, IpAddress last) {

    AddressRange {
        if (first.family() != last.family()) {
            throw new IllegalArgumentException("a range of two families: " + first + "-" + last);
        }
    }

    /// How many leading bits both ends have in common.
    int common() {
        long high = first.high() ^ last.high();
        int bits =
                Long.numberOfLeadingZeros(high) + (high == 0 ? Long.numberOfLeadingZeros(first.low() ^ last.low()) : 0);
        return Math.min(bits, first.family().bits());
    }
}
