package dev.underpass.console;

/// Characters that people do not see in what others typed: control characters, and those that turn the direction of
/// what follows.
public final class Unseen {

    private Unseen() {}

    /// Whether a text has some.
    public static boolean in(String text) {
        return text.codePoints().anyMatch(Unseen::unseen);
    }

    private static boolean unseen(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }
}
