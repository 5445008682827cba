package dev.underpass.console.redaction;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.Set;

/// A bijection of bit strings that keeps prefixes: what two strings have in common, their images have in common, too,
/// and
/// no more.
///
/// Each bit is flipped or not by a keyed hash of the bits before it (Xu et al., "Prefix-Preserving IP Address
/// Anonymization", ICNP 2002). A *pinned* string keeps its bits: all that follow the pinned prefix that it is in.
final class BitScrambler {

    private final byte[] key;
    private final Set<Node> pinned = new HashSet<>();

    /// The bits before a bit: the place in the tree of all strings.
    private record Node(int length, long high, long low) {}

    BitScrambler(byte[] key) {
        this.key = key.clone();
    }

    /// Has the bits from `from` to `to` of this string, and of no other, stay as they are.
    void pin(long high, long low, int from, int to) {
        for (int i = from; i < to; i++) {
            pinned.add(node(high, low, i));
        }
    }

    boolean isPinned(long high, long low, int depth) {
        return pinned.contains(node(high, low, depth));
    }

    private static Node node(long high, long low, int length) {
        return new Node(length, high & ones(length), low & ones(length - Long.SIZE));
    }

    private static long ones(int count) {
        return count <= 0 ? 0 : -1L << (Long.SIZE - Math.min(count, Long.SIZE));
    }

    /// The image of the first `length` bits; those after them are zero.
    long[] scrambled(long high, long low, int length) {
        long[] image = {high & ones(length), low & ones(length - Long.SIZE)};
        for (int i = 0; i < length; i++) {
            var node = node(high, low, i);
            if (!pinned.contains(node) && flips(node)) {
                image[i / Long.SIZE] ^= Long.MIN_VALUE >>> (i % Long.SIZE);
            }
        }
        return image;
    }

    private boolean flips(Node node) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(key);
            digest.update(ByteBuffer.allocate(2 * Long.BYTES + 1)
                    .put((byte) node.length())
                    .putLong(node.high())
                    .putLong(node.low())
                    .flip());
            return (digest.digest()[0] & 1) == 1;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
