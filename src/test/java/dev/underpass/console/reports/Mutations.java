package dev.underpass.console.reports;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/// Damages a report's text, the same way for the same seed.
final class Mutations {

    private static final List<String> PIECES = List.of(
            "null",
            "NaN",
            "-1",
            "1e999",
            "[]",
            "{}",
            "\"\"",
            "true",
            "99999999999999999999",
            "[[[[",
            "\"\\u0000\"",
            "\"0.0.0.0/33\"",
            "\"::\"",
            "{\"a\":[{}]}",
            "\"-A X -j\"",
            "[null]",
            "[[1]]",
            "[{}]");

    private final Random random;

    Mutations(long seed) {
        this.random = new Random(seed);
    }

    byte[] of(byte[] json) {
        var text = new StringBuilder(new String(json, StandardCharsets.UTF_8));
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            mutate(text);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void mutate(StringBuilder text) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(5)) {
            case 0 -> text.setCharAt(at, (char) (32 + random.nextInt(95)));
            case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(20)));
            case 2 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
            case 3 -> digit(text, at);
            default -> value(text, at);
        }
    }

    private void digit(StringBuilder text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (Character.isDigit(text.charAt(i))) {
                text.setCharAt(i, (char) ('0' + random.nextInt(10)));
                return;
            }
        }
    }

    /// Puts something else in place of the next value of a field, so that the text stays JSON.
    private void value(StringBuilder text, int from) {
        int colon = text.indexOf("\":", from);
        if (colon < 0) {
            return;
        }
        int start = colon + 2;
        int end = start;
        boolean quoted = text.charAt(start) == '"';
        if (quoted) {
            end = text.indexOf("\"", start + 1) + 1;
        } else {
            while (end < text.length() && ",}]".indexOf(text.charAt(end)) < 0) {
                end++;
            }
        }
        if (end > start) {
            text.replace(start, end, PIECES.get(random.nextInt(PIECES.size())));
        }
    }
}
