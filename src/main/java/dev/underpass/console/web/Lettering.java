package dev.underpass.console.web;

import java.util.Locale;
import java.util.stream.Collectors;

/// How wide text in a drawing is, at most: by the letters of DejaVu Sans Bold, which is wider than nearly any font of a
/// console. A server does not know the reader's font, and text in SVG neither wraps nor is cut.
final class Lettering {

    private static final int END_LETTERS = 9;

    private Lettering() {}

    static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /// In pixels.
    static double width(String text, double fontSize) {
        return fontSize * text.codePoints().mapToDouble(Lettering::ems).sum();
    }

    private static double ems(int letter) {
        return switch (letter) {
            case 'i', 'j', 'l', ' ', '.', ',', ':', '/', '\'', '|', '·' -> 0.4;
            case 'f', 't', 'r', '-', '(', ')', '[', ']', '!', 'I', 'J' -> 0.5;
            case 'm', 'w', 'M', 'W', '@', '%', '…' -> 1.11;
            default -> letter < 128 ? isBroad(letter) ? 0.86 : 0.72 : letter < 0x2E80 ? 0.86 : 1.05;
        };
    }

    private static boolean isBroad(int letter) {
        return Character.isUpperCase(letter) || letter == '+' || letter == '=' || letter == '~' || letter == '#';
    }

    /// The text, cut in its middle where it does not fit: the ends of names tell them apart.
    static String fitted(String text, double fontSize, double room) {
        if (width(text, fontSize) <= room) {
            return text;
        }
        var letters = text.codePoints().mapToObj(Character::toString).toList();
        for (int kept = letters.size() - 1; kept > 0; kept--) {
            int end = Math.min(END_LETTERS, kept / 2);
            var cut = letters.subList(0, kept - end).stream().collect(Collectors.joining())
                    + "…"
                    + letters.subList(letters.size() - end, letters.size()).stream()
                            .collect(Collectors.joining());
            if (width(cut, fontSize) <= room) {
                return cut;
            }
        }
        return "";
    }
}
