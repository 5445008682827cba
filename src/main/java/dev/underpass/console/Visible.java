package dev.underpass.console;

import java.util.stream.Collectors;

/// Text that was sent, as it can be shown in a sentence: what no one sees in it stands as a sign of its own.
public final class Visible {

    private static final int PICTURES = 0x2400;
    private static final int DELETE = 0x7F;
    private static final int PICTURE_OF_DELETE = 0x2421;

    private Visible() {}

    public static String of(String text) {
        return text.codePoints().mapToObj(Visible::sign).collect(Collectors.joining());
    }

    private static String sign(int point) {
        if (point < ' ') {
            return Character.toString(PICTURES + point);
        }
        if (point == DELETE) {
            return Character.toString(PICTURE_OF_DELETE);
        }
        return switch (Character.getType(point)) {
            // Controls, what turns the direction of text, ends of lines, halves of characters.
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> "\\u%04x".formatted(point);
            default -> Character.toString(point);
        };
    }
}
