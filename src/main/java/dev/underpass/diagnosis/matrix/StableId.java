package dev.underpass.diagnosis.matrix;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// Names a class by what makes it, so that an address keeps its meaning.
final class StableId {

    private static final int LENGTH = 12;

    private StableId() {}

    static String of(List<String> properties) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var property : properties) {
                digest.update(property.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
