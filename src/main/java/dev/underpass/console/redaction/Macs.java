package dev.underpass.console.redaction;

import dev.underpass.net.MacAddress;
import java.util.HexFormat;
import java.util.Set;

/// Maps link-layer addresses, so that common prefixes stay common. The first octet stays: it says what kind of address
/// it
/// is.
final class Macs {

    private static final Set<String> SPECIAL = Set.of("00:00:00:00:00:00", "ff:ff:ff:ff:ff:ff", "ee:ee:ee:ee:ee:ee");
    private static final HexFormat OCTETS = HexFormat.ofDelimiter(":");
    private static final int MOST_OCTETS = 16;

    private final BitScrambler scrambler;

    Macs(byte[] key) {
        this.scrambler = new BitScrambler(key);
    }

    static boolean isSpecial(String text) {
        return SPECIAL.contains(text) || (Integer.parseInt(text.substring(0, 2), 16) & 1) == 1;
    }

    /// The image of an address, or of the first octets of many; longer addresses than 16 octets lose the rest.
    String of(String text) {
        var address = new MacAddress(text).text();
        if (isSpecial(address)) {
            return address;
        }
        var octets = OCTETS.parseHex(address);
        int length = Math.min(octets.length, MOST_OCTETS);
        long[] halves = new long[2];
        for (int i = 0; i < length; i++) {
            halves[i / Long.BYTES] |= (octets[i] & 0xffL) << (Long.SIZE - Byte.SIZE * (i % Long.BYTES + 1));
        }
        var image = scrambler.scrambled(halves[0], halves[1], length * Byte.SIZE);
        var result = new byte[length];
        for (int i = 0; i < length; i++) {
            result[i] = (byte) (image[i / Long.BYTES] >>> (Long.SIZE - Byte.SIZE * (i % Long.BYTES + 1)));
        }
        result[0] = octets[0];
        return OCTETS.formatHex(result);
    }
}
